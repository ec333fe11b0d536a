import { InputError } from "../errors";
import type { Figure } from "../figure";
import { type NumberColumn, requireSameLength, toNumbers } from "../inputs";
import { greys, styles } from "../palette";
import { dots } from "./dots";
import { line } from "./line";
import { note } from "./notes";
import { figure } from "./panels";
import { points } from "./points-text";

/** One rule or model and its accuracy in each run. */
export interface LadderRung {
  readonly name: string;
  /** One proportion per run, 0 to 1; the same runs in the same order for every rung. */
  readonly accuracies: NumberColumn;
}

/** What stands around the ladder. */
export interface BaselineLadderOptions {
  /** The finding, as a sentence. */
  readonly title: string;
  /** Which data these are; how many runs there are is added. */
  readonly subtitle?: string;
  /** What a run is: "splits". */
  readonly runs: string;
}

/**
 * Returns a ladder of baselines, the last one on top as the model they are measured against: every
 * run is a thin line from rung to rung, a mark and its number the mean over runs.
 *
 * @param rungs at least two, the plainest first, all with the same runs
 * @throws InputError for fewer than two rungs, unequal numbers of runs, NaN, and an empty title
 */
export function baselineLadderFigure(
  rungs: readonly LadderRung[],
  { title, subtitle, runs }: BaselineLadderOptions,
): Figure {
  const climbed = [...rungs].reverse().map(({ name, accuracies }) => ({
    name,
    accuracies: Array.from(toNumbers(`accuracies of ${name}`, accuracies)),
  }));
  requireRungs(climbed);
  const names = climbed.map((rung) => rung.name);
  const means = climbed.map(({ accuracies }) => mean(accuracies));
  const count = climbed[0]?.accuracies.length ?? 0;
  const threads = Array.from({ length: count }, (_, run) =>
    line({
      x: climbed.map((rung) => 100 * (rung.accuracies[run] as number)),
      y: names,
      color: greys.context,
      width: 1,
      dash: "solid",
    }),
  );
  const lead = `${subtitle === undefined ? "" : `${subtitle}; `}`;
  return figure(
    {
      title,
      subtitle: `${lead}thin lines: ${count} ${runs}, marks: their mean`,
      alt: altText(names, means, `${count} ${runs}`, title),
      height: 130 + 52 * rungs.length,
      x: { title: "accuracy on the test rows, % (axis cut)", ...scaleOf(climbed) },
      y: { categories: names },
    },
    ...threads,
    dots({
      x: means.map((value) => 100 * value),
      y: names,
      color: names.map((_, i) => (i === 0 ? styles.model.color : greys.axis)),
      symbol: names.map((_, i) => (i === 0 ? styles.model.symbol : styles.baseline.symbol)),
      size: 12,
      hover: climbed.map(
        ({ name, accuracies }, i) =>
          `${name}: mean ${(100 * (means[i] as number)).toFixed(1)} %\n` +
          `${count} ${runs}, ${points(Math.min(...accuracies))} to ${points(Math.max(...accuracies))} %`,
      ),
    }),
    // In a column of their own, clear of the lines.
    ...means.map((value, i) =>
      note({
        x: 100 + 0.04 * (100 - scaleOf(climbed).range[0]),
        y: names[i] as string,
        text: (100 * value).toFixed(1),
        anchor: "left",
      }),
    ),
  );
}

type Rung = { readonly name: string; readonly accuracies: readonly number[] };

function requireRungs(rungs: readonly Rung[]): void {
  const [first] = rungs;
  if (first === undefined || rungs.length < 2) {
    throw new InputError(
      "out-of-range",
      `Expected at least two rungs, a baseline and a model, got ${rungs.length}.`,
      { rungs: rungs.length },
    );
  }
  for (const { name, accuracies } of rungs) {
    requireSameLength(first.name, first.accuracies, name, accuracies);
  }
}

/** From the tens below the worst run up to 100, and room for the numbers. */
function scaleOf(rungs: readonly Rung[]): { range: [number, number]; ticks: number[] } {
  const worst = 100 * Math.min(...rungs.flatMap((rung) => rung.accuracies));
  const start = Math.max(0, 10 * Math.floor(worst / 10 - 0.2));
  const step = start < 40 ? 20 : 10;
  const first = Math.ceil(start / step);
  const ticks = Array.from({ length: 100 / step - first + 1 }, (_, i) => step * (first + i));
  return { range: [start, 100 + 0.13 * (100 - start)], ticks };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function altText(names: string[], means: number[], runs: string, title: string): string {
  const each = names.map((name, i) => `${name} ${(100 * (means[i] as number)).toFixed(1)} %`);
  return (
    "Ladder of baselines: rows are rules and models, the axis is accuracy in per cent; a thin line " +
    `for each of ${runs}, a mark for the mean. From the top: ${each.join(", ")}. ${title}.`
  );
}
