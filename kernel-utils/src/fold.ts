import { InputError } from "./errors";

/** Which samples a model is trained on and which it is judged by: positions from 0, ascending. */
export interface Fold {
  readonly train: number[];
  readonly validation: number[];
}

/**
 * Returns a fold for each number in 0 ... count - 1: those samples validate that were given the
 * number, all others train.
 *
 * @param foldOf the fold of each sample
 */
export function foldsOf(foldOf: ArrayLike<number>, count: number): Fold[] {
  return Array.from({ length: count }, (_, fold) => {
    const [train, validation]: [number[], number[]] = [[], []];
    for (let i = 0; i < foldOf.length; i++) (foldOf[i] === fold ? validation : train).push(i);
    return { train, validation };
  });
}

/** @throws InputError unless `folds` is a whole number of at least 2 */
export function requireFoldCount(folds: number): void {
  if (Number.isSafeInteger(folds) && folds >= 2) return;
  const cure =
    folds === 1
      ? "A single split is made by trainTestSplit or stratifiedSplit."
      : "5 and 10 are usual.";
  throw new InputError(
    Number.isSafeInteger(folds) ? "out-of-range" : "wrong-type",
    `folds: expected a whole number of at least 2, got ${String(folds)}. ${cure}`,
    { folds },
  );
}

/** @throws InputError for a seed that nothing would use */
export function requireUsedSeed(shuffle: boolean, seed: number | undefined): void {
  if (shuffle || seed === undefined) return;
  throw new InputError(
    "out-of-range",
    `seed ${seed} has no effect without shuffling. Leave it out, or pass shuffle: true.`,
    { seed },
  );
}
