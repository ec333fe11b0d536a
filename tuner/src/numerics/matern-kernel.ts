/**
 * The Matern kernel with nu = 5/2, k(r) = (1 + sqrt(5) r + 5/3 r^2) exp(-sqrt(5) r): Rasmussen and Williams,
 * Gaussian Processes for Machine Learning (2006), equation 4.17. The distance r has one length scale for each
 * dimension, r^2 = sum of w_j d_j^2 with w_j = 1/l_j^2 (equation 5.1).
 */

const ROOT_5 = Math.sqrt(5);

/** Returns the kernel at a squared distance: 1 at 0, and falling. */
export function matern52(squared: number): number {
  const scaled = ROOT_5 * Math.sqrt(squared);
  return (1 + scaled + (5 / 3) * squared) * Math.exp(-scaled);
}

/** Writes the kernel at a squared distance, and its derivative by that, at an index of each list. */
export function writeMatern52(
  squared: number,
  index: number,
  kernels: Float64Array,
  slopes: Float64Array,
): void {
  const scaled = ROOT_5 * Math.sqrt(squared);
  const decay = Math.exp(-scaled);
  kernels[index] = (1 + scaled + (5 / 3) * squared) * decay;
  slopes[index] = (-5 / 6) * (1 + scaled) * decay;
}

/** Which coordinates of a point are categories: different or not, without a measure of how much. */
export type Categories = readonly boolean[];

/** Returns the squared difference of two points in one coordinate; 1 between two categories. */
export function squaredDifference(a: number, b: number, isCategory: boolean | undefined): number {
  if (isCategory === true) {
    return a === b ? 0 : 1;
  }
  return (a - b) * (a - b);
}

/** Returns the squared distance of two points, each coordinate with its weight. */
export function squaredDistance(
  a: Float64Array,
  b: Float64Array,
  weights: Float64Array,
  categories: Categories,
): number {
  let sum = 0;
  for (let j = 0; j < weights.length; j++) {
    sum +=
      (weights[j] as number) * squaredDifference(a[j] as number, b[j] as number, categories[j]);
  }
  return sum;
}
