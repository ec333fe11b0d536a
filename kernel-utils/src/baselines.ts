import { type FeatureRows, toFeatureMatrix } from "./feature-rows";
import type { Label, LabelColumn } from "./inputs";
import { requireSameLength } from "./inputs";
import { encodeLabels } from "./label-codes";
import { SeededRandom } from "./random";

/** A rule that has learned from training samples and labels new ones. */
export interface FittedBaseline<L extends Label = Label> {
  /** The classes it has seen, sorted. */
  readonly labels: readonly L[];
  /**
   * Returns one label per row.
   *
   * @throws InputError for rows with other features than those trained on, and for NaN
   */
  predict(rows: FeatureRows): L[];
}

/** A rule of thumb that a model has to beat. All of them are used alike: fit, then predict. */
export interface Baseline {
  /**
   * Returns the rule learned from these samples alone; neither argument is changed.
   *
   * @param rows training samples with their features
   * @param labels their classes, in the same order
   * @throws InputError for no samples, unequal lengths, NaN
   */
  fit<L extends Label>(rows: FeatureRows, labels: LabelColumn<L>): FittedBaseline<L>;
}

/** Training samples as the rules need them: features, classes and their codes 0, 1, ... */
export interface TrainingSet<L extends Label> {
  readonly matrix: ReturnType<typeof toFeatureMatrix>;
  readonly labels: readonly L[];
  /** Position in `labels` of each sample's class. */
  readonly codes: Int32Array;
  /** Number of samples per class. */
  readonly counts: readonly number[];
}

/** Returns what `fit` was given, checked and coded. */
export function toTrainingSet<L extends Label>(
  rows: FeatureRows,
  labels: LabelColumn<L>,
): TrainingSet<L> {
  const matrix = toFeatureMatrix("rows", rows);
  const encoded = encodeLabels([{ name: "labels", column: labels }]);
  const codes = encoded.codes[0] as Int32Array;
  requireSameLength("rows", { length: matrix.rows }, "labels", codes);
  const counts = new Array<number>(encoded.labels.length).fill(0);
  for (const code of codes) counts[code] = (counts[code] as number) + 1;
  return { matrix, labels: encoded.labels as readonly L[], codes, counts };
}

/** What `majorityClass` has learned. */
export interface FittedMajority<L extends Label = Label> extends FittedBaseline<L> {
  /** The most frequent class; among equally frequent ones the first in sorted order. */
  readonly label: L;
  /** Its share of the training samples, 0 to 1. */
  readonly share: number;
}

/**
 * Returns the baseline that gives every sample the most frequent class of the training set.
 *
 * Source: scikit-learn's `DummyClassifier(strategy="most_frequent")`.
 *
 * @example
 * import { majorityClass } from "@headroom/kernel-utils";
 * const rule = majorityClass().fit([[1], [2], [3]], ["well", "ill", "well"]);
 * rule.share; // => 0.667
 * rule.predict([[7], [8]]); // => ["well", "well"]
 */
export function majorityClass(): {
  fit<L extends Label>(rows: FeatureRows, labels: LabelColumn<L>): FittedMajority<L>;
} {
  return {
    fit<L extends Label>(rows: FeatureRows, column: LabelColumn<L>) {
      const { matrix, labels, counts } = toTrainingSet(rows, column);
      const most = counts.indexOf(Math.max(...counts));
      const label = labels[most] as L;
      return {
        labels,
        label,
        share: (counts[most] as number) / matrix.rows,
        predict: (rows: FeatureRows) =>
          new Array<L>(toFeatureMatrix("rows", rows, matrix.columns).rows).fill(label),
      };
    },
  };
}

/** What `stratifiedRandom` has learned. */
export interface FittedStratified<L extends Label = Label> extends FittedBaseline<L> {
  /** Shares of the training samples, 0 to 1, in the order of `labels`. */
  readonly shares: readonly number[];
  /**
   * Returns the accuracy to expect on samples with these labels: the mean over all draws, without
   * drawing. A class never seen in training counts as always missed.
   */
  expectedAccuracy(labels: LabelColumn<L>): number;
}

/**
 * Returns the baseline that guesses classes at random, as often as they occur in the training set.
 *
 * The same fitted rule gives the same guesses for the same number of rows.
 *
 * @param options.seed of the guesses, default 0
 *
 * Source: scikit-learn's `DummyClassifier(strategy="stratified")` (shares; the draws are our own).
 *
 * @example
 * import { stratifiedRandom } from "@headroom/kernel-utils";
 * const labels = ["ill", "well", "well", "well"];
 * const rule = stratifiedRandom({ seed: 1 }).fit([[1], [2], [3], [4]], labels);
 * rule.shares; // => [0.25, 0.75]
 * rule.expectedAccuracy(labels); // => 0.625
 */
export function stratifiedRandom({ seed = 0 }: { readonly seed?: number } = {}): {
  fit<L extends Label>(rows: FeatureRows, labels: LabelColumn<L>): FittedStratified<L>;
} {
  return {
    fit<L extends Label>(rows: FeatureRows, column: LabelColumn<L>) {
      const { matrix, labels, counts } = toTrainingSet(rows, column);
      const shares = counts.map((count) => count / matrix.rows);
      return {
        labels,
        shares,
        predict(rows: FeatureRows) {
          const random = new SeededRandom(seed);
          const { rows: n } = toFeatureMatrix("rows", rows, matrix.columns);
          return Array.from({ length: n }, () => random.weightedChoice(labels, counts));
        },
        expectedAccuracy(column: LabelColumn<L>) {
          const truth = encodeLabels([{ name: "labels", column }]);
          const codes = truth.codes[0] as Int32Array;
          let sum = 0;
          for (const code of codes) sum += shares[labels.indexOf(truth.labels[code] as L)] ?? 0;
          return sum / codes.length;
        },
      };
    },
  };
}
