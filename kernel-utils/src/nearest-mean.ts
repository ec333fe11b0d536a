import { type FittedBaseline, type TrainingSet, toTrainingSet } from "./baselines";
import { type FeatureMatrix, type FeatureRows, toFeatureMatrix } from "./feature-rows";
import type { Label, LabelColumn } from "./inputs";

/** What `nearestMean` has learned. */
export interface FittedNearestMean<L extends Label = Label> extends FittedBaseline<L> {
  /** The mean of each class in the features' own units, in the order of `labels`. */
  readonly means: readonly (readonly number[])[];
}

/**
 * Returns the baseline that gives a sample the class whose mean is nearest to it (Euclidean
 * distance; the first class in sorted order for equal distances).
 *
 * By default features are standardised first, by the training samples' means and standard
 * deviations, so that a feature with a wide range doesn't drown the others.
 *
 * @param options.standardise default true; false keeps the features' own units, as for pixels
 *
 * Source: scikit-learn's `NearestCentroid`, after `StandardScaler`.
 *
 * @example
 * import { nearestMean } from "@headroom/kernel-utils";
 * const rows = [[0, 100], [1, 300], [8, 200], [9, 400]];
 * const rule = nearestMean().fit(rows, ["low", "low", "high", "high"]);
 * rule.means; // => [[8.5, 300], [0.5, 200]]
 * rule.predict([[2, 250], [7, 250]]); // => ["low", "high"]
 */
export function nearestMean({ standardise = true }: { readonly standardise?: boolean } = {}): {
  fit<L extends Label>(rows: FeatureRows, labels: LabelColumn<L>): FittedNearestMean<L>;
} {
  return {
    fit<L extends Label>(rows: FeatureRows, column: LabelColumn<L>) {
      const training = toTrainingSet(rows, column);
      const { labels, matrix } = training;
      const means = classMeans(training);
      const scales = standardise ? spreads(matrix) : new Array<number>(matrix.columns).fill(1);
      return {
        labels,
        means,
        predict(rows: FeatureRows) {
          const { rows: n, columns, values } = toFeatureMatrix("rows", rows, matrix.columns);
          return Array.from({ length: n }, (_, r) => {
            const row = values.subarray(r * columns, (r + 1) * columns);
            return labels[nearest(row, means, scales)] as L;
          });
        },
      };
    },
  };
}

function classMeans({ matrix, codes, counts }: TrainingSet<Label>): number[][] {
  const { columns, values } = matrix;
  const means = counts.map(() => new Array<number>(columns).fill(0));
  for (const [r, code] of codes.entries()) {
    const mean = means[code] as number[];
    for (let c = 0; c < columns; c++) {
      mean[c] =
        (mean[c] as number) + (values[r * columns + c] as number) / (counts[code] as number);
    }
  }
  return means;
}

/** Standard deviations (over n, as StandardScaler), 1 for a feature that never varies. */
function spreads({ rows, columns, values }: FeatureMatrix): number[] {
  return Array.from({ length: columns }, (_, c) => {
    let mean = 0;
    for (let r = 0; r < rows; r++) mean += (values[r * columns + c] as number) / rows;
    let squares = 0;
    for (let r = 0; r < rows; r++) squares += ((values[r * columns + c] as number) - mean) ** 2;
    const spread = Math.sqrt(squares / rows);
    // What rounding leaves of a constant feature would blow its noise up.
    return spread > 1e-12 * Math.abs(mean) ? spread : 1;
  });
}

function nearest(
  row: Float64Array,
  means: readonly (readonly number[])[],
  scales: readonly number[],
): number {
  let best = 0;
  let shortest = Number.POSITIVE_INFINITY;
  for (const [code, mean] of means.entries()) {
    let distance = 0;
    for (let c = 0; c < row.length; c++) {
      distance += (((row[c] as number) - (mean[c] as number)) / (scales[c] as number)) ** 2;
    }
    if (distance < shortest) {
      shortest = distance;
      best = code;
    }
  }
  return best;
}
