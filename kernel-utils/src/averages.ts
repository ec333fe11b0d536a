import type { ConfusionMatrix } from "./confusion-matrix";
import { InputError } from "./errors";
import type { Label } from "./inputs";
import { showLabel, showLabels } from "./label-codes";
import { ratio, type Score } from "./score";

/** Precision, recall and F1 of one class against all others. */
export interface ClassScores {
  readonly label: Label;
  readonly precision: Score;
  readonly recall: Score;
  readonly f1: Score;
  /** Actual samples of the class. */
  readonly support: number;
}

/** Precision, recall and F1 averaged over classes. */
export interface AverageScores {
  readonly precision: Score;
  readonly recall: Score;
  readonly f1: Score;
  /** Actual samples of the averaged classes. */
  readonly support: number;
}

/** Which classes an average is about. */
export interface AverageOptions {
  /**
   * These classes only, all unless told. Leave out a class that doesn't matter, "background" say.
   */
  readonly labels?: readonly Label[];
}

/**
 * Returns precision, recall and F1 of each class against all others, in the matrix's order or that
 * of `labels`. Equals scikit-learn's `precision_recall_fscore_support(average=None,
 * zero_division=0)`.
 *
 * @throws InputError `unknown-label` for a label that the matrix doesn't have
 * @example
 * import { confusionMatrix, perClass } from "@headroom/kernel-utils";
 * const matrix = confusionMatrix(["a", "a", "b", "c"], ["a", "b", "b", "c"]);
 * perClass(matrix).map(({ recall }) => recall.value);  // => [0.5, 1, 1]
 */
export function perClass(matrix: ConfusionMatrix, options: AverageOptions = {}): ClassScores[] {
  return tallies(matrix, options).map(({ label, hits, predicted, actual }) => ({
    label,
    ...scoresOf({ hits, predicted, actual }, showLabel(label)),
    support: actual,
  }));
}

/**
 * Returns the plain mean over classes: every class counts alike, however rare. A class whose ratio
 * is 0/0 counts as 0, and the score says so. Macro F1 is the mean of the classes' F1, not the F1 of
 * macro precision and recall. Equals scikit-learn's `average="macro"`.
 *
 * @throws InputError `unknown-label` for a label that the matrix doesn't have
 * @example
 * import { confusionMatrix, macroAverage } from "@headroom/kernel-utils";
 * const matrix = confusionMatrix(["a", "a", "a", "b"], ["a", "a", "a", "a"]);
 * macroAverage(matrix).recall.value;  // => 0.5
 * macroAverage(matrix).precision.reason;  // => "no sample was predicted \"b\": counted as 0"
 */
export function macroAverage(matrix: ConfusionMatrix, options: AverageOptions = {}): AverageScores {
  return average(perClass(matrix, options), () => 1);
}

/**
 * Returns the mean over classes weighted by their actual samples, so that common classes decide.
 * Weighted recall is accuracy. Equals scikit-learn's `average="weighted"`.
 *
 * @throws InputError `unknown-label` for a label that the matrix doesn't have
 * @example
 * import { confusionMatrix, weightedAverage } from "@headroom/kernel-utils";
 * const matrix = confusionMatrix(["a", "a", "a", "b"], ["a", "a", "a", "a"]);
 * weightedAverage(matrix).recall.value;  // => 0.75
 */
export function weightedAverage(
  matrix: ConfusionMatrix,
  options: AverageOptions = {},
): AverageScores {
  const classes = perClass(matrix, options);
  // Without any actual sample all weights are 0; scikit-learn then falls back to the plain mean.
  const none = classes.every(({ support }) => support === 0);
  return average(classes, ({ support }) => (none ? 1 : support));
}

/**
 * Returns precision, recall and F1 of all classes' counts added up, so that every sample counts
 * alike. Over all classes the three are the same number, accuracy; they differ when `labels` leaves
 * classes out. Equals scikit-learn's `average="micro"`.
 *
 * @throws InputError `unknown-label` for a label that the matrix doesn't have
 * @example
 * import { confusionMatrix, microAverage } from "@headroom/kernel-utils";
 * const matrix = confusionMatrix(["a", "a", "b", "c"], ["a", "b", "b", "c"]);
 * microAverage(matrix).f1.value;  // => 0.75
 * microAverage(matrix, { labels: ["a", "c"] }).recall.value.toFixed(3);  // => "0.667"
 */
export function microAverage(matrix: ConfusionMatrix, options: AverageOptions = {}): AverageScores {
  const sums = { hits: 0, predicted: 0, actual: 0 };
  for (const { hits, predicted, actual } of tallies(matrix, options)) {
    sums.hits += hits;
    sums.predicted += predicted;
    sums.actual += actual;
  }
  return { ...scoresOf(sums, "any of the classes"), support: sums.actual };
}

/** One class's diagonal cell, column total and row total. */
interface Tally {
  readonly hits: number;
  readonly predicted: number;
  readonly actual: number;
}

function tallies(
  matrix: ConfusionMatrix,
  { labels = matrix.labels }: AverageOptions,
): (Tally & { label: Label })[] {
  const actual = matrix.actualTotals();
  const predicted = matrix.predictedTotals();
  if (labels.length === 0) {
    throw new InputError("empty-input", "labels is empty: expected at least one class.", {});
  }
  const place = new Map(matrix.labels.map((label, k) => [label, k]));
  return labels.map((label) => {
    const k = place.get(label);
    if (k !== undefined) {
      const hits = matrix.counts[k][k];
      return { label, hits, predicted: predicted[k], actual: actual[k] };
    }
    throw new InputError(
      "unknown-label",
      `labels: ${showLabel(label)} is not among the matrix's labels ${showLabels(matrix.labels)}.`,
      { label, known: matrix.labels },
    );
  });
}

function scoresOf(
  { hits, predicted, actual }: Tally,
  name: string,
): Omit<AverageScores, "support"> {
  return {
    precision: ratio(hits, predicted, `no sample was predicted ${name}`),
    recall: ratio(hits, actual, `no sample is ${name}`),
    f1: ratio(2 * hits, predicted + actual, `no sample is ${name} and none was predicted so`),
  };
}

function average(
  classes: readonly ClassScores[],
  weightOf: (scores: ClassScores) => number,
): AverageScores {
  const weights = classes.map(weightOf);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const mean = (metric: "precision" | "recall" | "f1"): Score => {
    let sum = 0;
    const reasons: string[] = [];
    for (const [k, scores] of classes.entries()) {
      const { value, reason } = scores[metric];
      const weight = weights[k];
      sum += weight * value;
      if (reason !== undefined && weight > 0) reasons.push(reason);
    }
    const value = sum / total;
    if (reasons.length === 0) return { value, defined: true };
    return { value, defined: false, reason: `${reasons.join("; ")}: counted as 0` };
  };
  return {
    precision: mean("precision"),
    recall: mean("recall"),
    f1: mean("f1"),
    support: classes.reduce((sum, { support }) => sum + support, 0),
  };
}
