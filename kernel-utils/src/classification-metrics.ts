import {
  type BinaryCounts,
  type BinaryOptions,
  binaryConfusion,
  binaryCounts,
  isBinaryCounts,
} from "./binary-counts";
import { InputError } from "./errors";
import type { LabelColumn } from "./inputs";
import { requireBeta } from "./rates";
import { ratio, type Score } from "./score";

/** A metric of two classes: of four counts, or of the columns that `binaryConfusion` counts. */
export interface BinaryMetric {
  (counts: BinaryCounts): Score;
  (actual: LabelColumn, predicted: LabelColumn, options?: BinaryOptions): Score;
}

/** Turns a formula over the four counts into a metric that also takes columns. */
function binaryMetric(formula: (counts: BinaryCounts) => Score): BinaryMetric {
  return (first: BinaryCounts | LabelColumn, predicted?: LabelColumn, options?: BinaryOptions) =>
    formula(toCounts(first, predicted, options));
}

function toCounts(
  first: BinaryCounts | LabelColumn,
  predicted?: LabelColumn,
  options?: BinaryOptions,
): BinaryCounts {
  if (predicted !== undefined) return binaryConfusion(first as LabelColumn, predicted, options);
  if (isBinaryCounts(first)) return binaryCounts(first, { weighted: true });
  throw new InputError(
    "wrong-type",
    "Expected the four counts { tn, fp, fn, tp }, or two columns (actual, predicted). For more " +
      "than two classes pick one with matrix.binary(label), or average with macroAverage(matrix).",
    {},
  );
}

const NONE_PREDICTED_POSITIVE = "no sample was predicted positive";
const NONE_POSITIVE = "no sample is positive";
const NONE_NEGATIVE = "no sample is negative";

/**
 * Returns precision, TP / (TP + FP), from 0 to 1: of the samples that the model called positive,
 * the share that are. Undefined (0/0) where the model called none positive. Also called positive
 * predictive value. Equals scikit-learn's `precision_score(zero_division=0)`.
 *
 * @throws InputError for counts that aren't counts, or columns that `binaryConfusion` refuses
 * @example
 * import { precision } from "@headroom/kernel-utils";
 * precision({ tn: 905, fn: 18, fp: 9, tp: 68 }).value.toFixed(3);  // => "0.883"
 * precision(["spam", "ham"], ["spam", "spam"], { positive: "spam" }).value;  // => 0.5
 * precision({ tn: 914, fn: 86, fp: 0, tp: 0 }).defined;  // => false
 */
export const precision: BinaryMetric = binaryMetric(({ fp, tp }) =>
  ratio(tp, tp + fp, NONE_PREDICTED_POSITIVE),
);

/**
 * Returns recall, TP / (TP + FN), from 0 to 1: of the positive samples, the share that the model
 * found. Undefined (0/0) where no sample is positive. Also called sensitivity, hit rate or true
 * positive rate. Equals scikit-learn's `recall_score(zero_division=0)`.
 *
 * @throws InputError for counts that aren't counts, or columns that `binaryConfusion` refuses
 * @example
 * import { recall } from "@headroom/kernel-utils";
 * recall({ tn: 905, fn: 18, fp: 9, tp: 68 }).value.toFixed(3);  // => "0.791"
 */
export const recall: BinaryMetric = binaryMetric(({ fn, tp }) => ratio(tp, tp + fn, NONE_POSITIVE));

/**
 * Returns specificity, TN / (TN + FP), from 0 to 1: of the negative samples, the share that the
 * model left alone. Undefined (0/0) where no sample is negative. It is the recall of the negatives.
 *
 * @throws InputError for counts that aren't counts, or columns that `binaryConfusion` refuses
 * @example
 * import { specificity } from "@headroom/kernel-utils";
 * specificity({ tn: 905, fn: 18, fp: 9, tp: 68 }).value.toFixed(4);  // => "0.9902"
 */
export const specificity: BinaryMetric = binaryMetric(({ tn, fp }) =>
  ratio(tn, tn + fp, NONE_NEGATIVE),
);

/**
 * Returns the false positive rate, FP / (FP + TN), from 0 to 1: of the negative samples, the share
 * that raised a false alarm; 1 - specificity, and the x axis of the ROC curve. Undefined (0/0)
 * where no sample is negative.
 *
 * @throws InputError for counts that aren't counts, or columns that `binaryConfusion` refuses
 * @example
 * import { falsePositiveRate } from "@headroom/kernel-utils";
 * falsePositiveRate({ tn: 905, fn: 18, fp: 9, tp: 68 }).value.toFixed(4);  // => "0.0098"
 */
