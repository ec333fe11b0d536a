import { correctedInterval } from "./corrected-interval";
import type { Fold } from "./fold";
import {
  type FoldAt,
  type FoldSteps,
  type PrepareStep,
  placesOf,
  requireFolds,
  runFold,
  type SampleColumn,
  type Steps,
  toSamples,
} from "./fold-steps";
import type { Interval } from "./intervals";

/** What is validated, on which folds, and what is told meanwhile. */
export interface CrossValidateOptions<X, Y> {
  /** The samples: any array with one entry each, or a tensor or data frame, taken by rows. */
  readonly x: SampleColumn<X>;
  /** What is to be predicted, in the same order. */
  readonly y: SampleColumn<Y>;
  /** At least two, from `stratifiedKFold` and its relatives. */
  readonly folds: readonly Fold[];
  /** Scores the training samples too: far higher ones tell of overfitting. Default false. */
  readonly trainScores?: boolean;
  /** Of the seeds that the steps are handed, default 0. */
  readonly seed?: number;
  /** Of the interval, default 0.95. */
  readonly level?: number;
  /** Is told of each fold that is done. */
  readonly onFold?: (result: FoldResult) => void;
  /** Prints nothing; otherwise a line tells of each fold that is done. */
  readonly silent?: boolean;
}

/** What came of one fold. */
export interface FoldResult {
  /** Number of the fold, from 1, and how many there are. */
  readonly fold: number;
  readonly folds: number;
  readonly score: number;
  /** With `trainScores`. */
  readonly trainScore?: number;
  /** Numbers of samples. */
  readonly trainCount: number;
  readonly validationCount: number;
}

/** Scores of all folds and what they say together. */
export interface CrossValidation {
  readonly folds: readonly FoldResult[];
  /** The validation scores, a fold each. */
  readonly scores: readonly number[];
  readonly mean: number;
  /** Standard deviation of the scores (divided by their number less 1): how much one fold tells. */
  readonly sd: number;
  /** Of the mean, wide enough for folds that share samples; see `correctedInterval`. */
  readonly interval: Interval;
}

/**
 * Returns how good a model is on samples that it was not trained on: on each fold, `prepare` (if
 * given) and `fit` learn from the training samples, and `score` judges the validation samples.
 *
 * Whatever learns from data belongs into `prepare` or `fit`, where no validation sample is in reach.
 *
 * @throws FoldError `fold-failed` for the first fold in which a step throws or the score is no finite
 *   number, naming fold and step
 * @throws InputError for fewer than two folds, samples on both sides of a fold, folds made for other
 *   samples, x and y of unequal length
 *
 * Source: the loop of scikit-learn's `cross_validate`.
 *
 * @example
 * import { accuracy, crossValidate, loadWine } from "@headroom/kernel-utils";
 * import { nearestMean, stratifiedKFold } from "@headroom/kernel-utils";
 * const { features, labels } = loadWine();
 * const result = await crossValidate({
 *   x: features,
 *   y: labels,
 *   folds: stratifiedKFold(labels, { folds: 5, seed: 1 }),
 *   prepare: (x) => {
 *     const largest = x[0].map((_, column) => Math.max(...x.map((row) => row[column])));
 *     return (rows) => rows.map((row) => row.map((value, column) => value / largest[column]));
 *   },
 *   fit: (x, y) => nearestMean().fit(x, y),
 *   score: (model, x, y) => accuracy(y, model.predict(x)),
 *   silent: true,
 * });
 * result.scores.length; // => 5
 * result.mean.toFixed(2); // => "0.97"
 */
export function crossValidate<X = number[], Y = number, Z = X[], M = unknown>(
  options: CrossValidateOptions<X, Y> & PrepareStep<X, Y, Z, FoldAt> & FoldSteps<Y, Z, M, FoldAt>,
): Promise<CrossValidation>;
export function crossValidate<X = number[], Y = number, M = unknown>(
  options: CrossValidateOptions<X, Y> & { prepare?: undefined } & FoldSteps<Y, X[], M, FoldAt>,
): Promise<CrossValidation>;
export async function crossValidate<X, Y, Z, M>(
  options: CrossValidateOptions<X, Y> & Steps<X, Y, Z, M, FoldAt>,
): Promise<CrossValidation> {
  const { trainScores = false, seed = 0, level = 0.95, silent = false, onFold } = options;
  const samples = toSamples(options.x, options.y);
  requireFolds(options.folds, samples.x.length, 2);
  const results: FoldResult[] = [];
  for (const at of placesOf(options.folds, seed, "fold")) {
    const name = `Fold ${at.fold} of ${at.folds}`;
    const { score, trainScore } = await runFold(options, samples, at, {
      name,
      withTrain: trainScores,
    });
    const result: FoldResult = {
      fold: at.fold,
      folds: at.folds,
      score,
      ...(trainScore !== undefined && { trainScore }),
      trainCount: at.train.length,
      validationCount: at.validation.length,
    };
    results.push(result);
    if (!silent) console.log(lineOf(result));
    onFold?.(result);
  }
  return { folds: results, ...summarise(results, level) };
}

/** Returns mean, spread and interval of the scores of folds. */
export function summarise(
  results: readonly Pick<FoldResult, "score" | "trainCount" | "validationCount">[],
  level: number,
): Omit<CrossValidation, "folds"> {
  const scores = results.map(({ score }) => score);
  const meanOf = (values: readonly number[]) =>
    values.reduce((sum, value) => sum + value, 0) / values.length;
  const interval = correctedInterval(scores, {
    trainCount: meanOf(results.map(({ trainCount }) => trainCount)),
    validationCount: meanOf(results.map(({ validationCount }) => validationCount)),
    level,
  });
  const mean = meanOf(scores);
  const squares = scores.reduce((sum, score) => sum + (score - mean) ** 2, 0);
  return { scores, mean, sd: Math.sqrt(squares / (scores.length - 1)), interval };
}

function lineOf({ fold, folds, score, trainScore }: FoldResult): string {
  const training = trainScore === undefined ? "" : ` (training ${trainScore.toFixed(3)})`;
  return `fold ${fold} of ${folds}: ${score.toFixed(3)}${training}`;
}
