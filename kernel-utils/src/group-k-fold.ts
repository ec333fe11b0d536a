import { type Fold, foldsOf, requireFoldCount, requireUsedSeed } from "./fold";
import { toGroupCodes } from "./group-codes";
import type { LabelColumn } from "./inputs";
import { NumpyRandomState } from "./numpy-random-state";

/** How many folds there are and which groups come into which. */
export interface GroupFoldOptions {
  /** At least 2, at most one for each group; default 5. */
  readonly folds?: number;
  /** Whether chance decides; default false. */
  readonly shuffle?: boolean;
  /** Together with `shuffle`: 0 to 2^32 - 1, default 0. */
  readonly seed?: number;
}

/**
 * Returns folds that keep groups whole: no group is both trained on and validated by. For samples
 * that come in families (patients, writers, sessions), where a relative in the training rows would
 * give the answer away.
 *
 * The largest group goes first, each into the fold that is smallest so far. With `shuffle` groups
 * are dealt out at random, equally many a fold, whatever their sizes.
 *
 * @param groups the group of each sample: text or numbers
 * @throws InputError for fewer than 2 folds, fewer groups than folds, a seed without shuffling
 *
 * Source: scikit-learn's `GroupKFold`, whose indices these are for the same seed.
 *
 * @example
 * import { groupKFold } from "@headroom/kernel-utils";
 * const patients = ["ann", "ann", "bob", "cid", "bob", "ann"];
 * groupKFold(patients, { folds: 2 }).map((fold) => fold.validation); // => [[0, 1, 5], [2, 3, 4]]
 * groupKFold(patients, { folds: 4 }); // throws InputError
 */
export function groupKFold(groups: LabelColumn, options: GroupFoldOptions = {}): Fold[] {
  const { folds = 5, shuffle = false, seed } = options;
  requireFoldCount(folds);
  requireUsedSeed(shuffle, seed);
  const { codes, count } = toGroupCodes(groups, folds);
  const foldOfGroup = shuffle
    ? dealtAtRandom(count, folds, new NumpyRandomState(seed ?? 0))
    : largestFirst(codes, count, folds);
  return foldsOf(
    codes.map((code) => foldOfGroup[code] as number),
    folds,
  );
}

function dealtAtRandom(count: number, folds: number, random: NumpyRandomState): Int32Array {
  const order = random.shuffle(Int32Array.from({ length: count }, (_, i) => i));
  const foldOfGroup = new Int32Array(count);
  const [size, larger] = [Math.floor(count / folds), count % folds];
  const firsts = larger * (size + 1);
  for (const [i, group] of order.entries()) {
    foldOfGroup[group] =
      i < firsts ? Math.floor(i / (size + 1)) : larger + Math.floor((i - firsts) / size);
  }
  return foldOfGroup;
}

function largestFirst(codes: Int32Array, count: number, folds: number): Int32Array {
  const sizes = new Int32Array(count);
  for (const code of codes) sizes[code] = (sizes[code] as number) + 1;
  // Among groups of one size the last comes first, as in scikit-learn, which sorts upwards and turns.
  const order = Array.from(sizes, (_, group) => group)
    .sort((a, b) => (sizes[a] as number) - (sizes[b] as number))
    .reverse();
  const filled = new Array<number>(folds).fill(0);
  const foldOfGroup = new Int32Array(count);
  for (const group of order) {
    const lightest = filled.indexOf(Math.min(...filled));
    filled[lightest] = (filled[lightest] as number) + (sizes[group] as number);
    foldOfGroup[group] = lightest;
  }
  return foldOfGroup;
}