export const falsePositiveRate: BinaryMetric = binaryMetric(({ tn, fp }) =>
  ratio(fp, tn + fp, NONE_NEGATIVE),
);

/**
 * Returns the negative predictive value, TN / (TN + FN), from 0 to 1: of the samples that the model
 * called negative, the share that are. Undefined (0/0) where the model called none negative.
 *
 * @throws InputError for counts that aren't counts, or columns that `binaryConfusion` refuses
 * @example
 * import { negativePredictiveValue } from "@headroom/kernel-utils";
 * negativePredictiveValue({ tn: 905, fn: 18, fp: 9, tp: 68 }).value.toFixed(4);  // => "0.9805"
 */
export const negativePredictiveValue: BinaryMetric = binaryMetric(({ tn, fn }) =>
  ratio(tn, tn + fn, "no sample was predicted negative"),
);

/**
 * `(1 + b^2) TP / ((1 + b^2) TP + b^2 FN + FP)`; limits at b = 0 (precision) and infinity (recall).
 */
function fBetaOf({ fp, fn, tp }: BinaryCounts, beta: number): Score {
  if (beta === 0) return ratio(tp, tp + fp, NONE_PREDICTED_POSITIVE);
  if (beta === Number.POSITIVE_INFINITY) return ratio(tp, tp + fn, NONE_POSITIVE);
  const square = beta * beta;
  const hits = (1 + square) * tp;
  const reason = "no sample is positive and none was predicted positive";
  return ratio(hits, hits + square * fn + fp, reason);
}

/**
 * Returns F1, the harmonic mean of precision and recall, as 2 TP / (2 TP + FP + FN), from 0 to 1.
 * For a model that finds nothing that is a plain 0, not 0/0: precision has no denominator there,
 * but misses and false alarms still count against the model. Undefined only where no sample is
 * positive and none was predicted so. Equals scikit-learn's `f1_score(zero_division=0)`.
 *
 * @throws InputError for counts that aren't counts, or columns that `binaryConfusion` refuses
 * @example
 * import { f1 } from "@headroom/kernel-utils";
 * f1({ tn: 905, fn: 18, fp: 9, tp: 68 }).value.toFixed(4);  // => "0.8344"
 * f1({ tn: 914, fn: 86, fp: 0, tp: 0 });  // => { value: 0, defined: true }
 */
export const f1: BinaryMetric = binaryMetric((counts) => fBetaOf(counts, 1));

/** What `fBeta` needs besides the counts. */
export interface FBetaOptions extends BinaryOptions {
  /** How many times as much recall matters as precision: 0 or more, `Infinity` for recall alone. */
  readonly beta: number;
}

/**
 * Returns F-beta, the harmonic mean of precision and recall in which recall weighs beta^2 times as
 * much as precision, from 0 to 1: beta 2 for searches that must not miss, 0.5 for alarms that must
 * not cry wolf. Undefined where no sample is positive and none was predicted so. Source: van
 * Rijsbergen, Information Retrieval (1979), chapter 7; equals scikit-learn's `fbeta_score`.
 *
 * @throws InputError `out-of-range` for a beta below 0; for bad counts and columns as `f1`
 * @example
 * import { fBeta } from "@headroom/kernel-utils";
 * const counts = { tn: 905, fn: 18, fp: 9, tp: 68 };
 * fBeta(counts, { beta: 2 }).value.toFixed(4);  // => "0.8076"
 * fBeta([1, 0, 1], [1, 1, 0], { beta: 0.5 }).value;  // => 0.5
 */
export function fBeta(counts: BinaryCounts, options: FBetaOptions): Score;
export function fBeta(actual: LabelColumn, predicted: LabelColumn, options: FBetaOptions): Score;
export function fBeta(
  first: BinaryCounts | LabelColumn,
  second: LabelColumn | FBetaOptions,
  third?: FBetaOptions,
): Score {
  if (isBinaryCounts(first)) {
    const options = second as FBetaOptions | undefined;
    requireBeta(options?.beta);
    return fBetaOf(toCounts(first), options.beta);
  }
  requireBeta(third?.beta);
  return fBetaOf(toCounts(first, second as LabelColumn, third), third.beta);
}
