import { FoldError, InputError } from "./errors";
import type { Fold } from "./fold";
import { columnValues, type SeriesLike, type TensorLike } from "./inputs";
import { SeededRandom } from "./random";

/** A value now, or later. */
export type Maybe<T> = T | Promise<T>;

/** Samples in any form: rows, texts, positions of something kept elsewhere; or a tensor's rows. */
export type SampleColumn<T> = ArrayLike<T> | TensorLike | SeriesLike;

/** Where a step stands. */
export interface FoldAt {
  /** Number of the fold, from 1. */
  readonly fold: number;
  /** How many folds there are. */
  readonly folds: number;
  /** A seed of this fold's own, for the model's random numbers. */
  readonly seed: number;
  /** Positions of the fold's samples in the whole data, to look up what goes with them. */
  readonly train: number[];
  readonly validation: number[];
}

/** What is done on each fold. Only `score` ever sees the validation samples. */
export interface FoldSteps<Y, Z, M, At> {
  /** Trains a model on these samples. */
  readonly fit: (x: Z, y: Y[], at: At) => Maybe<M>;
  /** Returns how good the model is on these samples: a finite number, higher is better. */
  readonly score: (model: M, x: Z, y: Y[], at: At) => Maybe<number>;
  /** Is called when a fold is done, also by an error: the place to dispose a model's weights. */
  readonly release?: (model: M, at: At) => void;
}

/** A step before the model that learns something itself: a scaler, a choice of features. */
export interface PrepareStep<X, Y, Z, At> {
  /**
   * Learns from the training samples alone, and returns a function that changes samples, training and
   * validation samples alike.
   */
  readonly prepare: (x: X[], y: Y[], at: At) => Maybe<(x: X[]) => Maybe<Z>>;
}

/** Samples as arrays. */
export interface Samples<X, Y> {
  readonly x: readonly X[];
  readonly y: readonly Y[];
}

/** The steps with `prepare` or without; without, Z is X[]. */
export type Steps<X, Y, Z, M, At> = FoldSteps<Y, Z, M, At> & {
  readonly prepare?: PrepareStep<X, Y, Z, At>["prepare"] | undefined;
};

/**
 * Returns what one fold scored.
 *
 * @param name the fold in messages: "Fold 2 of 5"
 * @throws FoldError `fold-failed`, with the step's error as its cause, and for a score that is not a
 *   finite number
 */
export async function runFold<X, Y, Z, M, At extends FoldAt>(
  steps: Steps<X, Y, Z, M, At>,
  { x, y }: Samples<X, Y>,
  at: At,
  { name, withTrain }: { readonly name: string; readonly withTrain: boolean },
): Promise<{ score: number; trainScore: number | undefined }> {
  // Copies for each step, so that one that adds samples to its own can't touch another's.
  const trainY = () => pick(y, at.train);
  let step = "prepare";
  try {
    const change = (await steps.prepare?.(pick(x, at.train), trainY(), at)) ?? unchanged<X, Z>;
    step = "fit";
    const model = await steps.fit(await change(pick(x, at.train)), trainY(), at);
    step = "score";
    try {
      const validationX = await change(pick(x, at.validation));
      const score = await steps.score(model, validationX, pick(y, at.validation), at);
      requireScore(score);
      if (!withTrain) return { score, trainScore: undefined };
      const trainScore = await steps.score(model, await change(pick(x, at.train)), trainY(), at);
      requireScore(trainScore);
      return { score, trainScore };
    } finally {
      steps.release?.(model, at);
    }
  } catch (cause) {
    const words = cause instanceof Error ? cause.message : String(cause);
    const error = new FoldError("fold-failed", `${name}: ${step} failed: ${words}`, {
      fold: at.fold,
      step,
    });
    error.cause = cause;
    throw error;
  }
}

/** Returns where each fold stands. */
export function placesOf(folds: readonly Fold[], seed: number, label: string): FoldAt[] {
  const random = new SeededRandom(seed);
  return folds.map(({ train, validation }, i) => ({
    fold: i + 1,
    folds: folds.length,
    seed: random.fork(`${label} ${i + 1}`).bits(31),
    train: [...train],
    validation: [...validation],
  }));
}

/**
 * Returns samples and targets as arrays, not copied where they are arrays.
 *
 * @throws InputError `length-mismatch` where there are not as many of both, `empty-input` for none
 */
export function toSamples<X, Y>(x: SampleColumn<X>, y: SampleColumn<Y>): Samples<X, Y> {
  const rows = toRows<X>("x", x);
  const targets = toRows<Y>("y", y);
  if (rows.length === 0) {
    throw new InputError("empty-input", "x is empty: expected samples to train on.");
  }
  if (rows.length !== targets.length) {
    throw new InputError(
      "length-mismatch",
      `x has ${rows.length} samples, y has ${targets.length} values: expected one for each sample.`,
      { x: rows.length, y: targets.length },
    );
  }
  return { x: rows, y: targets };
}

/**
 * @throws InputError `out-of-range` for no folds, folds without training or validation samples and
 *   positions that no sample has, `data-leak` for a sample on both sides
 */
export function requireFolds(folds: readonly Fold[], n: number, least: number): void {
  if (folds.length < least) {
    throw new InputError(
      "out-of-range",
      `folds: expected at least ${least}, got ${folds.length}. ` +
        "Make them with stratifiedKFold(labels) or kFold(n).",
      { folds: folds.length },
    );
  }
  for (const [i, { train, validation }] of folds.entries()) {
    const name = `Fold ${i + 1} of ${folds.length}`;
    for (const [side, rows] of Object.entries({ train, validation })) {
      if (rows.length === 0) throw badFold(`${name} has no ${side} samples.`);
      const wrong = rows.find((row) => !(Number.isSafeInteger(row) && row >= 0 && row < n));
      if (wrong === undefined) continue;
      throw badFold(
        `${name} names sample ${wrong}, but positions go from 0 to ${n - 1}. Make the folds for ` +
          "these samples.",
      );
    }
    const trained = new Set(train);
    const both = validation.find((row) => trained.has(row));
    if (both === undefined) continue;
    throw new InputError(
      "data-leak",
      `${name} trains on sample ${both} and validates by it: a score on known samples says ` +
        "nothing. Take it out of one side.",
      { fold: i + 1, sample: both },
    );
  }
}

function badFold(message: string): InputError {
  return new InputError("out-of-range", message);
}

function toRows<T>(name: string, input: SampleColumn<T>): readonly T[] {
  if (typeof input === "object" && input !== null && "dataSync" in input) {
    const values = Array.from(input.dataSync());
    const size = values.length / (input.shape[0] ?? 1);
    if (input.shape.length < 2 || (name === "y" && size === 1)) return values as T[];
    return Array.from({ length: input.shape[0] ?? 0 }, (_, row) =>
      values.slice(row * size, (row + 1) * size),
    ) as T[];
  }
  const values = columnValues(name, input);
  return (Array.isArray(values) ? values : Array.from(values)) as T[];
}

function pick<T>(values: readonly T[], positions: readonly number[]): T[] {
  return positions.map((i) => values[i] as T);
}

/** Without `prepare` the types say that X is Z. */
function unchanged<X, Z>(x: X[]): Z {
  return x as unknown as Z;
}

function requireScore(score: unknown): void {
  if (typeof score === "number" && Number.isFinite(score)) return;
  throw new InputError(
    "not-finite",
    `score returned ${String(score)}: expected a finite number. A metric may be 0/0 on a fold ` +
      "without a class; take stratified folds, or say what should count then.",
  );
}
