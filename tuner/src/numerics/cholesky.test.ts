import fc from "fast-check";
import { expect, test } from "vitest";
import { factorize, inverseOfFactorized, solveLower, solveUpper } from "./cholesky";

const entry = fc.double({ min: -3, max: 3, noNaN: true });

/** A matrix A A^T + I, which is positive definite. */
const definite = fc.integer({ min: 1, max: 11 }).chain((size) =>
  fc.array(entry, { minLength: size * size, maxLength: size * size }).map((a) => {
    const matrix = new Float64Array(size * size);
    for (let i = 0; i < size; i++) {
      for (let j = 0; j < size; j++) {
        matrix[i * size + j] = i === j ? 1 : 0;
        for (let k = 0; k < size; k++) {
          matrix[i * size + j] =
            (matrix[i * size + j] ?? 0) + (a[i * size + k] ?? 0) * (a[j * size + k] ?? 0);
        }
      }
    }
    return { size, matrix };
  }),
);

function product(matrix: Float64Array, size: number, x: ArrayLike<number>): number[] {
  return Array.from({ length: size }, (_, i) =>
    Array.from({ length: size }, (_, j) => (matrix[i * size + j] ?? 0) * (x[j] ?? 0)).reduce(
      (sum, term) => sum + term,
      0,
    ),
  );
}

test("what the factor solves, the matrix gives back", () => {
  fc.assert(
    fc.property(definite, ({ size, matrix }) => {
      const factor = matrix.slice();
      expect(factorize(factor, size)).toBe(true);
      const wanted = Array.from({ length: size }, (_, i) => i - 1.5);
      const x = Float64Array.from(wanted);
      solveLower(factor, size, x);
      solveUpper(factor, size, x);
      product(matrix, size, x).forEach((value, i) => {
        expect(value).toBeCloseTo(wanted[i] ?? Number.NaN, 6);
      });
    }),
  );
});

test("the inverse times the matrix is the identity", () => {
  fc.assert(
    fc.property(definite, ({ size, matrix }) => {
      const factor = matrix.slice();
      factorize(factor, size);
      const inverse = inverseOfFactorized(factor, size);
      for (let row = 0; row < size; row++) {
        const column = Array.from({ length: size }, (_, i) =>
          Number(inverse[Math.max(i, row) * size + Math.min(i, row)]),
        );
        product(matrix, size, column).forEach((value, i) => {
          expect(value).toBeCloseTo(i === row ? 1 : 0, 6);
        });
      }
    }),
  );
});

test("the factor of a known matrix is the known one", () => {
  const matrix = Float64Array.from([4, 0, 0, 12, 37, 0, -16, -43, 98]);
  expect(factorize(matrix, 3)).toBe(true);
  expect([0, 3, 4, 6, 7, 8].map((at) => matrix[at])).toEqual([2, 6, 1, -8, 5, 3]);
});

test("a matrix that is not positive definite has no factor", () => {
  expect(factorize(Float64Array.from([1, 0, 2, 1]), 2)).toBe(false);
  expect(factorize(Float64Array.from([Number.NaN]), 1)).toBe(false);
});

test("blocks change no bit of what the textbook's loops give", () => {
  fc.assert(
    fc.property(definite, ({ size, matrix }) => {
      const at = (row: number, column: number) => row * size + column;
      const dot = (first: number, a: number[], b: number[]) =>
        a.reduce((sum, x, k) => sum - x * (b[k] ?? Number.NaN), first);
      const rows: number[][] = [];
      for (let i = 0; i < size; i++) {
        const row: number[] = [];
        for (let j = 0; j < i; j++) {
          const known = rows[j] ?? [];
          row.push(dot(matrix[at(i, j)] ?? 0, row, known.slice(0, j)) / (known[j] ?? Number.NaN));
        }
        row.push(Math.sqrt(dot(matrix[at(i, i)] ?? 0, row, row)));
        rows.push(row);
      }
      const lower: number[] = [];
      rows.forEach((row, i) => {
        lower.push(dot(i - 1.5, row.slice(0, i), lower) / (row[i] ?? Number.NaN));
      });
      const upper = [...lower];
      for (let i = size - 1; i >= 0; i--) {
        for (let j = size - 1; j > i; j--) {
          upper[i] = (upper[i] ?? 0) - (rows[j]?.[i] ?? 0) * (upper[j] ?? 0);
        }
        upper[i] = (upper[i] ?? 0) / (rows[i]?.[i] ?? 0);
      }
      const factor = matrix.slice();
      factorize(factor, size);
      const found = rows.map((row, i) => row.map((_, j) => factor[at(i, j)]));
      expect(found).toEqual(rows);
      const x = Float64Array.from(rows, (_, i) => i - 1.5);
      solveLower(factor, size, x);
      expect(Array.from(x)).toEqual(lower);
      solveUpper(factor, size, x);
      expect(Array.from(x)).toEqual(upper);
    }),
  );
});
