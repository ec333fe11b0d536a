/**
 * The Cholesky factor of a symmetric positive definite matrix, and what is solved with it. Matrices are
 * square, by rows, one after the other; a factor is the lower triangle, what lies above is not read.
 */

/**
 * Replaces the lower triangle of a matrix by its Cholesky factor L, where matrix = L L^T (Golub and Van
 * Loan, Matrix Computations, algorithm 4.2.1, by rows). Returns whether it is positive definite; if not, it is
 * left half done.
 */
export function factorize(matrix: Float64Array, size: number): boolean {
  for (let row = 0; row < size; row++) {
    const rowStart = row * size;
    for (let column = 0; column <= row; column++) {
      const columnStart = column * size;
      let sum = matrix[rowStart + column] as number;
      for (let k = 0; k < column; k++) {
        sum -= (matrix[rowStart + k] as number) * (matrix[columnStart + k] as number);
      }
      if (row !== column) {
        matrix[rowStart + column] = sum / (matrix[columnStart + column] as number);
      } else if (sum > 0) {
        matrix[rowStart + row] = Math.sqrt(sum);
      } else {
        return false;
      }
    }
  }
  return true;
}

/** Replaces b by the solution of L x = b. */
export function solveLower(factor: Float64Array, size: number, b: Float64Array): void {
  for (let row = 0; row < size; row++) {
    const rowStart = row * size;
    let sum = b[row] as number;
    for (let k = 0; k < row; k++) {
      sum -= (factor[rowStart + k] as number) * (b[k] as number);
    }
    b[row] = sum / (factor[rowStart + row] as number);
  }
}

/** Replaces b by the solution of L^T x = b. */
export function solveUpper(factor: Float64Array, size: number, b: Float64Array): void {
  for (let row = size - 1; row >= 0; row--) {
    const rowStart = row * size;
    const value = (b[row] as number) / (factor[rowStart + row] as number);
    b[row] = value;
    for (let k = 0; k < row; k++) {
      b[k] = (b[k] as number) - (factor[rowStart + k] as number) * value;
    }
  }
}

/** Returns the inverse of the factorised matrix L L^T, of which only the lower triangle is filled. */
export function inverseOfFactorized(factor: Float64Array, size: number): Float64Array {
  // Row by row of the inverse of L, transposed so that the products below run along memory.
  const transposed = new Float64Array(size * size);
  for (let column = 0; column < size; column++) {
    const start = column * size;
    transposed[start + column] = 1 / (factor[start + column] as number);
    for (let row = column + 1; row < size; row++) {
      const rowStart = row * size;
      let sum = 0;
      for (let k = column; k < row; k++) {
        sum -= (factor[rowStart + k] as number) * (transposed[start + k] as number);
      }
      transposed[start + row] = sum / (factor[rowStart + row] as number);
    }
  }
  const inverse = new Float64Array(size * size);
  for (let row = 0; row < size; row++) {
    for (let column = 0; column <= row; column++) {
      let sum = 0;
      for (let k = row; k < size; k++) {
        sum += (transposed[row * size + k] as number) * (transposed[column * size + k] as number);
      }
      inverse[row * size + column] = sum;
    }
  }
  return inverse;
}
