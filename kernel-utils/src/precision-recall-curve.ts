import type { BinaryOptions } from "./binary-counts";
import type { LabelColumn, NumberColumn } from "./inputs";
import type { CurveOptions } from "./ranking-metrics";
import {
  type CumulativeCounts,
  cumulativeCounts,
  readScored,
  requireClasses,
} from "./scored-samples";

/**
 * Precision against recall as columns. Entry i is what calling `score >= thresholds[i]` positive
 * gives; thresholds rise, so recall falls. `precision` and `recall` have one entry more, 1 and 0,
 * where the curve meets its axis: no threshold belongs to it.
 */
export interface PrecisionRecallCurve {
  readonly thresholds: readonly number[];
  readonly precision: readonly number[];
  readonly recall: readonly number[];
}

/**
 * Returns the precision-recall curve, one point per distinct score and the end point (recall 0,
 * precision 1). With `dropIntermediate` points between others of the same recall are left out.
 * Equals scikit-learn's `precision_recall_curve`, defaults included.
 *
 * @param actual the true labels
 * @param scores finite numbers, higher for "more likely positive"
 * @throws InputError `one-class` where no sample is positive; otherwise as `rocCurve`
 * @example
 * import { precisionRecallCurve } from "@headroom/kernel-utils";
 * const curve = precisionRecallCurve([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8]);
 * curve.thresholds;  // => [0.1, 0.35, 0.4, 0.8]
 * curve.precision;  // => [0.5, 2 / 3, 0.5, 1, 1]
 * curve.recall;  // => [1, 1, 0.5, 0.5, 0]
 */
export function precisionRecallCurve(
  actual: LabelColumn,
  scores: NumberColumn,
  options: CurveOptions = {},
): PrecisionRecallCurve {
  const samples = readScored(actual, scores, options);
  const counts = cumulativeCounts(samples);
  requireClasses(samples, counts, "a precision-recall curve", { negatives: false });
  const points = options.dropIntermediate === true ? recallSteps(counts) : undefined;
  const kept = points?.length ?? counts.thresholds.length;
  const curve = {
    thresholds: new Array<number>(kept),
    precision: new Array<number>(kept + 1),
    recall: new Array<number>(kept + 1),
  };
  for (let k = 0; k < kept; k++) {
    const i = points === undefined ? kept - 1 - k : points[kept - 1 - k];
    const hits = counts.truePositives[i];
    curve.thresholds[k] = counts.thresholds[i];
    curve.precision[k] = hits / (hits + counts.falsePositives[i]);
    curve.recall[k] = hits / counts.positives;
  }
  curve.precision[kept] = 1;
  curve.recall[kept] = 0;
  return curve;
}

/** Places of the first and last point of each recall, and of the curve's own first and last. */
function recallSteps({ truePositives: hits }: CumulativeCounts): Uint32Array {
  const places = new Uint32Array(hits.length);
  let kept = 0;
  for (let i = 0; i < hits.length; i++) {
    const isEnd = i === 0 || i === hits.length - 1;
    if (isEnd || hits[i] !== hits[i - 1] || hits[i] !== hits[i + 1]) places[kept++] = i;
  }
  return places.subarray(0, kept);
}

/**
 * Returns average precision, from 0 to 1: the precision at each threshold, weighted by the recall
 * gained there, `sum (R_i - R_(i-1)) P_i`. Guessing scores about the share of positives, so it
 * shows rarity where the ROC curve hides it. No line is drawn between points, which would flatter
 * the model (Davis and Goadrich 2006). Equals scikit-learn's `average_precision_score`.
 *
 * @param actual the true labels
 * @param scores finite numbers, higher for "more likely positive"
 * @throws InputError `one-class` where no sample is positive; otherwise as `rocCurve`
 * @example
 * import { averagePrecision } from "@headroom/kernel-utils";
 * averagePrecision([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8]).toFixed(4);  // => "0.8333"
 */
export function averagePrecision(
  actual: LabelColumn,
  scores: NumberColumn,
  options: BinaryOptions = {},
): number {
  const samples = readScored(actual, scores, options);
  const counts = cumulativeCounts(samples);
  requireClasses(samples, counts, "average precision", { negatives: false });
  const { truePositives, falsePositives, positives } = counts;
  let sum = 0;
  let before = 0;
  for (let i = 0; i < truePositives.length; i++) {
    const hits = truePositives[i];
    sum += ((hits - before) * hits) / (hits + falsePositives[i]);
    before = hits;
  }
  return sum / positives;
}
