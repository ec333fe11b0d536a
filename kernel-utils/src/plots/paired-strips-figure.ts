import { InputError } from "../errors";
import type { Figure } from "../figure";
import { type NumberColumn, requireSameLength, toNumbers } from "../inputs";
import { greys, okabeIto, styles } from "../palette";
import { dots } from "./dots";
import { line } from "./line";
import type { Mark } from "./mark";
import { type Panel, panels } from "./panels";
import { points, signedPoints } from "./points-text";

/** Runs of two ways on the same data, pair by pair. */
export interface StripPairs {
  /** What the pairs have in common: "split 1". */
  readonly name: string;
  /** Proportions, one per run. */
  readonly first: NumberColumn;
  /** The same runs the second way, in the same order. */
  readonly second: NumberColumn;
}

/** Words of the figure, and what the two ways are called. */
export interface PairedStripsOptions {
  /** The finding, as a sentence. */
  readonly title: string;
  readonly subtitle?: string;
  /** Names of the two ways; short, since panels are narrow. */
  readonly ways: readonly [first: string, second: string];
  /** Default "accuracy, %". */
  readonly measure?: string;
}

const MOST_GROUPS = 6;

/**
 * Returns every run as a dot, with a line between the two of a pair: green and solid where the second
 * way is better, orange-red and dashed with crosses where it is worse; a panel for each group, and in its
 * heading the mean difference in points. Black diamonds are means.
 *
 * @param groups one to six; in each equally many runs of both ways
 * @throws InputError for other numbers of groups, unequal numbers of runs, NaN, an empty title
 */
export function pairedStripsFigure(
  groups: readonly StripPairs[],
  { title, subtitle, ways, measure = "accuracy, %" }: PairedStripsOptions,
): Figure {
  if (groups.length < 1 || groups.length > MOST_GROUPS) {
    throw new InputError(
      "out-of-range",
      `Expected 1 to ${MOST_GROUPS} groups, got ${groups.length}. Show the first ones.`,
      { groups: groups.length },
    );
  }
  const checked = groups.map(({ name, ...runs }) => {
    const first = Array.from(toNumbers(`${name}: ${ways[0]}`, runs.first));
    const second = Array.from(toNumbers(`${name}: ${ways[1]}`, runs.second));
    requireSameLength(`${name}: ${ways[0]}`, first, `${name}: ${ways[1]}`, second);
    return { name, first, second };
  });
  const all = checked.flatMap(({ first, second }) => [...first, ...second]);
  const room = Math.max(0.002, 0.06 * (Math.max(...all) - Math.min(...all)));
  const range = [100 * (Math.min(...all) - room), 100 * (Math.max(...all) + room)] as const;
  return panels(
    {
      title,
      subtitle:
        `${subtitle ?? ""}\ndiamonds: means; dashed, with crosses: ${ways[1]} is worse`.trim(),
      alt: altText(checked, ways, title),
      height: 400,
    },
    checked.map((group, i): Panel => {
      const gap = mean(group.second) - mean(group.first);
      return {
        title: `${group.name}\n${signedPoints(gap)}`,
        x: { categories: ways, grid: false },
        // An empty line keeps the headings level.
        y: { range, ...(i === 0 ? { title: measure } : { title: "\u00A0", labels: false }) },
        marks: groupMarks(group, ways),
      };
    }),
  );
}

type Group = { name: string; first: number[]; second: number[] };

function groupMarks({ name, first, second }: Group, ways: readonly [string, string]): Mark[] {
  const pairs = first.map((value, i) => ({ from: value, to: second[i] as number }));
  const lines = pairs.map(({ from, to }) =>
    line({ x: ways, y: [100 * from, 100 * to], width: 1.3, ...look(from, to) }),
  );
  const runs = pairs.map(({ from, to }, i) =>
    dots({
      x: ways,
      y: [100 * from, 100 * to],
      color: look(from, to).color,
      symbol: to < from ? styles.wrong.symbol : styles.right.symbol,
      size: 7,
      hover: ([from, to] as const).map(
        (value, way) =>
          `${name}, pair ${i + 1}: ${ways[way]} ${points(value)} %\n` +
          `difference ${signedPoints(to - from)} points`,
      ),
    }),
  );
  const means = dots({
    x: ways,
    y: [100 * mean(first), 100 * mean(second)],
    color: okabeIto.black,
    symbol: styles.test.symbol,
    size: 10,
    hover: [first, second].map(
      (values, way) => `${name}: mean of ${values.length}, ${ways[way]} ${points(mean(values))} %`,
    ),
  });
  return [...lines, ...runs, means];
}

function look(from: number, to: number): { color: string; dash: "solid" | "dash" | "dot" } {
  if (to === from) return { color: greys.baseline, dash: "dot" };
  return to > from
    ? { color: styles.right.color, dash: "solid" }
    : { color: styles.wrong.color, dash: "dash" };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function altText(groups: readonly Group[], ways: readonly [string, string], title: string): string {
  const each = groups.map(
    ({ name, first, second }) =>
      `${name} (${first.length} pairs) from ${points(mean(first))} to ${points(mean(second))} %`,
  );
  return (
    `Strip plots side by side: accuracy in per cent of every run, ${ways[0]} on the left and ` +
    `${ways[1]} on the right, a line between the two of a pair. Means: ${each.join(", ")}. ${title}.`
  );
}
