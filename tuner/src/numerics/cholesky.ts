import { PRODUCTS, subtractProducts } from "./row-products";

/**
 * The Cholesky factor of a symmetric positive definite matrix, and what is solved with it. Matrices are
 * square, by rows, one after the other; a factor is the lower triangle, what lies above is not read.
 *
 * All of them go over blocks of four rows, so that the processor has several sums to work at; each sum is
 * taken in the order in which the textbook has it, and so is the same to the last bit.
 */

/**
 * Replaces the lower triangle of a matrix by its Cholesky factor L, where matrix = L L^T (Golub and Van
 * Loan, Matrix Computations, algorithm 4.2.1, by rows). Returns whether it is positive definite; if not, it is
 * left half done.
 */
export function factorize(matrix: Float64Array, size: number): boolean {
  const sums = new Float64Array(PRODUCTS);
  for (let block = 0; block < size; block += 4) {
    const end = Math.min(block + 4, size);
    for (let column = 0; column < end; column += 2) {
      for (let row = block; row < end; row++) {
        const at = row * size + column;
        sums[2 * (row - block)] = matrix[at] as number;
        sums[2 * (row - block) + 1] = matrix[at + 1] as number;
      }
      subtractProducts(sums, { left: matrix, row: block, right: matrix, column, size }, 0, column);
      for (let row = Math.max(block, column); row < end; row++) {
        const at = row * size + column;
        let sum = sums[2 * (row - block)] as number;
        if (row === column) {
          if (!(sum > 0)) return false;
          matrix[at] = Math.sqrt(sum);
          continue;
        }
        const first = sum / (matrix[column * size + column] as number);
        matrix[at] = first;
        sum = sums[2 * (row - block) + 1] as number;
        const below = (column + 1) * size + column;
        sum -= first * (matrix[below] as number);
        if (row !== column + 1) {
          matrix[at + 1] = sum / (matrix[below + 1] as number);
        } else if (sum > 0) {
          matrix[at + 1] = Math.sqrt(sum);
        } else {
          return false;
        }
      }
    }
  }
  return true;
}

/** Replaces b by the solution of L x = b. */
export function solveLower(factor: Float64Array, size: number, b: Float64Array): void {
  let row = 0;
  for (; row + 3 < size; row += 4) {
    const at0 = row * size;
    const at1 = at0 + size;
    const at2 = at1 + size;
    const at3 = at2 + size;
    let sum0 = b[row] as number;
    let sum1 = b[row + 1] as number;
    let sum2 = b[row + 2] as number;
    let sum3 = b[row + 3] as number;
    for (let k = 0; k < row; k++) {
      const known = b[k] as number;
      sum0 -= (factor[(at0 + k) | 0] as number) * known;
      sum1 -= (factor[(at1 + k) | 0] as number) * known;
      sum2 -= (factor[(at2 + k) | 0] as number) * known;
      sum3 -= (factor[(at3 + k) | 0] as number) * known;
    }
    b[row] = sum0;
    b[row + 1] = sum1;
    b[row + 2] = sum2;
    b[row + 3] = sum3;
    solveRows(factor, size, b, row, row + 4);
  }
  solveRows(factor, size, b, row, size, 0);
}

/** Solves rows for the unknowns from `first` on, which is the first of the rows if those before it are done. */
function solveRows(
  factor: Float64Array,
  size: number,
  b: Float64Array,
  from: number,
  to: number,
  first = from,
): void {
  for (let row = from; row < to; row++) {
    const rowStart = row * size;
    let sum = b[row] as number;
    for (let k = first; k < row; k++) {
      sum -= (factor[rowStart + k] as number) * (b[k] as number);
    }
    b[row] = sum / (factor[rowStart + row] as number);
  }
}

/** Replaces b by the solution of L^T x = b. */
export function solveUpper(factor: Float64Array, size: number, b: Float64Array): void {
  let end = size;
  for (; end >= 4; end -= 4) {
    const start = end - 4;
    settleRows(factor, size, b, start, end);
    const at0 = start * size;
    const at1 = at0 + size;
    const at2 = at1 + size;
    const at3 = at2 + size;
    const known0 = b[start] as number;
    const known1 = b[start + 1] as number;
    const known2 = b[start + 2] as number;
    const known3 = b[start + 3] as number;
    for (let k = 0; k < start; k++) {
      let rest = b[k] as number;
      rest -= (factor[(at3 + k) | 0] as number) * known3;
      rest -= (factor[(at2 + k) | 0] as number) * known2;
      rest -= (factor[(at1 + k) | 0] as number) * known1;
      rest -= (factor[(at0 + k) | 0] as number) * known0;
      b[k] = rest;
    }
  }
  settleRows(factor, size, b, 0, end);
}

/** Solves the unknowns of some rows, the last first, where all later ones have been taken off. */
function settleRows(
  factor: Float64Array,
  size: number,
  b: Float64Array,
  from: number,
  to: number,
): void {
  for (let row = to - 1; row >= from; row--) {
    const rowStart = row * size;
    const value = (b[row] as number) / (factor[rowStart + row] as number);
    b[row] = value;
    for (let k = from; k < row; k++) {
      b[k] = (b[k] as number) - (factor[rowStart + k] as number) * value;
    }
  }
}

/** Returns the inverse of the factorised matrix L L^T, of which only the lower triangle is filled. */
export function inverseOfFactorized(factor: Float64Array, size: number): Float64Array {
  const inner = transposedInverse(factor, size);
  const inverse = new Float64Array(size * size);
  const sums = new Float64Array(PRODUCTS);
  for (let block = 0; block < size; block += 4) {
    const end = Math.min(block + 4, size);
    for (let column = 0; column < end; column += 2) {
      sums.fill(0);
      subtractProducts(sums, { left: inner, row: block, right: inner, column, size }, block, size);
      for (let row = Math.max(block, column); row < end; row++) {
        inverse[row * size + column] = -(sums[2 * (row - block)] as number);
        if (row > column) {
          inverse[row * size + column + 1] = -(sums[2 * (row - block) + 1] as number);
        }
      }
    }
  }
  return inverse;
}

/** The transposed inverse of a factor, so that the products with it run along memory. */
function transposedInverse(factor: Float64Array, size: number): Float64Array {
  const inverse = new Float64Array(size * size);
  const sums = new Float64Array(PRODUCTS);
  for (let block = 0; block < size; block += 4) {
    const end = Math.min(block + 4, size);
    for (let column = block; column < size; column += 2) {
      const rows = { left: inverse, row: block, right: factor, column, size };
      sums.fill(0);
      subtractProducts(sums, rows, block, column);
      const diagonal = factor[column * size + column] as number;
      const isLast = column + 1 === size;
      const below = (column + 1) * size + column;
      for (let row = block; row < end; row++) {
        const at = row * size + column;
        if (row <= column) {
          const sum = row === column ? 1 : (sums[2 * (row - block)] as number);
          inverse[at] = sum / diagonal;
        }
        if (isLast || row > column + 1) continue;
        const sum = sums[2 * (row - block) + 1] as number;
        inverse[at + 1] =
          (row === column + 1 ? 1 : sum - (inverse[at] as number) * (factor[below] as number)) /
          (factor[below + 1] as number);
      }
    }
  }
  return inverse;
}
