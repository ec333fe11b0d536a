/**
 * Functions with known minima on which searches are compared. Formulas and minima: Surjanovic and Bingham,
 * Virtual Library of Simulation Experiments, https://www.sfu.ca/~ssurjano/optimization.html; the minima
 * with more digits from `fixtures/regret/record_regret.py`, which computes the same functions in Python.
 */

/** A function of a box that has a known minimum. */
export interface BenchmarkFunction {
  /** As the recorded regrets name it. */
  readonly name: string;
  /** The lowest and the highest value of each coordinate. */
  readonly bounds: readonly (readonly [low: number, high: number])[];
  readonly minimum: number;
  /** Returns the function's value at a point of the box. */
  value(point: readonly number[]): number;
}

const HARTMANN_WEIGHTS = [1, 1.2, 3, 3.2];
const HARTMANN_A = [
  [10, 3, 17, 3.5, 1.7, 8],
  [0.05, 10, 17, 0.1, 8, 14],
  [3, 3.5, 1.7, 10, 17, 8],
  [17, 8, 0.05, 10, 0.1, 14],
];
const HARTMANN_P = [
  [0.1312, 0.1696, 0.5569, 0.0124, 0.8283, 0.5886],
  [0.2329, 0.4135, 0.8307, 0.3736, 0.1004, 0.9991],
  [0.2348, 0.1451, 0.3522, 0.2883, 0.3047, 0.665],
  [0.4047, 0.8828, 0.8732, 0.5743, 0.1091, 0.0381],
];

/** Branin's function: two dimensions, three equal minima in a curved valley. */
export const branin: BenchmarkFunction = {
  name: "branin",
  bounds: [
    [-5, 10],
    [0, 15],
  ],
  minimum: 0.39788735772973816,
  value([a = 0, b = 0]) {
    const bent = b - (5.1 / (4 * Math.PI ** 2)) * a ** 2 + (5 / Math.PI) * a - 6;
    return bent ** 2 + 10 * (1 - 1 / (8 * Math.PI)) * Math.cos(a) + 10;
  },
};

/** Hartmann's function of six dimensions: six local minima, the dimensions of unequal importance. */
export const hartmann6: BenchmarkFunction = {
  name: "hartmann6",
  bounds: Array.from({ length: 6 }, () => [0, 1] as const),
  minimum: -3.322368011415515,
  value(point) {
    return -HARTMANN_WEIGHTS.reduce((sum, weight, row) => {
      const exponent = point.reduce(
        (total, x, column) =>
          total + (HARTMANN_A[row]?.[column] ?? 0) * (x - (HARTMANN_P[row]?.[column] ?? 0)) ** 2,
        0,
      );
      return sum + weight * Math.exp(-exponent);
    }, 0);
  },
};

/** The Styblinski-Tang function in four dimensions: a polynomial of degree four with sixteen local minima. */
export const styblinskiTang4: BenchmarkFunction = {
  name: "styblinski-tang4",
  bounds: Array.from({ length: 4 }, () => [-5, 5] as const),
  minimum: -156.66466281508565,
  value: (point) => point.reduce((sum, x) => sum + x ** 4 - 16 * x ** 2 + 5 * x, 0) / 2,
};
