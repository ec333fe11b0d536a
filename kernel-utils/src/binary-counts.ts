import { InputError } from "./errors";
import type { Label, LabelColumn, NumberColumn } from "./inputs";
import { encodeLabels } from "./label-codes";
import { positiveCode } from "./positive-label";
import { toWeights } from "./sample-weights";

/**
 * The four boxes of a binary confusion matrix, in samples (or in weight, where samples are
 * weighted): true negatives, false positives (false alarms), false negatives (misses), true
 * positives (hits).
 */
export interface BinaryCounts {
  readonly tn: number;
  readonly fp: number;
  readonly fn: number;
  readonly tp: number;
}

/** How two columns of labels become positives and negatives. */
export interface BinaryOptions {
  /**
   * The label that counts as positive; every other label is negative. May be left out for labels
   * 0 and 1, -1 and 1 (then 1), and for booleans (then `true`).
   */
  readonly positive?: Label;
  /** One weight of 0 or more per sample; without them every sample counts once. */
  readonly weights?: NumberColumn;
}

const BOXES = ["tn", "fp", "fn", "tp"] as const;

/**
 * Returns the four counts after checking them: each a whole number of 0 or more, not all of them 0.
 * With `weighted: true` fractions are fine, because weights need not be whole.
 *
 * @throws InputError `wrong-type`, `not-finite` or `out-of-range` for a bad count (a rate such as
 *   0.905 in place of 905, for example), `empty-input` where all four are 0
 * @example
 * import { accuracy, binaryCounts } from "@headroom/kernel-utils";
 * const counts = binaryCounts({ tn: 905, fn: 18, fp: 9, tp: 68 });
 * accuracy(counts);  // => 0.973
 */
export function binaryCounts(
  counts: BinaryCounts,
  options: { weighted?: boolean } = {},
): BinaryCounts {
  for (const box of BOXES) {
    const count: unknown = counts[box];
    requireCount(box, count);
    if (options.weighted === true || Number.isInteger(count)) continue;
    throw new InputError(
      "out-of-range",
      `${box} is ${count}: expected a whole number of samples. If these are rates, multiply them ` +
        "by the number of samples; if samples are weighted, pass { weighted: true }.",
      { box, count },
    );
  }
  const { tn, fp, fn, tp } = counts;
  if (tn + fp + fn + tp > 0) return { tn, fp, fn, tp };
  throw new InputError("empty-input", "All four counts are 0: expected at least one sample.", {});
}

/** True for four counts (or some of them, which `binaryCounts` refuses), false for a column. */
export function isBinaryCounts(input: unknown): input is BinaryCounts {
  return typeof input === "object" && input !== null && BOXES.some((box) => box in input);
}

/** Accuracy of counts that are known to be good: (TN + TP) / all. */
export function shareCorrect({ tn, fp, fn, tp }: BinaryCounts): number {
  return (tn + tp) / (tn + fp + fn + tp);
}

/** @throws InputError unless `count` is a finite number of 0 or more */
export function requireCount(name: string, count: unknown): asserts count is number {
  if (typeof count !== "number") {
    const came = count === undefined ? "nothing" : typeof count;
    const message = `${name}: expected a number of samples, got ${came}.`;
    throw new InputError("wrong-type", message, { name });
  }
  if (!Number.isFinite(count)) {
    throw new InputError("not-finite", `${name} is ${count}: expected a number of samples.`, {
      name,
      count,
    });
  }
  if (count >= 0) return;
  throw new InputError("out-of-range", `${name} is ${count}: a count can't be below 0.`, {
    name,
    count,
  });
}

/**
 * Returns how often prediction and truth were positive or negative together. With more than two
 * labels it is one label (`positive`) against all others.
 *
 * @param actual the true labels
 * @param predicted the model's labels for the same samples, in the same order
 * @throws InputError for columns that aren't labels or don't match (see `confusionMatrix`), and
 *   `unknown-label` where `positive` is needed but missing, or doesn't occur
 * @example
 * import { binaryConfusion } from "@headroom/kernel-utils";
 * const ill = ["ill", "well", "ill", "well", "well"];
 * const guess = ["ill", "well", "well", "ill", "well"];
 * binaryConfusion(ill, guess, { positive: "ill" });  // => { tn: 2, fp: 1, fn: 1, tp: 1 }
 */
export function binaryConfusion(
  actual: LabelColumn,
  predicted: LabelColumn,
  options: BinaryOptions = {},
): BinaryCounts {
  const { labels, codes } = encodeLabels([
    { name: "actual", column: actual },
    { name: "predicted", column: predicted },
  ]);
  const [truth, guess] = codes;
  const weights = toWeights(options.weights, "actual", truth);
  const positive = positiveCode(labels, options.positive);
  return weights === undefined
    ? countSamples(truth, guess, positive)
    : addWeights(truth, guess, positive, weights);
}

function countSamples(truth: Int32Array, guess: Int32Array, positive: number): BinaryCounts {
  let [actualPositives, predictedPositives, tp] = [0, 0, 0];
  for (let i = 0; i < truth.length; i++) {
    const isPositive = truth[i] === positive ? 1 : 0;
    const isFlagged = guess[i] === positive ? 1 : 0;
    actualPositives += isPositive;
    predictedPositives += isFlagged;
    tp += isPositive & isFlagged;
  }
  const fp = predictedPositives - tp;
  const fn = actualPositives - tp;
  return { tn: truth.length - tp - fp - fn, fp, fn, tp };
}

function addWeights(
  truth: Int32Array,
  guess: Int32Array,
  positive: number,
  weights: Float64Array,
): BinaryCounts {
  const counts = { tn: 0, fp: 0, fn: 0, tp: 0 };
  for (let i = 0; i < truth.length; i++) {
    const isFlagged = guess[i] === positive;
    const box = truth[i] === positive ? (isFlagged ? "tp" : "fn") : isFlagged ? "fp" : "tn";
    counts[box] += weights[i];
  }
  return counts;
}
