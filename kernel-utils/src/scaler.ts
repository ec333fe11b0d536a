import { InputError } from "./errors";
import { type FeatureMatrix, type FeatureRows, toFeatureMatrix } from "./feature-rows";
import { type HeldOutRows, requireHeldOut } from "./held-out-rows";
import { requireCount } from "./ranges";

/** What a scaler has learned. It learns once: there is no way to fit it again. */
export interface FittedScaler {
  /** Positions of the features that never varied in the training rows. */
  readonly constantFeatures: readonly number[];
  /**
   * Returns the rows scaled by what the training rows said, as new arrays.
   *
   * @throws InputError for rows with other features than those fitted on, and for NaN
   */
  transform(rows: FeatureRows): number[][];
  /** Returns scaled rows in the features' own units again, as new arrays. */
  inverseTransform(rows: FeatureRows): number[][];
}

/** What must be said when a scaler is fitted. */
export interface ScalerFitOptions {
  /** The validation and test rows, from which nothing may be learned; `[]` if there are none. */
  readonly heldOut: HeldOutRows;
}

/** Lists of row positions by name, of which `train` is the one to learn from. */
export type PartPositions = { readonly train: readonly number[] };

/** A scaler and the parts of a split as it scales them. */
export interface ScaledParts<P extends PartPositions, F extends FittedScaler> {
  readonly scaler: F;
  /** Rows by the names of the split: `train`, `test`, `validation`. */
  readonly parts: { readonly [Name in keyof P]: number[][] };
}

/**
 * A scaler that has not learned yet. It can be fitted once; for another fold make another one.
 */
export interface Scaler<F extends FittedScaler> {
  /**
   * Returns what the rows teach. Keep it: only what `fit` returns can transform.
   *
   * @param rows training rows, one per sample
   * @throws InputError `data-leak` where held-out rows are among the rows, `already-fitted` at a
   *   second call, `not-finite` for NaN, `empty-input` for no rows
   */
  fit(rows: FeatureRows, options: ScalerFitOptions): F;
  /**
   * Returns all parts of a split, scaled by what the part `train` teaches.
   *
   * @param rows all rows of a data set, as its split counts them
   * @param split what `stratifiedSplit`, `threeWaySplit` and the like return, or a fold
   * @throws InputError as `fit` does, and `data-leak` for a position that is in `train` and elsewhere
   */
  fitSplit<P extends PartPositions>(rows: FeatureRows, split: P): ScaledParts<P, F>;
}

/** Scaled value = (value - center) / spread × width + offset, feature by feature. */
export interface AffineScale {
  readonly centers: readonly number[];
  readonly spreads: readonly number[];
  /** The same for all features; 1 unless given. */
  readonly width?: number;
  /** The same for all features; 0 unless given. */
  readonly offset?: number;
  /** Scaled values are cut off here. */
  readonly clip?: readonly [low: number, high: number];
}

/** Returns a scaler that learns by `learn`, with all guards. */
export function makeScaler<L extends { readonly constantFeatures: readonly number[] }>(
  name: string,
  learn: (matrix: FeatureMatrix) => { readonly learned: L; readonly scale: AffineScale },
): Scaler<L & FittedScaler> {
  let fittedOn: number | undefined;
  const fit = (rows: FeatureRows, heldOut: HeldOutRows): L & FittedScaler => {
    if (fittedOn !== undefined) throw fittedTwice(name, fittedOn);
    const matrix = toFeatureMatrix("rows", rows);
    requireHeldOut(rows, matrix, heldOut);
    const { learned, scale } = learn(matrix);
    requireFinite(scale);
    fittedOn = matrix.rows;
    return { ...learned, ...transforms(scale) };
  };
  return {
    fit(rows, options) {
      requireStated(options, name);
      return fit(rows, options.heldOut);
    },
    fitSplit<P extends PartPositions>(rows: FeatureRows, split: P) {
      const { rows: count, columns, values } = toFeatureMatrix("rows", rows);
      requireDisjoint(split, count);
      const take = (positions: readonly number[]): Float64Array[] =>
        positions.map((r) => values.subarray(r * columns, (r + 1) * columns));
      const scaler = fit(take(split.train), []);
      const scaled = Object.entries(split as Record<string, readonly number[]>).map(
        ([part, positions]) =>
          [part, positions.length === 0 ? [] : scaler.transform(take(positions))] as const,
      );
      return {
        scaler,
        parts: Object.fromEntries(scaled) as ScaledParts<P, FittedScaler>["parts"],
      };
    },
  };
}

function transforms({ centers, spreads, width = 1, offset = 0, clip }: AffineScale) {
  const map = (rows: FeatureRows, change: (value: number, c: number) => number): number[][] => {
    const { rows: n, columns, values } = toFeatureMatrix("rows", rows, centers.length);
    return Array.from({ length: n }, (_, r) =>
      Array.from(values.subarray(r * columns, (r + 1) * columns), change),
    );
  };
  const [low, high] = clip ?? [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
  const at = (list: readonly number[], c: number) => list[c] as number;
  // Divided rather than multiplied by the inverse: so the greatest value becomes 1 to the bit.
  const scale = (value: number, c: number): number =>
    ((value - at(centers, c)) / at(spreads, c)) * width + offset;
  return {
    transform: (rows: FeatureRows) =>
      map(rows, (value, c) => Math.min(Math.max(scale(value, c), low), high)),
    inverseTransform: (rows: FeatureRows) =>
      map(rows, (value, c) => ((value - offset) / width) * at(spreads, c) + at(centers, c)),
  };
}

function requireStated(options: ScalerFitOptions | undefined, name: string): void {
  if (options?.heldOut !== undefined) return;
  throw new InputError(
    "wrong-type",
    `${name}().fit(rows, { heldOut }): heldOut is missing. Pass the validation and test rows, so that ` +
      "none of them is learned from, or [] if there are none.",
    {},
  );
}

function fittedTwice(name: string, rows: number): InputError {
  return new InputError(
    "already-fitted",
    `This scaler has been fitted on ${rows} rows already. To scale other rows in the same way call ` +
      `transform of what fit returned; for another fold make another one with ${name}().`,
    { rows },
  );
}

function requireDisjoint(split: PartPositions, count: number): void {
  const training = new Set(split.train);
  for (const [part, positions] of Object.entries(split as Record<string, readonly number[]>)) {
    for (const [i, position] of positions.entries()) {
      requireCount(`${part}[${i}]`, position, 0, count - 1);
    }
    if (part === "train") continue;
    const shared = positions.filter((position) => training.has(position));
    if (shared.length === 0) continue;
    throw new InputError(
      "data-leak",
      `${shared.length} of ${positions.length} positions of ${part} are in train too (the first is ` +
        `${shared[0]}): expected none. Split again, for example with stratifiedSplit.`,
      { part, count: shared.length, first: shared[0] },
    );
  }
}

function requireFinite({ centers, spreads }: AffineScale): void {
  const wrong = spreads.findIndex(
    (spread, c) => !(Number.isFinite(spread) && Number.isFinite(centers[c])),
  );
  if (wrong < 0) return;
  throw new InputError(
    "not-finite",
    `Feature ${wrong} spreads too far for floating point: expected values below about 1e150. Take ` +
      "its logarithm, or drop it.",
    { feature: wrong },
  );
}
