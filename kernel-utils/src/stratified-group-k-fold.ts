import { InputError } from "./errors";
import { type Fold, foldsOf, requireUsedSeed } from "./fold";
import { toGroupCodes } from "./group-codes";
import type { GroupFoldOptions } from "./group-k-fold";
import { type LabelColumn, requireSameLength } from "./inputs";
import { NumpyRandomState } from "./numpy-random-state";
import { pairwiseSum } from "./pairwise-sum";
import { type RareClassOptions, toClasses } from "./stratified-k-fold";

/**
 * Returns folds that keep groups whole and, as far as that lets them, the classes evenly spread.
 *
 * Groups with the most lopsided classes go first, each into the fold where the classes' shares then
 * differ least between folds; among equal ones into the smallest.
 *
 * @param labels the class of each sample
 * @param groups the group of each sample, in the same order
 * @throws InputError as `stratifiedKFold` and `groupKFold`, for columns of unequal length, and where
 *   the groups leave a fold without samples
 *
 * Source: scikit-learn's `StratifiedGroupKFold`, whose indices these are for the same seed.
 *
 * @example
 * import { stratifiedGroupKFold } from "@headroom/kernel-utils";
 * const labels = [1, 1, 0, 0, 1, 0, 0, 0];
 * const patients = ["ann", "ann", "bob", "bob", "cid", "cid", "dan", "dan"];
 * const folds = stratifiedGroupKFold(labels, patients, { folds: 2 });
 * folds.map((fold) => fold.validation); // => [[0, 1, 6, 7], [2, 3, 4, 5]]
 */
export function stratifiedGroupKFold(
  labels: LabelColumn,
  groups: LabelColumn,
  options: GroupFoldOptions & RareClassOptions = {},
): Fold[] {
  const { folds = 5, shuffle = false, seed, allowRare = false } = options;
  requireUsedSeed(shuffle, seed);
  const { codes, counts } = toClasses(labels, folds, allowRare);
  const { codes: groupOf, count } = toGroupCodes(groups, folds);
  requireSameLength("labels", codes, "groups", groupOf);

  const byGroup = Array.from({ length: count }, () => new Array<number>(counts.length).fill(0));
  for (const [i, group] of groupOf.entries()) {
    const row = byGroup[group] as number[];
    const code = codes[i] as number;
    row[code] = (row[code] as number) + 1;
  }
  const drawn = Array.from({ length: count }, (_, group) => group);
  if (shuffle) new NumpyRandomState(seed ?? 0).shuffle(drawn);
  const spreads = byGroup.map((row) => deviation(row, pairwiseSum));
  const order = drawn.sort((a, b) => (spreads[b] as number) - (spreads[a] as number));

  const filled = Array.from({ length: folds }, () => new Array<number>(counts.length).fill(0));
  const foldOfGroup = new Int32Array(count);
  for (const group of order) {
    const added = byGroup[group] as number[];
    const best = bestFold(filled, added, counts);
    foldOfGroup[group] = best;
    filled[best] = (filled[best] as number[]).map((sum, c) => sum + (added[c] as number));
  }
  const result = foldsOf(
    groupOf.map((group) => foldOfGroup[group] as number),
    folds,
  );
  requireSamples(result);
  return result;
}

/** The fold in which the group disturbs the classes' shares least. */
function bestFold(
  filled: readonly (readonly number[])[],
  added: readonly number[],
  counts: readonly number[],
): number {
  let [best, least, fewest] = [0, Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  for (const [fold, own] of filled.entries()) {
    const uneven = counts.map((total, c) =>
      deviation(
        filled.map(
          (row, f) => ((row[c] as number) + (f === fold ? (added[c] as number) : 0)) / total,
        ),
        counts.length === 1 ? pairwiseSum : plainSum,
      ),
    );
    const value = pairwiseSum(uneven) / uneven.length;
    const samples = pairwiseSum(own);
    if (value < least || (isClose(value, least) && samples < fewest)) {
      [best, least, fewest] = [fold, value, samples];
    }
  }
  return best;
}

/** Standard deviation, divided by the number of values; NumPy adds rows in pairs and columns in turn. */
function deviation(values: readonly number[], sum: (values: readonly number[]) => number): number {
  const mean = sum(values) / values.length;
  return Math.sqrt(sum(values.map((value) => (value - mean) * (value - mean))) / values.length);
}

function plainSum(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}

/** NumPy's `isclose`. */
function isClose(a: number, b: number): boolean {
  return a === b || Math.abs(a - b) <= 1e-8 + 1e-5 * Math.abs(b);
}

function requireSamples(folds: readonly Fold[]): void {
  const empty = folds.findIndex(({ validation }) => validation.length === 0);
  if (empty < 0) return;
  throw new InputError(
    "out-of-range",
    `Fold ${empty + 1} of ${folds.length} gets no samples: the groups are too unequal. Take fewer ` +
      "folds, or groupKFold.",
    { fold: empty + 1, folds: folds.length },
  );
}
