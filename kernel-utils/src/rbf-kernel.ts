import type { FeatureMatrix } from "./feature-rows";

/** Kernel values kept at once, of single precision: 256 MB. */
const MOST_VALUES = 64 * 2 ** 20;

/**
 * Returns K(x, z) = exp(-gamma |x - z|^2), the radial basis function of row `a` of one matrix and
 * row `b` of another with as many columns.
 */
export function rbf(
  gamma: number,
  one: FeatureMatrix,
  a: number,
  other: FeatureMatrix,
  b: number,
): number {
  const { columns } = one;
  let squares = 0;
  for (let c = 0; c < columns; c++) {
    const difference =
      (one.values[a * columns + c] as number) - (other.values[b * columns + c] as number);
    squares += difference * difference;
  }
  return Math.exp(-gamma * squares);
}

/**
 * Returns a function that gives the kernel of one of the `members` with all of them, in single
 * precision as libsvm keeps it. Rows are computed when first asked for; the latest are kept.
 */
export function rbfRows(
  gamma: number,
  matrix: FeatureMatrix,
  members: readonly number[],
): (i: number) => Float32Array {
  const rows = new Map<number, Float32Array>();
  const most = Math.max(2, Math.floor(MOST_VALUES / members.length));
  return (i) => {
    const known = rows.get(i);
    if (known !== undefined) return known;
    const row = Float32Array.from(members, (member) =>
      rbf(gamma, matrix, members[i] as number, matrix, member),
    );
    const [oldest] = rows.keys();
    if (rows.size >= most && oldest !== undefined) rows.delete(oldest);
    rows.set(i, row);
    return row;
  };
}
