import { type FittedBaseline, toTrainingSet } from "./baselines";
import { InputError } from "./errors";
import { type FeatureRows, toFeatureMatrix } from "./feature-rows";
import type { Label, LabelColumn } from "./inputs";
import { requireCount } from "./ranges";

/** How many neighbours vote, and what near means. */
export interface NeighboursOptions {
  /** At least 1, at most as many as there are training rows; default 1. */
  readonly k?: number;
  /** "euclidean" (default): root of the squared differences' sum; "manhattan": their sizes' sum. */
  readonly distance?: "euclidean" | "manhattan";
}

/**
 * Returns the baseline that keeps all training rows, and gives a sample the class that most of its
 * nearest ones have; of equally many votes the first class in sorted order. Of equally near rows the
 * earlier ones vote.
 *
 * Features are taken as they are: scale them first where their units differ.
 *
 * @throws InputError for a k that is not whole, less than 1 or, in `fit`, more than the rows
 *
 * Source: scikit-learn's `KNeighborsClassifier`; Cover, Hart 1967, "Nearest neighbor pattern
 * classification".
 *
 * @example
 * import { nearestNeighbours } from "@headroom/kernel-utils";
 * const rows = [[0, 0], [1, 0], [8, 9], [9, 9], [2, 2]];
 * const labels = ["low", "low", "high", "high", "high"];
 * nearestNeighbours().fit(rows, labels).predict([[2, 1]]); // => ["high"]
 * nearestNeighbours({ k: 3 }).fit(rows, labels).predict([[2, 1]]); // => ["low"]
 */
export function nearestNeighbours({ k = 1, distance = "euclidean" }: NeighboursOptions = {}): {
  fit<L extends Label>(rows: FeatureRows, labels: LabelColumn<L>): FittedBaseline<L>;
} {
  requireCount("k", k, 1);
  if (distance !== "euclidean" && distance !== "manhattan") {
    const got: unknown = distance;
    throw new InputError(
      "out-of-range",
      `distance: expected "euclidean" or "manhattan", got ${JSON.stringify(got)}.`,
      { distance },
    );
  }
  return {
    fit<L extends Label>(rows: FeatureRows, column: LabelColumn<L>) {
      const { labels, matrix, codes } = toTrainingSet(rows, column);
      requireCount("k", k, 1, matrix.rows);
      return {
        labels,
        predict(rows: FeatureRows) {
          const { rows: n, columns, values } = toFeatureMatrix("rows", rows, matrix.columns);
          return Array.from({ length: n }, (_, r) => {
            const row = values.subarray(r * columns, (r + 1) * columns);
            const near = nearestRows(row, matrix.values, k, distance === "euclidean");
            const votes = new Array<number>(labels.length).fill(0);
            for (const i of near) {
              const code = codes[i] as number;
              votes[code] = (votes[code] as number) + 1;
            }
            return labels[votes.indexOf(Math.max(...votes))] as L;
          });
        },
      };
    },
  };
}

/** Positions of the k nearest rows. The root is left out: it changes no order. */
function nearestRows(
  row: Float64Array,
  values: Float64Array,
  k: number,
  squared: boolean,
): readonly number[] {
  const columns = row.length;
  const near: number[] = [];
  const distances: number[] = [];
  let farthest = Number.POSITIVE_INFINITY;
  for (let start = 0, i = 0; start < values.length; start += columns, i++) {
    let sum = 0;
    for (let c = 0; c < columns && sum < farthest; c++) {
      const gap = (row[c] as number) - (values[start + c] as number);
      sum += squared ? gap * gap : Math.abs(gap);
    }
    if (sum >= farthest) continue;
    let place = near.length;
    while (place > 0 && (distances[place - 1] as number) > sum) place--;
    near.splice(place, 0, i);
    distances.splice(place, 0, sum);
    if (near.length > k) {
      near.pop();
      distances.pop();
    }
    if (near.length === k) farthest = distances[k - 1] as number;
  }
  return near;
}
