import type { BinaryOptions } from "./binary-counts";
import { InputError } from "./errors";
import {
  type Label,
  type LabelColumn,
  type NumberColumn,
  requireSameLength,
  toNumbers,
} from "./inputs";
import { encodeLabels, showLabels } from "./label-codes";
import { positiveCode } from "./positive-label";
import { toWeights } from "./sample-weights";
import { orderDescending } from "./score-order";

/** Samples with a label and a score each, read and checked. */
export interface ScoredSamples {
  /** 1 for each positive sample, 0 for each negative one. */
  readonly isPositive: Uint8Array;
  readonly scores: Float64Array;
  readonly weights: Float64Array | undefined;
  /** The labels that occur, for error messages. */
  readonly labels: readonly Label[];
}

/** Reads the columns of a ranking metric; for its errors see `encodeLabels` and `toNumbers`. */
export function readScored(
  actual: LabelColumn,
  scores: NumberColumn,
  options: BinaryOptions,
): ScoredSamples {
  const { labels, codes } = encodeLabels([{ name: "actual", column: actual }]);
  const truth = codes[0];
  const numbers = toNumbers("scores", scores);
  requireSameLength("actual", truth, "scores", numbers);
  const weights = toWeights(options.weights, "actual", truth);
  const positive = positiveCode(labels, options.positive);
  const isPositive = new Uint8Array(truth.length);
  for (let i = 0; i < truth.length; i++) isPositive[i] = truth[i] === positive ? 1 : 0;
  const doubles = numbers instanceof Float64Array ? numbers : new Float64Array(numbers);
  return { isPositive, scores: doubles, weights, labels };
}

/**
 * What a falling threshold lets in, one entry per distinct score, highest first: `truePositives[i]`
 * and `falsePositives[i]` samples (or their weight) have a score of `thresholds[i]` or more. The
 * last entries are all positives and all negatives.
 */
export interface CumulativeCounts {
  readonly thresholds: Float64Array;
  readonly truePositives: Float64Array;
  readonly falsePositives: Float64Array;
  /** All positives and all negatives, in samples or in weight. */
  readonly positives: number;
  readonly negatives: number;
}

/** Counts at every distinct score. Ties enter together; samples of weight 0 stay out. */
export function cumulativeCounts(samples: ScoredSamples): CumulativeCounts {
  const { isPositive, scores, weights } = samples;
  const order = orderDescending(scores);
  const thresholds = new Float64Array(order.length);
  const truePositives = new Float64Array(order.length);
  const falsePositives = new Float64Array(order.length);
  let last = -1;
  let positives = 0;
  let negatives = 0;
  let threshold = Number.POSITIVE_INFINITY;
  for (let i = 0; i < order.length; i++) {
    const sample = order[i];
    const weight = weights === undefined ? 1 : weights[sample];
    if (weight === 0) continue;
    const score = scores[sample];
    if (score !== threshold) {
      last++;
      threshold = score;
      // Minus zero ties with zero; adding 0 leaves plain 0 to print.
      thresholds[last] = score + 0;
    }
    if (isPositive[sample] === 1) positives += weight;
    else negatives += weight;
    truePositives[last] = positives;
    falsePositives[last] = negatives;
  }
  return {
    thresholds: thresholds.subarray(0, last + 1),
    truePositives: truePositives.subarray(0, last + 1),
    falsePositives: falsePositives.subarray(0, last + 1),
    positives,
    negatives,
  };
}

/** @throws InputError `one-class` where `purpose` needs samples of a class and there are none */
export function requireClasses(
  samples: ScoredSamples,
  counts: { positives: number; negatives: number },
  purpose: string,
  needed: { negatives: boolean } = { negatives: true },
): void {
  const lacksNegatives = needed.negatives && counts.negatives === 0;
  const lacking = counts.positives === 0 ? "positive" : lacksNegatives ? "negative" : undefined;
  if (lacking === undefined) return;
  const both = needed.negatives
    ? "at least one positive and one negative sample"
    : "a positive sample";
  throw new InputError(
    "one-class",
    `actual holds no ${lacking} sample (its labels: ${showLabels(samples.labels)}): ${purpose} ` +
      `needs ${both}. Use more samples, a stratified split, or check \`positive\`.`,
    { lacking, labels: samples.labels },
  );
}
