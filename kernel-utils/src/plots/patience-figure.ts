import { InputError } from "../errors";
import type { Figure } from "../figure";
import { requireSameLength } from "../inputs";
import { greys, styles } from "../palette";
import { requireCount, requireProportion } from "../ranges";
import { line } from "./line";
import type { Mark } from "./mark";
import { panels } from "./panels";
import { points } from "./points-text";

/** Trainings stopped with one patience, a place for each seed. */
export interface PatienceRuns {
  readonly patience: number;
  /** Epochs that were trained. */
  readonly epochs: readonly number[];
  /** What the model scored, as proportions from 0 to 1. */
  readonly scores: readonly number[];
}

/** What stands around the runs. */
export interface PatienceFigureOptions {
  /** The finding, as a sentence. */
  readonly title: string;
  readonly subtitle?: string;
  /** What is scored: "test accuracy, %". */
  readonly measure: string;
}

/**
 * Returns what patience costs and what it brings: left the epochs trained, right the score, each
 * against patience on a scale of ratios. Thin lines are seeds, the thick one their mean.
 *
 * @param runs at least two, patience of at least 1 and rising, with equally many seeds
 * @throws InputError `out-of-range` for fewer, for other patience, and for per cents; `length-mismatch`
 *   for unequal numbers of seeds
 */
export function patienceFigure(
  runs: readonly PatienceRuns[],
  { title, subtitle, measure }: PatienceFigureOptions,
): Figure {
  requirePatience(runs);
  const seeds = runs[0]?.epochs.length ?? 0;
  const x = {
    title: "patience, epochs",
    type: "log",
    ticks: runs.map((run) => run.patience),
  } as const;
  const most = Math.max(...runs.flatMap((run) => run.epochs));
  const means = runs.map(
    ({ patience, epochs, scores }) =>
      `patience ${patience}: ${meanOf(epochs).toFixed(0)} epochs, ${points(meanOf(scores))}`,
  );
  return panels(
    {
      title,
      subtitle:
        `${subtitle ?? ""}\nthin lines: ${seeds} seeds, thick: their mean; the axis on the right doesn't begin at 0`.trim(),
      alt:
        `Two line charts against patience, a thin line for each of ${seeds} seeds: epochs trained, and ` +
        `${measure}. Means: ${means.join("; ")}. ${title}.`,
      height: 360,
      columns: [1, 1],
    },
    [
      {
        x,
        y: { title: "epochs trained", range: [0, 1.08 * most] },
        marks: seedLines(
          runs,
          (run) => run.epochs,
          (value) => `${value.toFixed(0)} epochs`,
        ),
      },
      {
        x,
        y: { title: measure },
        marks: seedLines(
          runs,
          (run) => run.scores.map((score) => 100 * score),
          (value) => `${points(value / 100)} %`,
        ),
      },
    ],
  );
}

function seedLines(
  runs: readonly PatienceRuns[],
  valuesOf: (run: PatienceRuns) => readonly number[],
  told: (value: number) => string,
): Mark[] {
  const x = runs.map((run) => run.patience);
  const columns = runs.map(valuesOf);
  const seeds = (columns[0] ?? []).map((_, seed) =>
    columns.map((column) => column[seed] as number),
  );
  const hoverOf = (name: string, y: readonly number[]): string[] =>
    y.map((value, i) => `${name}, patience ${x[i]}: ${told(value)}`);
  const mean = columns.map(meanOf);
  return [
    ...seeds.map((y, seed) =>
      line({ x, y, color: greys.context, width: 1.3, hover: hoverOf(`seed ${seed + 1}`, y) }),
    ),
    line({
      x,
      y: mean,
      style: styles.model,
      width: 4,
      markers: true,
      hover: hoverOf(`mean of ${seeds.length} seeds`, mean),
    }),
  ];
}

function requirePatience(runs: readonly PatienceRuns[]): void {
  const [first] = runs;
  if (first === undefined || runs.length < 2 || first.epochs.length === 0) {
    throw new InputError(
      "out-of-range",
      `Expected at least 2 values of patience with a seed each, got ${runs.length}.`,
      { runs: runs.length },
    );
  }
  for (const [i, { patience, epochs, scores }] of runs.entries()) {
    requireCount(`patience of runs[${i}]`, patience, 1 + (runs[i - 1]?.patience ?? 0));
    requireSameLength("epochs of runs[0]", first.epochs, `epochs of runs[${i}]`, epochs);
    requireSameLength("epochs of runs[0]", first.epochs, `scores of runs[${i}]`, scores);
    for (const [s, count] of epochs.entries()) requireCount(`epochs[${s}] of runs[${i}]`, count, 1);
    for (const [s, score] of scores.entries())
      requireProportion(`scores[${s}] of runs[${i}]`, score);
  }
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
