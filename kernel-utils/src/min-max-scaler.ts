import { InputError } from "./errors";
import type { FeatureMatrix } from "./feature-rows";
import { type FittedScaler, makeScaler, type Scaler } from "./scaler";

/** What `minMaxScaler` has learned. */
export interface FittedMinMaxScaler extends FittedScaler {
  /** Least value of each feature, in its own unit. */
  readonly lows: readonly number[];
  /** Greatest value of each feature. */
  readonly highs: readonly number[];
}

/** Where `minMaxScaler` puts the training rows, and what happens to others. */
export interface MinMaxScalerOptions {
  /** What the least and the greatest training value become; default [0, 1]. */
  readonly range?: readonly [low: number, high: number];
  /** True cuts values beyond the training rows' off at the range; default false. */
  readonly clip?: boolean;
}

/**
 * Returns a scaler that spreads every feature over a range, by its least and greatest value in the
 * training rows. Other rows may fall outside. A feature that never varied becomes the range's low end.
 *
 * It learns once, and asks at that moment what is held out, so that it can't learn from validation or
 * test rows by mistake.
 *
 * @throws InputError `out-of-range` unless range[0] is less than range[1]
 *
 * Source: scikit-learn's `MinMaxScaler`.
 *
 * @example
 * import { minMaxScaler } from "@headroom/kernel-utils";
 * const train = [[2, 100], [4, 300], [3, 200]];
 * const scaler = minMaxScaler().fit(train, { heldOut: [[5, 150]] });
 * scaler.transform(train); // => [[0, 0], [1, 1], [0.5, 0.5]]
 * scaler.transform([[5, 150]]); // => [[1.5, 0.25]]
 */
export function minMaxScaler({
  range = [0, 1],
  clip = false,
}: MinMaxScalerOptions = {}): Scaler<FittedMinMaxScaler> {
  const [bottom, top] = range;
  if (!(bottom < top && Number.isFinite(top - bottom))) {
    throw new InputError(
      "out-of-range",
      `range: expected two finite numbers, the lower one first, got [${range.join(", ")}].`,
      { range },
    );
  }
  return makeScaler("minMaxScaler", (matrix) => {
    const [lows, highs] = [extremes(matrix, Math.min), extremes(matrix, Math.max)];
    const reaches = highs.map((high, c) => high - (lows[c] as number));
    // As scikit-learn: what is within rounding of a constant is one.
    const isConstant = reaches.map((reach) => reach < 10 * Number.EPSILON);
    return {
      learned: {
        lows,
        highs,
        constantFeatures: lows.flatMap((_, c) => (isConstant[c] ? [c] : [])),
      },
      scale: {
        centers: lows,
        spreads: reaches.map((reach, c) => (isConstant[c] ? 1 : reach)),
        width: top - bottom,
        offset: bottom,
        ...(clip && { clip: range }),
      },
    };
  });
}

function extremes(
  { rows, columns, values }: FeatureMatrix,
  pick: (a: number, b: number) => number,
): number[] {
  return Array.from({ length: columns }, (_, c) => {
    let extreme = values[c] as number;
    for (let r = 1; r < rows; r++) extreme = pick(extreme, values[r * columns + c] as number);
    return extreme;
  });
}
