import type { FeatureMatrix } from "./feature-rows";
import { type FittedScaler, makeScaler, type Scaler } from "./scaler";

/** What `standardScaler` has learned. */
export interface FittedStandardScaler extends FittedScaler {
  /** Mean of each feature, in its own unit. */
  readonly means: readonly number[];
  /** Standard deviation of each feature (over n, not n - 1); 1 for one that never varied. */
  readonly spreads: readonly number[];
}

/**
 * Returns a scaler that gives every feature mean 0 and standard deviation 1 on the training rows. A
 * feature that never varied there is only shifted.
 *
 * It learns once, and asks at that moment what is held out, so that it can't learn from validation or
 * test rows by mistake.
 *
 * Source: scikit-learn's `StandardScaler`.
 *
 * @example
 * import { standardScaler } from "@headroom/kernel-utils";
 * const train = [[1, 100], [2, 300], [3, 200]];
 * const test = [[4, 200]];
 * const scaler = standardScaler().fit(train, { heldOut: test });
 * scaler.means; // => [2, 200]
 * scaler.transform(test); // => [[2.449, 0]]
 * scaler.inverseTransform([[0, 0]]); // => [[2, 200]]
 * standardScaler().fit([...train, ...test], { heldOut: test }); // throws InputError
 *
 * @example
 * import { loadWine, standardScaler, stratifiedSplit } from "@headroom/kernel-utils";
 * const wine = loadWine();
 * const split = stratifiedSplit(wine.labels, { testShare: 0.3, seed: 1 });
 * const { parts } = standardScaler().fitSplit(wine.features, split);
 * parts.train.length; // => 124
 * parts.test.length; // => 54
 */
export function standardScaler(): Scaler<FittedStandardScaler> {
  return makeScaler("standardScaler", (matrix) => {
    const columns = Array.from({ length: matrix.columns }, (_, c) => momentsOf(matrix, c));
    const means = columns.map(({ mean }) => mean);
    const isConstant = columns.map((column) => neverVaries(column, matrix.rows));
    const spreads = columns.map(({ variance }, c) => (isConstant[c] ? 1 : Math.sqrt(variance)));
    const constantFeatures = means.flatMap((_, c) => (isConstant[c] ? [c] : []));
    return {
      learned: { means, spreads, constantFeatures },
      scale: { centers: means, spreads },
    };
  });
}

interface Moments {
  readonly mean: number;
  /** Over n. */
  readonly variance: number;
}

function momentsOf({ rows, columns, values }: FeatureMatrix, c: number): Moments {
  let sum = 0;
  for (let r = 0; r < rows; r++) sum += values[r * columns + c] as number;
  const mean = sum / rows;
  let squares = 0;
  let rest = 0;
  for (let r = 0; r < rows; r++) {
    const difference = (values[r * columns + c] as number) - mean;
    squares += difference ** 2;
    rest += difference;
  }
  // The rest would be 0 but for what the mean lost by rounding.
  return { mean, variance: (squares - rest ** 2 / rows) / rows };
}

/** True where the variance is no more than what rounding leaves of a constant column. */
function neverVaries({ mean, variance }: Moments, rows: number): boolean {
  if (!Number.isFinite(variance)) return false;
  return variance <= rows * Number.EPSILON * variance + (rows * mean * Number.EPSILON) ** 2;
}
