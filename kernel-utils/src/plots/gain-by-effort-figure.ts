import { InputError } from "../errors";
import type { Figure } from "../figure";
import { type NumberColumn, requireSameLength, toNumbers } from "../inputs";
import type { Interval } from "../intervals";
import { greys, styles } from "../palette";
import { dots } from "./dots";
import { line } from "./line";
import type { Mark } from "./mark";
import { horizontalLine, note } from "./notes";
import { figure } from "./panels";
import { points, signedPoints } from "./points-text";

/** What a search had to show for its effort so far. */
export interface PromisedGain {
  /** Effort spent, rising. */
  readonly effort: NumberColumn;
  /** The best score so far less the baseline's, as proportions. */
  readonly gain: NumberColumn;
}

/** What an effort has brought on data that nothing was chosen by. */
export interface MeasuredGain {
  readonly name: string;
  readonly effort: number;
  /** In proportions. */
  readonly gain: Interval;
  /** At which end of the whisker the name stands; "above" unless given. */
  readonly label?: "above" | "below";
}

/** Words of the figure, and what effort is. */
export interface GainByEffortOptions {
  /** The finding, as a sentence. */
  readonly title: string;
  readonly subtitle?: string;
  /** What is spent, with its unit: "epochs beyond the baseline's ten". */
  readonly effort: string;
  /** Stands above the promise. */
  readonly promise?: string;
}

/**
 * Returns gains against the effort spent: what a search promised as it went on (steps, a thin line for
 * each search and the mean of all) and what was measured in the end (dots with intervals).
 *
 * @param promised searches that spent the same efforts, step by step; may be none
 * @param measured at least one
 * @throws InputError for no measured gain, columns of unequal length, searches with other efforts, NaN
 */
export function gainByEffortFigure(
  promised: readonly PromisedGain[],
  measured: readonly MeasuredGain[],
  { title, subtitle, effort, promise = "promised in validation" }: GainByEffortOptions,
): Figure {
  if (measured.length === 0) {
    throw new InputError("empty-input", "measured is empty: expected at least one gain.");
  }
  const searches = promised.map((search, i) => {
    const efforts = Array.from(toNumbers(`promised[${i}].effort`, search.effort));
    const gains = Array.from(toNumbers(`promised[${i}].gain`, search.gain));
    requireSameLength(`promised[${i}].effort`, efforts, `promised[${i}].gain`, gains);
    return { efforts, gains };
  });
  const farthest = Math.max(
    ...measured.map((one) => one.effort),
    ...searches.flatMap(({ efforts }) => efforts),
  );
  const heights = [
    0,
    ...measured.flatMap(({ gain }) => [100 * gain.low, 100 * gain.high]),
    ...searches.flatMap(({ gains }) => gains.map((gain) => 100 * gain)),
  ];
  const [low, high] = [Math.min(...heights), Math.max(...heights)];
  const room = 0.08 * (high - low);
  return figure(
    {
      title,
      subtitle: [subtitle, "diamonds: test, whiskers: 95 % interval"].filter(Boolean).join("\n"),
      alt: altText(searches, measured, { title, effort }),
      height: 430,
      x: { title: effort, range: [-0.04 * farthest, 1.06 * farthest] },
      y: { title: "gain over the baseline, points", range: [low - 1.6 * room, high + 1.6 * room] },
    },
    horizontalLine(0, { dash: "solid", color: greys.baseline }),
    ...promiseMarks(searches, promise, room),
    dots({
      x: measured.map((one) => one.effort),
      y: measured.map(({ gain }) => 100 * gain.estimate),
      yWhiskers: {
        low: measured.map(({ gain }) => 100 * gain.low),
        high: measured.map(({ gain }) => 100 * gain.high),
      },
      style: styles.test,
      size: 11,
      hover: measured.map(
        ({ name, gain, effort: spent }) =>
          `${name}, effort ${Number(spent.toFixed(1))}\n${signedPoints(gain.estimate)} points ` +
          `(${points(gain.low)} to ${points(gain.high)})`,
      ),
    }),
    ...measured.map(({ name, gain, effort: spent, label = "above" }) =>
      note({
        x: spent,
        y: label === "above" ? 100 * gain.high + room : 100 * gain.low - 1.2 * room,
        text: `${name}: ${signedPoints(gain.estimate)}`,
        anchor: anchorAt(spent / farthest),
      }),
    ),
  );
}

/** Names keep within the panel: near its left end they go right, near its right end left. */
function anchorAt(share: number): "left" | "center" | "right" {
  if (share < 0.3) return "left";
  return share > 0.7 ? "right" : "center";
}

type Search = { efforts: number[]; gains: number[] };

function promiseMarks(searches: readonly Search[], label: string, room: number): Mark[] {
  const [first] = searches;
  if (first === undefined) return [];
  for (const { efforts } of searches) {
    if (efforts.join() === first.efforts.join()) continue;
    throw new InputError(
      "out-of-range",
      "promised: expected searches that spent the same efforts step by step, so that their mean says " +
        "something. Give all of them one plan.",
      {},
    );
  }
  const mean = first.efforts.map(
    (_, i) => searches.reduce((sum, { gains }) => sum + (gains[i] as number), 0) / searches.length,
  );
  const look = { style: styles.validation, steps: true } as const;
  return [
    ...searches.map(({ efforts, gains }) =>
      line({ ...look, x: efforts, y: gains.map((gain) => 100 * gain), width: 1, opacity: 0.5 }),
    ),
    line({
      ...look,
      x: first.efforts,
      y: mean.map((gain) => 100 * gain),
      hover: mean.map(
        (gain, i) => `after ${first.efforts[i]}: ${signedPoints(gain)} points in validation`,
      ),
    }),
    note({
      x: 0.6 * (first.efforts.at(-1) ?? 0),
      y: 100 * Math.max(...searches.map(({ gains }) => gains.at(-1) ?? 0)) + room / 2,
      text: label,
    }),
  ];
}

function altText(
  searches: readonly Search[],
  measured: readonly MeasuredGain[],
  { title, effort }: { title: string; effort: string },
): string {
  const ends = searches.map(({ gains }) => signedPoints(gains.at(-1) ?? 0));
  const promise =
    ends.length === 0
      ? ""
      : ` Rising steps: what ${ends.length} searches promised in validation, in the end ` +
        `${ends.join(", ")}.`;
  const each = measured.map(
    ({ name, gain, effort: spent }) =>
      `${name} ${signedPoints(gain.estimate)} (${points(gain.low)} to ${points(gain.high)}) for ` +
      `${Number(spent.toFixed(1))}`,
  );
  return (
    `Gain over the baseline in points against ${effort}.${promise} Dots, measured in test: ` +
    `${each.join("; ")}. ${title}.`
  );
}
