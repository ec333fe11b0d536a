import type { BinaryOptions } from "./binary-counts";
import type { LabelColumn, NumberColumn } from "./inputs";
import {
  type CumulativeCounts,
  cumulativeCounts,
  readScored,
  requireClasses,
} from "./scored-samples";

/**
 * The receiver operating characteristic as columns, one entry per point, from "nothing is positive"
 * (0, 0) to "everything is" (1, 1). A point is what calling `score >= thresholds[i]` positive
 * gives.
 */
export interface RocCurve {
  /** From high to low; the first, `Infinity`, calls nothing positive. */
  readonly thresholds: readonly number[];
  /** Of the negatives, the share called positive: FP / (FP + TN), from 0 to 1. */
  readonly falsePositiveRate: readonly number[];
  /** Of the positives, the share called positive: recall, from 0 to 1. */
  readonly truePositiveRate: readonly number[];
}

/** Options of curves, besides those of every binary metric. */
export interface CurveOptions extends BinaryOptions {
  /** Leave out points in the middle of a straight stretch: they don't change the drawn line. */
  readonly dropIntermediate?: boolean;
}

/**
 * Returns the ROC curve. Points in the middle of a straight stretch are left out unless
 * `dropIntermediate` is false. Equals scikit-learn's `roc_curve`, defaults included.
 *
 * @param actual the true labels
 * @param scores finite numbers, higher for "more likely positive": probabilities, logits, distances
 * @throws InputError `one-class` unless there are positives and negatives; otherwise as
 *   `binaryConfusion`, and `not-finite` for scores that are NaN or infinite
 * @example
 * import { rocCurve } from "@headroom/kernel-utils";
 * const curve = rocCurve([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8]);
 * curve.thresholds;  // => [Infinity, 0.8, 0.4, 0.35, 0.1]
 * curve.falsePositiveRate;  // => [0, 0, 0.5, 0.5, 1]
 * curve.truePositiveRate;  // => [0, 0.5, 0.5, 1, 1]
 */
export function rocCurve(
  actual: LabelColumn,
  scores: NumberColumn,
  options: CurveOptions = {},
): RocCurve {
  const samples = readScored(actual, scores, options);
  const counts = cumulativeCounts(samples);
  requireClasses(samples, counts, "a ROC curve");
  const points = (options.dropIntermediate ?? true) ? corners(counts) : undefined;
  const kept = points?.length ?? counts.thresholds.length;
  const curve = {
    thresholds: new Array<number>(kept + 1),
    falsePositiveRate: new Array<number>(kept + 1),
    truePositiveRate: new Array<number>(kept + 1),
  };
  curve.thresholds[0] = Number.POSITIVE_INFINITY;
  curve.falsePositiveRate[0] = 0;
  curve.truePositiveRate[0] = 0;
  for (let k = 0; k < kept; k++) {
    const i = points === undefined ? k : points[k];
    curve.thresholds[k + 1] = counts.thresholds[i];
    curve.falsePositiveRate[k + 1] = counts.falsePositives[i] / counts.negatives;
    curve.truePositiveRate[k + 1] = counts.truePositives[i] / counts.positives;
  }
  return curve;
}

/** Places of the first and last point and of those where the steps up or right change in size. */
function corners(counts: CumulativeCounts): Uint32Array {
  const { truePositives: up, falsePositives: right, thresholds } = counts;
  const bends = (column: Float64Array, i: number): boolean => {
    const before = column[i] - column[i - 1];
    return column[i + 1] - column[i] !== before;
  };
  const places = new Uint32Array(thresholds.length);
  let kept = 0;
  for (let i = 0; i < thresholds.length; i++) {
    const isEnd = i === 0 || i === thresholds.length - 1;
    if (isEnd || bends(up, i) || bends(right, i)) places[kept++] = i;
  }
  return places.subarray(0, kept);
}

/**
 * Returns the area under the ROC curve, from 0 to 1: the chance that a random positive scores
 * higher than a random negative, a tie counting as half. 0.5 is guessing; below it the scores point
 * the wrong way. It doesn't change with the share of positives. Counted in pairs (Mann and Whitney
 * 1947), which is exact; equals scikit-learn's `roc_auc_score`.
 *
 * @param actual the true labels
 * @param scores finite numbers, higher for "more likely positive"
 * @throws InputError `one-class` unless there are positives and negatives, because then there are
 *   no pairs to compare; otherwise as `rocCurve`
 * @example
 * import { auroc } from "@headroom/kernel-utils";
 * auroc([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8]);  // => 0.75
 * auroc(["ham", "spam"], [0.5, 0.5], { positive: "spam" });  // => 0.5
 */
export function auroc(
  actual: LabelColumn,
  scores: NumberColumn,
  options: BinaryOptions = {},
): number {
  const samples = readScored(actual, scores, options);
  const counts = cumulativeCounts(samples);
  requireClasses(samples, counts, "the area under the ROC curve (pairs of both classes)");
  const { truePositives, falsePositives, positives, negatives } = counts;
  let pairs = 0;
  let above = 0;
  let negativesAbove = 0;
  for (let i = 0; i < truePositives.length; i++) {
    const hits = truePositives[i];
    const alarms = falsePositives[i];
    // Negatives of this score lose to all positives above them and tie with those beside them.
    pairs += ((alarms - negativesAbove) * (above + hits)) / 2;
    above = hits;
    negativesAbove = alarms;
  }
  return pairs / (positives * negatives);
}
