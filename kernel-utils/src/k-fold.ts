import { InputError } from "./errors";
import { type Fold, foldsOf, requireFoldCount, requireUsedSeed } from "./fold";
import { NumpyRandomState } from "./numpy-random-state";
import { requireCount } from "./ranges";

/** How many folds there are and who comes into which. */
export interface KFoldOptions {
  /** At least 2, at most one for each sample; default 5. */
  readonly folds?: number;
  /**
   * Whether samples are drawn at random; default true. Without, each fold is a block of neighbours,
   * which is wrong for tables sorted by class and right where neighbours belong together.
   */
  readonly shuffle?: boolean;
  /** 0 to 2^32 - 1, default 0: the same call gives the same folds. */
  readonly seed?: number;
}

/** How often the whole partition is drawn anew. */
export interface RepeatedFoldOptions extends Omit<KFoldOptions, "shuffle"> {
  /** At least 1; default 10. */
  readonly repeats?: number;
}

/**
 * Returns folds in which each of `n` samples validates once and trains in all other folds. Where n
 * can't be divided, the first folds get a sample more.
 *
 * @param n number of samples
 * @throws InputError for fewer than 2 folds, more folds than samples, or a seed without shuffling
 *
 * Source: scikit-learn's `KFold`, whose indices these are for the same seed (there `shuffle` is off
 * unless asked for).
 *
 * @example
 * import { kFold } from "@headroom/kernel-utils";
 * const folds = kFold(7, { folds: 3, shuffle: false });
 * folds.map((fold) => fold.validation); // => [[0, 1, 2], [3, 4], [5, 6]]
 * folds[1].train; // => [0, 1, 2, 5, 6]
 * kFold(7, { folds: 3, seed: 1 })[0].validation; // => [1, 2, 6]
 * kFold(7, { folds: 8 }); // throws InputError
 */
export function kFold(n: number, options: KFoldOptions = {}): Fold[] {
  const { folds = 5, shuffle = true, seed } = options;
  requireUsedSeed(shuffle, seed);
  requireSizes(n, folds);
  return drawFolds(n, folds, shuffle ? new NumpyRandomState(seed ?? 0) : undefined);
}

/**
 * Returns the folds of several partitions, one after the other, each drawn anew: `repeats` times
 * `folds` of them.
 *
 * @param n number of samples
 * @throws InputError as `kFold`, and for fewer than 1 repeat
 *
 * Source: scikit-learn's `RepeatedKFold`, whose indices these are for the same seed.
 *
 * @example
 * import { repeatedKFold } from "@headroom/kernel-utils";
 * const folds = repeatedKFold(6, { folds: 3, repeats: 2, seed: 1 });
 * folds.map((fold) => fold.validation); // => [[1, 2], [0, 4], [3, 5], [2, 4], [0, 5], [1, 3]]
 */
export function repeatedKFold(n: number, options: RepeatedFoldOptions = {}): Fold[] {
  const { folds = 5, repeats = 10, seed = 0 } = options;
  requireSizes(n, folds);
  requireCount("repeats", repeats, 1);
  const random = new NumpyRandomState(seed);
  return Array.from({ length: repeats }, () => drawFolds(n, folds, random)).flat();
}

function drawFolds(n: number, folds: number, random: NumpyRandomState | undefined): Fold[] {
  const order = Int32Array.from({ length: n }, (_, i) => i);
  random?.shuffle(order);
  const foldOf = new Int32Array(n);
  const [size, larger] = [Math.floor(n / folds), n % folds];
  let start = 0;
  for (let fold = 0; fold < folds; fold++) {
    const end = start + size + (fold < larger ? 1 : 0);
    for (let i = start; i < end; i++) foldOf[order[i] as number] = fold;
    start = end;
  }
  return foldsOf(foldOf, folds);
}

function requireSizes(n: number, folds: number): void {
  requireCount("n", n, 2);
  requireFoldCount(folds);
  if (folds <= n) return;
  throw new InputError(
    "out-of-range",
    `folds: expected at most the ${n} samples there are, got ${folds}: a fold would validate on ` +
      `nothing. Pass folds: ${n} to leave out one sample at a time.`,
    { folds, n },
  );
}
