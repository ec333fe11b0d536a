import { InputError } from "./errors";
import type { Fold } from "./fold";
import {
  type FoldAt,
  type FoldSteps,
  type PrepareStep,
  placesOf,
  requireFolds,
  runFold,
  type SampleColumn,
  type Samples,
  type Steps,
  toSamples,
} from "./fold-steps";
import { pairwiseSum } from "./pairwise-sum";

/** Where a step stands, and with which setting. */
export interface SettingAt<P> extends FoldAt {
  readonly params: P;
}

/** What is tried, on which samples and folds. */
export interface GridSearchOptions<X, Y, P> {
  /** The settings to compare: from `parameterGrid`, or any list. */
  readonly settings: readonly P[];
  /** The samples: any array with one entry each, or a tensor or data frame, taken by rows. */
  readonly x: SampleColumn<X>;
  /** What is to be predicted, in the same order. */
  readonly y: SampleColumn<Y>;
  /** The same for every setting; at least one. */
  readonly folds: readonly Fold[];
  /** Of the seeds that the steps are handed, the same for every setting; default 0. */
  readonly seed?: number;
  /** Is told of each setting that is done; its rank is not known yet. */
  readonly onSetting?: (result: Omit<SettingResult<P>, "rank">) => void;
  /** Prints nothing; otherwise a line tells of each setting that is done. */
  readonly silent?: boolean;
}

/** What came of one setting. */
export interface SettingResult<P> {
  readonly params: P;
  /** Validation scores, a fold each. */
  readonly scores: readonly number[];
  readonly mean: number;
  /** Standard deviation of the scores divided by their number (not less 1), as scikit-learn has it. */
  readonly std: number;
  /** 1 for the best mean; equal means share the better rank, and the next one is left out. */
  readonly rank: number;
}

/** All settings, in the order given, and the best. */
export interface GridSearch<P> {
  readonly rows: readonly SettingResult<P>[];
  /** The first of rank 1. Its mean is too good a guess for new samples: it was the highest of many. */
  readonly best: SettingResult<P>;
}

/**
 * Returns what every setting scores on the same folds, and which is best: the highest mean, among
 * equal ones the first.
 *
 * Train once more on all samples with `best.params`, and judge that model by samples that were not
 * here; `nestedCrossValidate` does so.
 *
 * @throws FoldError `fold-failed` where a step throws or the score is no finite number, naming
 *   setting, fold and step
 * @throws InputError for no settings, no folds, and as `crossValidate`
 *
 * Source: scikit-learn's `GridSearchCV` (`mean_test_score`, `std_test_score`, `rank_test_score`).
 *
 * @example
 * import { gridSearch, kFold, parameterGrid } from "@headroom/kernel-utils";
 * const x = [1, 2, 3, 4, 5, 6];
 * const search = await gridSearch({
 *   settings: parameterGrid({ factor: [1, 2, 3] }),
 *   x,
 *   y: x.map((value) => 2 * value),
 *   folds: kFold(6, { folds: 3, seed: 1 }),
 *   fit: (_x, _y, { params }) => params.factor,
 *   score: (factor, x, y) => -Math.abs(factor * x[0] - y[0]),
 *   silent: true,
 * });
 * search.best.params; // => { factor: 2 }
 * search.rows.map((row) => row.rank); // => [2, 1, 2]
 */
export function gridSearch<P, X = number[], Y = number, Z = X[], M = unknown>(
  options: GridSearchOptions<X, Y, P> &
    PrepareStep<X, Y, Z, SettingAt<P>> &
    FoldSteps<Y, Z, M, SettingAt<P>>,
): Promise<GridSearch<P>>;
export function gridSearch<P, X = number[], Y = number, M = unknown>(
  options: GridSearchOptions<X, Y, P> & { prepare?: undefined } & FoldSteps<
      Y,
      X[],
      M,
      SettingAt<P>
    >,
): Promise<GridSearch<P>>;
export async function gridSearch<P, X, Y, Z, M>(
  options: GridSearchOptions<X, Y, P> & Steps<X, Y, Z, M, SettingAt<P>>,
): Promise<GridSearch<P>> {
  const { settings, folds, seed = 0, silent = false, onSetting } = options;
  const samples = toSamples(options.x, options.y);
  requireSettings(settings);
  requireFolds(folds, samples.x.length, 1);
  const say = silent ? undefined : (line: string) => console.log(line);
  return searchSettings(options, samples, settings, placesOf(folds, seed, "fold"), {
    prefix: "",
    say,
    onSetting,
  });
}

/** Returns the search over settings on folds whose places are known; messages begin with `prefix`. */
export async function searchSettings<P, X, Y, Z, M, At extends SettingAt<P>>(
  steps: Steps<X, Y, Z, M, At>,
  samples: Samples<X, Y>,
  settings: readonly P[],
  places: readonly Omit<At, "params">[],
  tell: {
    readonly prefix: string;
    readonly say?: ((line: string) => void) | undefined;
    readonly onSetting?: ((result: Omit<SettingResult<P>, "rank">) => void) | undefined;
  },
): Promise<GridSearch<P>> {
  const rows: Omit<SettingResult<P>, "rank">[] = [];
  for (const [i, params] of settings.entries()) {
    const scores: number[] = [];
    for (const place of places) {
      const at = { ...place, params } as unknown as At;
      const name = `${tell.prefix}${showSetting(params)}, fold ${at.fold} of ${at.folds}`;
      scores.push((await runFold(steps, samples, at, { name, withTrain: false })).score);
    }
    const mean = pairwiseSum(scores) / scores.length;
    const squares = scores.map((score) => (score - mean) * (score - mean));
    const row = { params, scores, mean, std: Math.sqrt(pairwiseSum(squares) / scores.length) };
    rows.push(row);
    tell.say?.(`${showSetting(params)}: ${mean.toFixed(3)} (${i + 1} of ${settings.length})`);
    tell.onSetting?.(row);
  }
  const ranked = rows.map((row) => ({
    ...row,
    rank: 1 + rows.filter((other) => other.mean > row.mean).length,
  }));
  return { rows: ranked, best: ranked.find(({ rank }) => rank === 1) as SettingResult<P> };
}

/** @throws InputError `empty-input` for no settings */
export function requireSettings(settings: readonly unknown[]): void {
  if (settings.length > 0) return;
  throw new InputError(
    "empty-input",
    "settings is empty: expected at least one, for example from parameterGrid({ rate: [0.1, 0.2] }).",
  );
}

/** A setting in one line: "epochs 5, rate 0.1". */
function showSetting(params: unknown): string {
  if (typeof params !== "object" || params === null) return String(params);
  const parts = Object.entries(params).map(([name, value]) => `${name} ${showValue(value)}`);
  return parts.join(", ") || "the only setting";
}

function showValue(value: unknown): string {
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}
