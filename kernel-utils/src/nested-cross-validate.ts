import { type CrossValidation, summarise } from "./cross-validate";
import type { Fold } from "./fold";
import {
  type FoldAt,
  type FoldSteps,
  type Maybe,
  type PrepareStep,
  placesOf,
  requireFolds,
  runFold,
  type SampleColumn,
  type Steps,
  toSamples,
} from "./fold-steps";
import { type GridSearch, requireSettings, type SettingAt, searchSettings } from "./grid-search";

/** What is tried, and on which folds within folds. */
export interface NestedCrossValidateOptions<X, Y, P> {
  /** The settings to choose from, in each outer fold anew. */
  readonly settings: readonly P[];
  /** The samples: any array with one entry each, or a tensor or data frame, taken by rows. */
  readonly x: SampleColumn<X>;
  /** What is to be predicted, in the same order. */
  readonly y: SampleColumn<Y>;
  /** The outer folds, at least two: their validation samples judge, and choose nothing. */
  readonly outer: readonly Fold[];
  /**
   * Returns the folds by which settings are compared, of an outer fold's training samples: positions
   * count within these. `at.train` says which they are.
   */
  readonly inner: (y: Y[], at: FoldAt) => Maybe<readonly Fold[]>;
  /** Of the seeds that the steps are handed, default 0. */
  readonly seed?: number;
  /** Of the interval, default 0.95. */
  readonly level?: number;
  /** Is told of each outer fold that is done. */
  readonly onFold?: (result: NestedFold<P>) => void;
  /** Prints nothing; otherwise a line tells of each outer fold that is done. */
  readonly silent?: boolean;
}

/** What came of one outer fold. */
export interface NestedFold<P> {
  /** Number of the outer fold, from 1, and how many there are. */
  readonly fold: number;
  readonly folds: number;
  /** The setting chosen by the inner folds. */
  readonly params: P;
  /** The mean that it was chosen for: too good. */
  readonly innerMean: number;
  /** What it scores on the outer validation samples, trained on all the outer training samples. */
  readonly score: number;
  readonly search: GridSearch<P>;
  readonly trainCount: number;
  readonly validationCount: number;
}

/** Scores of the outer folds and what they say together. */
export interface NestedCrossValidation<P> extends Omit<CrossValidation, "folds"> {
  readonly folds: readonly NestedFold<P>[];
  /** Mean of what the inner folds promised. */
  readonly innerMean: number;
}

/**
 * Returns how good *tuning and training* are on samples that neither has seen: in each outer fold,
 * inner folds choose a setting, a model with it is trained on all outer training samples, and the
 * outer validation samples judge it. It judges the procedure, so each outer fold may choose otherwise.
 *
 * @throws FoldError and InputError as `gridSearch` and `crossValidate`
 *
 * Source: Varma, Simon 2006, "Bias in error estimation when using cross-validation for model
 * selection", BMC Bioinformatics 7:91; scikit-learn's `cross_val_score` of a `GridSearchCV`.
 *
 * @example
 * import { kFold, nestedCrossValidate, parameterGrid } from "@headroom/kernel-utils";
 * const x = [1, 2, 3, 4, 5, 6, 7, 8];
 * const result = await nestedCrossValidate({
 *   settings: parameterGrid({ factor: [1, 2, 3] }),
 *   x,
 *   y: x.map((value) => 2 * value),
 *   outer: kFold(8, { folds: 4, seed: 1 }),
 *   inner: (y) => kFold(y.length, { folds: 3, seed: 2 }),
 *   fit: (_x, _y, { params }) => params.factor,
 *   score: (factor, x, y) => -Math.abs(factor * x[0] - y[0]),
 *   silent: true,
 * });
 * result.folds.map((fold) => fold.params.factor); // => [2, 2, 2, 2]
 * result.mean; // => 0
 */
export function nestedCrossValidate<P, X = number[], Y = number, Z = X[], M = unknown>(
  options: NestedCrossValidateOptions<X, Y, P> &
    PrepareStep<X, Y, Z, SettingAt<P>> &
    FoldSteps<Y, Z, M, SettingAt<P>>,
): Promise<NestedCrossValidation<P>>;
export function nestedCrossValidate<P, X = number[], Y = number, M = unknown>(
  options: NestedCrossValidateOptions<X, Y, P> & { prepare?: undefined } & FoldSteps<
      Y,
      X[],
      M,
      SettingAt<P>
    >,
): Promise<NestedCrossValidation<P>>;
export async function nestedCrossValidate<P, X, Y, Z, M>(
  options: NestedCrossValidateOptions<X, Y, P> & Steps<X, Y, Z, M, SettingAt<P>>,
): Promise<NestedCrossValidation<P>> {
  const { settings, outer, seed = 0, level = 0.95, silent = false, onFold } = options;
  const samples = toSamples(options.x, options.y);
  requireSettings(settings);
  requireFolds(outer, samples.x.length, 2);
  const results: NestedFold<P>[] = [];
  for (const place of placesOf(outer, seed, "outer fold")) {
    const name = `Outer fold ${place.fold} of ${place.folds}`;
    const inner = await options.inner(
      place.train.map((row) => samples.y[row] as Y),
      place,
    );
    requireFolds(inner, place.train.length, 1);
    const within = placesOf(inner, place.seed, "inner fold").map((at) => ({
      ...at,
      train: at.train.map((row) => place.train[row] as number),
      validation: at.validation.map((row) => place.train[row] as number),
    }));
    const search = await searchSettings(options, samples, settings, within, {
      prefix: `${name}, `,
    });
    const { params, mean: innerMean } = search.best;
    const at = { ...place, params };
    const { score } = await runFold(options, samples, at, { name, withTrain: false });
    const result: NestedFold<P> = {
      fold: place.fold,
      folds: place.folds,
      params,
      innerMean,
      score,
      search,
      trainCount: place.train.length,
      validationCount: place.validation.length,
    };
    results.push(result);
    if (!silent) console.log(lineOf(result));
    onFold?.(result);
  }
  const innerMean = results.reduce((sum, one) => sum + one.innerMean, 0) / results.length;
  return { folds: results, ...summarise(results, level), innerMean };
}

function lineOf({ fold, folds, score, innerMean }: NestedFold<unknown>): string {
  return (
    `outer fold ${fold} of ${folds}: ${score.toFixed(3)} ` +
    `(the inner folds promised ${innerMean.toFixed(3)})`
  );
}
