import {
  type BinaryCounts,
  type BinaryOptions,
  binaryConfusion,
  isBinaryCounts,
} from "./binary-counts";
import { binaryMatrix, ConfusionMatrix, confusionMatrix } from "./confusion-matrix";
import { InputError } from "./errors";
import type { Label, LabelColumn } from "./inputs";
import { showLabels } from "./label-codes";
import { ratio, type Score } from "./score";

/**
 * A metric over all classes at once: of four counts, of a confusion matrix, or of two columns with
 * any number of classes. With `positive` the other classes of the columns are taken together first.
 */
export interface OverallMetric<Result> {
  (counts: BinaryCounts | ConfusionMatrix): Result;
  (actual: LabelColumn, predicted: LabelColumn, options?: BinaryOptions): Result;
}

function overallMetric<Result>(
  formula: (matrix: ConfusionMatrix) => Result,
): OverallMetric<Result> {
  return (
    first: BinaryCounts | ConfusionMatrix | LabelColumn,
    predicted?: LabelColumn,
    options?: BinaryOptions,
  ) => formula(toMatrix(first, predicted, options));
}

function toMatrix(
  first: BinaryCounts | ConfusionMatrix | LabelColumn,
  predicted: LabelColumn | undefined,
  options: BinaryOptions = {},
): ConfusionMatrix {
  if (first instanceof ConfusionMatrix) return first;
  if (isBinaryCounts(first)) return binaryMatrix(first);
  if (predicted === undefined) {
    throw new InputError(
      "wrong-type",
      "Expected the four counts { tn, fp, fn, tp }, a ConfusionMatrix, or two columns " +
        "(actual, predicted).",
      {},
    );
  }
  if (options.positive !== undefined)
    return binaryMatrix(binaryConfusion(first, predicted, options));
  return confusionMatrix(first, predicted, options);
}

/**
 * Returns the share of samples whose predicted label is the actual one, from 0 to 1. With rare
 * positives it says little: calling everything negative scores the share of negatives.
 *
 * @throws InputError for counts that aren't counts, or columns that `confusionMatrix` refuses
 * @example
 * import { accuracy } from "@headroom/kernel-utils";
 * accuracy({ tn: 905, fn: 18, fp: 9, tp: 68 });  // => 0.973
 * accuracy({ tn: 914, fn: 86, fp: 0, tp: 0 });  // => 0.914
 * accuracy(["a", "b", "c", "c"], ["a", "b", "c", "a"]);  // => 0.75
 */
export const accuracy: OverallMetric<number> = overallMetric(
  (matrix) => matrix.correct() / matrix.total,
);

/**
 * Returns the mean of the classes' recalls, from 0 to 1: accuracy as if all classes were equally
 * common, so that always guessing one of K classes scores 1/K. A class without actual samples has
 * no recall; the mean is then over the others and `defined` is false. Source: Brodersen et al.
 * (2010), The balanced accuracy and its posterior distribution; equals `balanced_accuracy_score`.
 *
 * @throws InputError for counts that aren't counts, or columns that `confusionMatrix` refuses
 * @example
 * import { balancedAccuracy } from "@headroom/kernel-utils";
 * balancedAccuracy({ tn: 914, fn: 86, fp: 0, tp: 0 }).value;  // => 0.5
 */
export const balancedAccuracy: OverallMetric<Score> = overallMetric((matrix) => {
  const totals = matrix.actualTotals();
  let recalls = 0;
  const absent: Label[] = [];
  for (const [k, label] of matrix.labels.entries()) {
    const total = totals[k];
    if (total === 0) absent.push(label);
    else recalls += matrix.counts[k][k] / total;
  }
  const value = recalls / (totals.length - absent.length);
  if (absent.length === 0) return { value, defined: true };
  const reason = `no sample is actually ${showLabels(absent)}; the mean leaves it out`;
  return { value, defined: false, reason };
});

/**
 * Returns the Matthews correlation between actual and predicted classes, from -1 to 1: 1 for a
 * perfect model, 0 for guessing, whatever the classes' shares. Undefined (0/0) where all samples,
 * or all predictions, are of one class. For K classes it is Gorodkin's R_K (2004, equation 8);
 * equals scikit-learn's `matthews_corrcoef`.
 *
 * @throws InputError for counts that aren't counts, or columns that `confusionMatrix` refuses
 * @example
 * import { matthewsCorrelation } from "@headroom/kernel-utils";
 * matthewsCorrelation({ tn: 905, fn: 18, fp: 9, tp: 68 }).value.toFixed(4);  // => "0.8212"
 */
export const matthewsCorrelation: OverallMetric<Score> = overallMetric((matrix) => {
  const actual = matrix.actualTotals();
  const predicted = matrix.predictedTotals();
  const covariance = (a: readonly number[], b: readonly number[], matches: number) =>
    matches * matrix.total - a.reduce((sum, value, k) => sum + value * b[k], 0);
  const spreadActual = covariance(actual, actual, matrix.total);
  const spreadPredicted = covariance(predicted, predicted, matrix.total);
  const together = covariance(actual, predicted, matrix.correct());
  const whose = spreadActual === 0 ? "samples are" : "predictions are";
  return ratio(together, Math.sqrt(spreadActual * spreadPredicted), `all ${whose} of one class`);
});
