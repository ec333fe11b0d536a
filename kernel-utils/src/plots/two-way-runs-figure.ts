import { InputError } from "../errors";
import type { Figure } from "../figure";
import { requireSameLength } from "../inputs";
import { greys, styles } from "../palette";
import { requireProportion } from "../ranges";
import { line } from "./line";
import type { Mark } from "./mark";
import { note } from "./notes";
import { panels } from "./panels";
import { points, signedPoints } from "./points-text";

/** Runs under one condition, each done in both ways: equal places belong together. */
export interface TwoWayRuns {
  /** The panel's heading: "20 % of the labels wrong". */
  readonly name: string;
  /** One proportion per run, from 0 to 1. */
  readonly from: readonly number[];
  readonly to: readonly number[];
}

/** What stands around the runs. */
export interface TwoWayRunsOptions {
  /** The finding, as a sentence. */
  readonly title: string;
  readonly subtitle?: string;
  /** What both ways are called: "200 epochs", "stopped". */
  readonly fromLabel: string;
  readonly toLabel: string;
  /** What is measured: "test accuracy, %". */
  readonly measure: string;
}

/**
 * Returns each run as a thin line from what one way gave to what the other gave, a panel for each
 * condition; the thick line joins the means, with the mean difference in points above it.
 *
 * @param conditions one to four, each with at least two runs
 * @throws InputError `out-of-range` for other numbers of conditions or runs and for per cents,
 *   `length-mismatch` where a run lacks one of its ends
 */
export function twoWayRunsFigure(
  conditions: readonly TwoWayRuns[],
  options: TwoWayRunsOptions,
): Figure {
  requireRuns(conditions);
  const { title, subtitle, measure } = options;
  const all = conditions.flatMap(({ from, to }) => [...from, ...to]).map((one) => 100 * one);
  const [worst, best] = [Math.min(...all), Math.max(...all)];
  const room = Math.max(0.5, 0.08 * (best - worst));
  const runs = conditions[0]?.from.length ?? 0;
  const each = conditions.every(({ from }) => from.length === runs) ? ` (${runs})` : "";
  const lines = `thin lines: runs${each}, thick: their mean; the axis doesn't begin at 0`;
  return panels(
    {
      title,
      subtitle: `${subtitle ?? ""}\n${lines}`.trim(),
      alt: altText(conditions, options),
      height: 380,
      columns: conditions.map(() => 1),
    },
    conditions.map((condition) => ({
      title: condition.name,
      x: { range: [-0.3, 1.3], ticks: [0, 1], tickLabels: [options.fromLabel, options.toLabel] },
      // Room above for the mean's note.
      y: { title: measure, range: [worst - room, best + 2.2 * room] },
      marks: runMarks(condition, best + 1.2 * room),
    })),
  );
}

function runMarks({ from, to, name }: TwoWayRuns, top: number): Mark[] {
  const runs = from.map((start, i) => {
    const end = to[i] as number;
    const told = `run ${i + 1}, ${name}: ${points(start)} → ${points(end)} %`;
    return line({
      x: [0, 1],
      y: [100 * start, 100 * end],
      color: greys.context,
      width: 1.3,
      markers: true,
      hover: [told, told],
    });
  });
  const means = [meanOf(from), meanOf(to)] as const;
  const difference = means[1] - means[0];
  return [
    ...runs,
    line({
      x: [0, 1],
      y: means.map((mean) => 100 * mean),
      style: styles.right,
      width: 4,
      markers: true,
      hover: means.map((mean) => `mean of ${from.length} runs: ${points(mean)} %`),
    }),
    note({ x: 0.5, y: top, text: `mean ${signedPoints(difference)} points` }),
  ];
}

function requireRuns(conditions: readonly TwoWayRuns[]): void {
  if (conditions.length < 1 || conditions.length > 4) {
    throw new InputError(
      "out-of-range",
      `Expected 1 to 4 conditions, a panel each, got ${conditions.length}.`,
      { conditions: conditions.length },
    );
  }
  for (const { name, from, to } of conditions) {
    requireSameLength(`from of ${name}`, from, `to of ${name}`, to);
    for (const [i, value] of from.entries()) requireProportion(`from[${i}] of ${name}`, value);
    for (const [i, value] of to.entries()) requireProportion(`to[${i}] of ${name}`, value);
    if (from.length >= 2) continue;
    throw new InputError(
      "out-of-range",
      `${name}: expected at least 2 runs, got ${from.length}. One run shows no spread.`,
      { name, runs: from.length },
    );
  }
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function altText(
  conditions: readonly TwoWayRuns[],
  { title, fromLabel, toLabel, measure }: TwoWayRunsOptions,
): string {
  const each = conditions.map(({ name, from, to }) => {
    const higher = from.filter((start, i) => (to[i] as number) > start).length;
    return (
      `${name}: ${points(meanOf(from))} and ${points(meanOf(to))} on average, ` +
      `higher in ${higher} of ${from.length} runs`
    );
  });
  return (
    `Lines from "${fromLabel}" to "${toLabel}", one for each run: ${measure}. ${each.join("; ")}. ` +
    `${title}.`
  );
}
