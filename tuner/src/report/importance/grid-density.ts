import { normalMass } from "../../numerics/normal-distribution";
import type { Distribution } from "../../storage/distribution";

/** A grid over a range has at most so many points. */
const GRID_POINTS = 50;
/** The weight of the flat prior, in trials. */
const PRIOR_WEIGHT = 1;
/** Keeps 90 % of a kernel within its grid point at least, against rounding errors. */
const LEAST_SIGMA = 0.5 / 1.64;

/**
 * Returns how values are spread over a grid of their range, or over the categories: a Parzen estimate
 * with a flat prior and Scott's bandwidth, as probabilities that add up to 1.
 *
 * The grid, the bandwidth and the prior are those of Watanabe et al., "PED-ANOVA" (2023), in Optuna's
 * implementation.
 *
 * @param internals the values as Optuna keeps them: numbers, or numbers of categories
 */
export function gridDensity(distribution: Distribution, internals: readonly number[]): number[] {
  if (distribution.name === "CategoricalDistribution") {
    return categoryDensity(distribution.attributes.choices.length, internals);
  }
  return rangeDensity(countOnGrid(distribution, internals));
}

function categoryDensity(size: number, internals: readonly number[]): number[] {
  const counts = new Array<number>(size).fill(0);
  for (const index of internals) counts[index] = (counts[index] ?? 0) + 1;
  // One kernel for each category that was seen, and one for the prior.
  const kernels = counts.filter((count) => count > 0).length + 1;
  const flat = PRIOR_WEIGHT / kernels;
  const total = internals.length + PRIOR_WEIGHT;
  return counts.map((own) => {
    const others = internals.length - own;
    const kernelSum = 1 + size * flat;
    return ((own * (1 + flat) + others * flat) / kernelSum + PRIOR_WEIGHT / size) / total;
  });
}

/** Counts the values at the nearest grid points; halves go to the lower one. */
function countOnGrid(
  { name, attributes }: Exclude<Distribution, { name: "CategoricalDistribution" }>,
  internals: readonly number[],
): number[] {
  const { log, step } = attributes;
  let points = GRID_POINTS;
  if (name === "IntDistribution" && log) {
    const doublings = Math.ceil(Math.log(attributes.high - attributes.low + 1) / Math.log(2));
    points = Math.min(doublings + 1, points);
  } else if (step !== null) {
    points = Math.min(Math.round((attributes.high - attributes.low) / step) + 1, points);
  }
  const scale = log ? Math.log : (value: number) => value;
  const [low, high] = [scale(attributes.low), scale(attributes.high)];
  const width = (high - low) / (points - 1);
  const counts = new Array<number>(points).fill(0);
  for (const value of internals) {
    const index = Math.ceil((scale(value) - low) / width - 0.5);
    const inside = Math.min(points - 1, Math.max(0, index));
    counts[inside] = (counts[inside] ?? 0) + 1;
  }
  return counts;
}

function rangeDensity(counts: readonly number[]): number[] {
  const size = counts.length;
  const seen = counts.flatMap((weight, index) => (weight > 0 ? [{ index, weight }] : []));
  const sigma = Math.max(LEAST_SIGMA, scottBandwidth(seen));
  const kernels = [
    ...seen.map(({ index, weight }) => ({ mean: index, sigma, weight })),
    { mean: (size - 1) / 2, sigma: size, weight: PRIOR_WEIGHT },
  ];
  const total = kernels.reduce((sum, { weight }) => sum + weight, 0);
  const density = new Array<number>(size).fill(0);
  for (const kernel of kernels) {
    const mass = (from: number, to: number) =>
      normalMass((from - kernel.mean) / kernel.sigma, (to - kernel.mean) / kernel.sigma);
    const share = kernel.weight / total / mass(-0.5, size - 0.5);
    for (let index = 0; index < size; index++) {
      density[index] = (density[index] ?? 0) + share * mass(index - 0.5, index + 0.5);
    }
  }
  return density;
}

/** D. W. Scott, "Multivariate Density Estimation" (1992): 1.059 min(IQR / 1.34, sigma) n^-1/5. */
function scottBandwidth(seen: readonly { index: number; weight: number }[]): number {
  const total = seen.reduce((sum, { weight }) => sum + weight, 0);
  const mean = seen.reduce((sum, { index, weight }) => sum + index * weight, 0) / total;
  const squares = seen.reduce((sum, { index, weight }) => sum + (index - mean) ** 2 * weight, 0);
  const sigma = Math.sqrt(squares / Math.max(1, total - 1));
  const lower = Math.floor(total / 4);
  const upper = Math.floor((total * 3) / 4);
  const first = firstWhere(seen, (until) => until >= lower);
  const third = firstWhere(seen, (until) => until > upper);
  return 1.059 * Math.min((third - first) / 1.34, sigma) * total ** -0.2;
}

/** The first index up to which the weights add up to enough; the last where they never do. */
function firstWhere(
  seen: readonly { index: number; weight: number }[],
  isEnough: (sum: number) => boolean,
): number {
  let sum = 0;
  for (const { index, weight } of seen) {
    sum += weight;
    if (isEnough(sum)) return index;
  }
  return seen.at(-1)?.index ?? 0;
}
