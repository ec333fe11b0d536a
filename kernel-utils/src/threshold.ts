import { type BinaryCounts, type BinaryOptions, shareCorrect } from "./binary-counts";
import { f1, falsePositiveRate, precision, recall } from "./classification-metrics";
import { InputError } from "./errors";
import type { LabelColumn, NumberColumn } from "./inputs";
import { type CumulativeCounts, cumulativeCounts, readScored } from "./scored-samples";

/**
 * Returns the binary counts when every sample with `score >= threshold` is called positive.
 *
 * @param actual the true labels
 * @param scores finite numbers, higher for "more likely positive"
 * @param threshold any number; `Infinity` calls nothing positive
 * @throws InputError as `binaryConfusion`; `not-finite` for bad scores or a threshold of NaN
 * @example
 * import { countsAt } from "@headroom/kernel-utils";
 * countsAt([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8], 0.4);  // => { tn: 1, fp: 1, fn: 1, tp: 1 }
 */
export function countsAt(
  actual: LabelColumn,
  scores: NumberColumn,
  threshold: number,
  options: BinaryOptions = {},
): BinaryCounts {
  requireThreshold("threshold", threshold);
  const samples = readScored(actual, scores, options);
  const counts = { tn: 0, fp: 0, fn: 0, tp: 0 };
  for (let i = 0; i < samples.scores.length; i++) {
    const isFlagged = samples.scores[i] >= threshold;
    const box = samples.isPositive[i] === 1 ? (isFlagged ? "tp" : "fn") : isFlagged ? "fp" : "tn";
    counts[box] += samples.weights === undefined ? 1 : samples.weights[i];
  }
  return counts;
}

/** One threshold with its counts and metrics, as a row of a table; a metric that is 0/0 shows 0. */
export interface ThresholdRow extends BinaryCounts {
  readonly threshold: number;
  readonly accuracy: number;
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
  readonly falsePositiveRate: number;
}

/** What `thresholdTable` may be told. */
export interface ThresholdTableOptions extends BinaryOptions {
  /** The thresholds wanted, in the order wanted; otherwise every distinct score, rising. */
  readonly thresholds?: ArrayLike<number>;
}

/**
 * Returns one row per threshold: what calling `score >= threshold` positive would give. The columns
 * are sorted once, so that a slider's hundred positions cost hardly more than one.
 *
 * @throws InputError as `countsAt`
 * @example
 * import { thresholdTable } from "@headroom/kernel-utils";
 * const rows = thresholdTable([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8], { thresholds: [0.2, 0.5] });
 * rows.map(({ threshold, fp, fn }) => [threshold, fp, fn]);  // => [[0.2, 1, 0], [0.5, 0, 1]]
 */
export function thresholdTable(
  actual: LabelColumn,
  scores: NumberColumn,
  options: ThresholdTableOptions = {},
): ThresholdRow[] {
  const cumulative = cumulativeCounts(readScored(actual, scores, options));
  const wanted = Array.from(options.thresholds ?? cumulative.thresholds.slice().reverse());
  return wanted.map((threshold, t) => {
    requireThreshold(`thresholds[${t}]`, threshold);
    const counts = countsOf(cumulative, placesAtOrAbove(cumulative.thresholds, threshold) - 1);
    return {
      threshold,
      ...counts,
      accuracy: shareCorrect(counts),
      precision: precision(counts).value,
      recall: recall(counts).value,
      f1: f1(counts).value,
      falsePositiveRate: falsePositiveRate(counts).value,
    };
  });
}

/** Counts at the distinct score in `place`; at -1 nothing is called positive. */
export function countsOf(cumulative: CumulativeCounts, place: number): BinaryCounts {
  const tp = place < 0 ? 0 : cumulative.truePositives[place];
  const fp = place < 0 ? 0 : cumulative.falsePositives[place];
  return { tn: cumulative.negatives - fp, fp, fn: cumulative.positives - tp, tp };
}

/** The distinct score in `place`; at -1 `Infinity`, above all scores. */
export function thresholdOf(cumulative: CumulativeCounts, place: number): number {
  return place < 0 ? Number.POSITIVE_INFINITY : cumulative.thresholds[place];
}

/** How many of the falling `thresholds` are at least `value`, by bisection. */
function placesAtOrAbove(thresholds: Float64Array, value: number): number {
  let low = 0;
  let high = thresholds.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (thresholds[middle] >= value) low = middle + 1;
    else high = middle;
  }
  return low;
}

function requireThreshold(name: string, threshold: unknown): void {
  if (typeof threshold === "number" && !Number.isNaN(threshold)) return;
  throw new InputError("not-finite", `${name}: expected a number, got ${String(threshold)}.`, {
    name,
    threshold,
  });
}
