import { InputError } from "./errors";
import { type Fold, foldsOf, requireFoldCount, requireUsedSeed } from "./fold";
import type { Label, LabelColumn } from "./inputs";
import type { KFoldOptions, RepeatedFoldOptions } from "./k-fold";
import { encodeLabels, showLabel } from "./label-codes";
import { NumpyRandomState } from "./numpy-random-state";
import { requireCount } from "./ranges";

/** What is done about classes with fewer samples than there are folds. */
export interface RareClassOptions {
  /**
   * Whether some folds may validate without a rare class; default false: that is an error, because
   * the recall of a class without samples is 0/0. scikit-learn warns and goes on, as here with true.
   */
  readonly allowRare?: boolean;
}

/** Samples by class. */
export interface Classes {
  /** Position in `counts` of each sample's class. */
  readonly codes: Int32Array;
  readonly counts: readonly number[];
}

/**
 * Returns folds in which each sample validates once, and every class is spread as evenly as it can be:
 * the counts of a class in two folds differ by at most 1, and so do the folds' sizes.
 *
 * @param labels the class of each sample
 * @throws InputError for fewer than 2 folds, for a class with fewer samples than folds (see
 *   `allowRare`) and a seed without shuffling
 *
 * Source: scikit-learn's `StratifiedKFold`, whose indices these are for the same seed (there
 * `shuffle` is off unless asked for).
 *
 * @example
 * import { stratifiedKFold } from "@headroom/kernel-utils";
 * const labels = ["ill", "ill", "well", "well", "well", "well"];
 * const folds = stratifiedKFold(labels, { folds: 2, seed: 1 });
 * folds.map((fold) => fold.validation); // => [[0, 2, 4], [1, 3, 5]]
 * folds.map((fold) => fold.validation.filter((i) => labels[i] === "ill").length); // => [1, 1]
 * stratifiedKFold(labels, { folds: 3 }); // throws InputError
 */
export function stratifiedKFold(
  labels: LabelColumn,
  options: KFoldOptions & RareClassOptions = {},
): Fold[] {
  const { folds = 5, shuffle = true, seed, allowRare = false } = options;
  requireUsedSeed(shuffle, seed);
  const classes = toClasses(labels, folds, allowRare);
  return drawFolds(classes, folds, shuffle ? new NumpyRandomState(seed ?? 0) : undefined);
}

/**
 * Returns the folds of several stratified partitions, one after the other, each drawn anew:
 * `repeats` times `folds` of them.
 *
 * @param labels the class of each sample
 * @throws InputError as `stratifiedKFold`, and for fewer than 1 repeat
 *
 * Source: scikit-learn's `RepeatedStratifiedKFold`, whose indices these are for the same seed.
 *
 * @example
 * import { repeatedStratifiedKFold } from "@headroom/kernel-utils";
 * const folds = repeatedStratifiedKFold([0, 0, 1, 1], { folds: 2, repeats: 3, seed: 1 });
 * folds.length; // => 6
 */
export function repeatedStratifiedKFold(
  labels: LabelColumn,
  options: RepeatedFoldOptions & RareClassOptions = {},
): Fold[] {
  const { folds = 5, repeats = 10, seed = 0, allowRare = false } = options;
  requireCount("repeats", repeats, 1);
  const classes = toClasses(labels, folds, allowRare);
  const random = new NumpyRandomState(seed);
  return Array.from({ length: repeats }, () => drawFolds(classes, folds, random)).flat();
}

/**
 * Returns the classes of a column, numbered in sorted order.
 *
 * @throws InputError for fewer than 2 folds and for classes too small for them
 */
export function toClasses(labels: LabelColumn, folds: number, allowRare: boolean): Classes {
  requireFoldCount(folds);
  const encoded = encodeLabels([{ name: "labels", column: labels }]);
  const codes = encoded.codes[0] as Int32Array;
  const counts = new Array<number>(encoded.labels.length).fill(0);
  for (const code of codes) counts[code] = (counts[code] as number) + 1;
  requireMembers(encoded.labels, counts, folds, allowRare);
  return { codes, counts };
}

function drawFolds(
  { codes, counts }: Classes,
  folds: number,
  random: NumpyRandomState | undefined,
): Fold[] {
  // Samples sorted by class, the class that appears first before the others, are dealt out in turn;
  // which samples of a class go where comes after.
  let dealt = 0;
  const hands = new Map<number, number[]>();
  for (const code of new Set(codes)) {
    const perFold = new Array<number>(folds).fill(0);
    for (let i = 0; i < (counts[code] as number); i++, dealt++) {
      perFold[dealt % folds] = (perFold[dealt % folds] as number) + 1;
    }
    const foldsForClass = perFold.flatMap((size, fold) => new Array<number>(size).fill(fold));
    hands.set(code, random === undefined ? foldsForClass : random.shuffle(foldsForClass));
  }
  const next = new Int32Array(counts.length);
  const foldOf = codes.map((code) => {
    const used = next[code] as number;
    next[code] = used + 1;
    return hands.get(code)?.[used] as number;
  });
  return foldsOf(foldOf, folds);
}

function requireMembers(
  names: readonly Label[],
  counts: readonly number[],
  folds: number,
  allowRare: boolean,
): void {
  const least = Math.min(...counts);
  if (least >= folds || (allowRare && Math.max(...counts) >= folds)) return;
  const rarest = counts.indexOf(least);
  const wanting =
    `Class ${showLabel(names[rarest])} has ${least} sample${least === 1 ? "" : "s"}, fewer than ` +
    `the ${folds} folds: `;
  const cure = allowRare
    ? "and no class has more. Take fewer folds."
    : "some folds would validate without it. Take fewer folds, merge or drop the class, or pass " +
      "allowRare: true.";
  throw new InputError("out-of-range", wanting + cure, {
    label: names[rarest],
    samples: least,
    folds,
  });
}
