/** Four rows of one matrix and two of another; both square, by rows, and of one size. */
interface Rows {
  readonly left: Float64Array;
  /** The first of the four. */
  readonly row: number;
  readonly right: Float64Array;
  /** The first of the two. */
  readonly column: number;
  readonly size: number;
}

/** How many sums there are: that of row i and column j is at 2 i + j. */
export const PRODUCTS = 8;

/**
 * Subtracts from each sum the inner product of one of four rows and one of two, over the indices from `from` up
 * to `to`, in ascending order. Where a matrix ends earlier, the sums of the missing rows are undefined. `| 0` tells
 * the compiler that an index is a small whole number.
 */
export function subtractProducts(
  sums: Float64Array,
  { left, row, right, column, size }: Rows,
  from: number,
  to: number,
): void {
  const last = size - 1;
  const a0 = row * size;
  const a1 = Math.min(row + 1, last) * size;
  const a2 = Math.min(row + 2, last) * size;
  const a3 = Math.min(row + 3, last) * size;
  const b0 = column * size;
  const b1 = Math.min(column + 1, last) * size;
  let s00 = sums[0] as number;
  let s01 = sums[1] as number;
  let s10 = sums[2] as number;
  let s11 = sums[3] as number;
  let s20 = sums[4] as number;
  let s21 = sums[5] as number;
  let s30 = sums[6] as number;
  let s31 = sums[7] as number;
  for (let k = from; k < to; k++) {
    const first = right[(b0 + k) | 0] as number;
    const second = right[(b1 + k) | 0] as number;
    let factor = left[(a0 + k) | 0] as number;
    s00 -= factor * first;
    s01 -= factor * second;
    factor = left[(a1 + k) | 0] as number;
    s10 -= factor * first;
    s11 -= factor * second;
    factor = left[(a2 + k) | 0] as number;
    s20 -= factor * first;
    s21 -= factor * second;
    factor = left[(a3 + k) | 0] as number;
    s30 -= factor * first;
    s31 -= factor * second;
  }
  sums[0] = s00;
  sums[1] = s01;
  sums[2] = s10;
  sums[3] = s11;
  sums[4] = s20;
  sums[5] = s21;
  sums[6] = s30;
  sums[7] = s31;
}
