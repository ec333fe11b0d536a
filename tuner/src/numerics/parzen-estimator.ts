import type { Axis } from "./axis";
import { snap } from "./axis";
import { normalMass } from "./normal-distribution";
import { type RandomStream, standardNormal } from "./random-stream";

/**
 * A density of points as a mixture of products: one kernel around each observation and one, the prior, that
 * covers everything (Bergstra et al., "Algorithms for hyper-parameter optimization", 2011; Watanabe,
 * "Tree-structured Parzen estimator: understanding its algorithm components", 2023). In a number a kernel is a
 * normal distribution cut off at the ends of [0, 1], in a discrete one its mass in the value's part of it, in a
 * category the observed one with most of the weight. Widths and weights are those of Optuna 5, except that the
 * narrowest width is never more than a twentieth of the range.
 *
 * An observation without a value in a dimension is there as wide as the prior: so parameters that are active
 * for some observations only belong to the same mixture as all others.
 */
export class ParzenEstimator {
  private readonly columns: readonly Column[];
  private readonly cumulative: Float64Array;
  private readonly logWeights: Float64Array;

  /**
   * @param axes one for each dimension
   * @param points the observations; NaN where one has no value
   * @param weights of the observations; that of the prior is 1
   */
  constructor(axes: readonly Axis[], points: readonly Float64Array[], weights: Float64Array) {
    const kernels = points.length + 1;
    this.columns = axes.map((axis, j) => {
      const positions = new Float64Array(points.length);
      for (let index = 0; index < points.length; index++) {
        positions[index] = (points[index] as Float64Array)[j] as number;
      }
      return axis.isCategory
        ? new CategoryColumn(axis, positions)
        : new NumberColumn(axis, positions);
    });
    const total = weights.reduce((sum, weight) => sum + weight, 1);
    this.cumulative = new Float64Array(kernels);
    this.logWeights = new Float64Array(kernels);
    let sum = 0;
    for (let kernel = 0; kernel < kernels; kernel++) {
      const weight = (kernel < points.length ? (weights[kernel] as number) : 1) / total;
      sum += weight;
      this.cumulative[kernel] = sum;
      this.logWeights[kernel] = Math.log(weight);
    }
  }

  /** Returns a random point of the density. */
  sample(stream: RandomStream): Float64Array {
    const kernel = firstAbove(this.cumulative, stream());
    return Float64Array.from(this.columns, (column) => column.sample(kernel, stream));
  }

  /** Returns the logarithm of the density at a point, in the dimensions that are not NaN there. */
  logDensity(point: Float64Array): number {
    const logs = this.logWeights.slice();
    for (let j = 0; j < this.columns.length; j++) {
      const position = point[j] as number;
      if (!Number.isNaN(position)) {
        (this.columns[j] as Column).addLogDensities(position, logs);
      }
    }
    let most = Number.NEGATIVE_INFINITY;
    for (let kernel = 0; kernel < logs.length; kernel++) {
      most = Math.max(most, logs[kernel] as number);
    }
    let sum = 0;
    for (let kernel = 0; kernel < logs.length; kernel++) {
      const share = (logs[kernel] as number) - most;
      if (share > NEGLIGIBLE) {
        sum += Math.exp(share);
      }
    }
    return most + Math.log(sum);
  }
}

/**
 * Optuna's least width for n observations is 1/(n + 2): a fifth of the range for the three best of thirty
 * trials, which hides where they are. On six test functions, 40 seeds each, a twentieth was better on all.
 */
const LEAST_WIDTH = 0.05;
const ROOT_2_PI = Math.sqrt(2 * Math.PI);
/** A kernel whose share of the density is less than exp(-40) of the largest does not change it. */
const NEGLIGIBLE = -40;

/** The kernels in one dimension; the prior is the last. */
interface Column {
  sample(kernel: number, stream: RandomStream): number;
  /** Adds every kernel's log density at a position. */
  addLogDensities(position: number, logs: Float64Array): void;
}

/** The first index whose value exceeds x; the last, if none does. */
function firstAbove(ascending: Float64Array, x: number): number {
  let low = 0;
  let high = ascending.length - 1;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((ascending[middle] as number) > x) {
      high = middle;
    } else {
      low = middle + 1;
    }
  }
  return low;
}

class CategoryColumn implements Column {
  private readonly positions: Float64Array;
  private readonly count: number;
  private readonly logOfOwn: number;
  private readonly logOfOther: number;
  private readonly share: number;

  constructor(axis: Axis, positions: Float64Array) {
    this.positions = positions;
    this.count = axis.count ?? 1;
    const prior = 1 / (positions.length + 1);
    this.share = 1 / (1 + this.count * prior);
    this.logOfOwn = Math.log((1 + prior) * this.share);
    this.logOfOther = Math.log(prior * this.share);
  }

  sample(kernel: number, stream: RandomStream): number {
    const own = this.positions[kernel] ?? Number.NaN;
    if (!Number.isNaN(own) && stream() < this.share) {
      return own;
    }
    return Math.floor(stream() * this.count);
  }

  addLogDensities(position: number, logs: Float64Array): void {
    const even = -Math.log(this.count);
    for (let kernel = 0; kernel < logs.length; kernel++) {
      const own = this.positions[kernel] ?? Number.NaN;
      const log = own === position ? this.logOfOwn : Number.isNaN(own) ? even : this.logOfOther;
      logs[kernel] = (logs[kernel] as number) + log;
    }
  }
}

class NumberColumn implements Column {
  private readonly axis: Axis;
  private readonly means: Float64Array;
  private readonly deviations: Float64Array;
  /** Of kernels with the same mean and deviation, the first: the others have its densities. */
  private readonly likeness: Int32Array;
  /** Minus the logarithms of the kernels' masses in [0, 1]; of their densities' factors, if continuous. */
  private readonly logFactors: Float64Array;
  private readonly cells = new Map<number, Float64Array>();

  constructor(axis: Axis, positions: Float64Array) {
    this.axis = axis;
    const kernels = positions.length + 1;
    this.means = new Float64Array(kernels).fill(0.5);
    this.deviations = new Float64Array(kernels).fill(1);
    this.likeness = new Int32Array(kernels);
    for (let kernel = 0; kernel < kernels; kernel++) {
      this.likeness[kernel] = kernel;
    }
    this.setKernels(positions);
    this.logFactors = new Float64Array(kernels);
    for (let kernel = 0; kernel < kernels; kernel++) {
      const alike = this.likeness[kernel] as number;
      this.logFactors[kernel] =
        alike < kernel ? (this.logFactors[alike] as number) : this.logFactorOf(kernel);
    }
  }

  private logFactorOf(kernel: number): number {
    const mean = this.means[kernel] as number;
    const deviation = this.deviations[kernel] as number;
    const mass = normalMass(-mean / deviation, (1 - mean) / deviation);
    return -Math.log(this.axis.count === undefined ? mass * deviation * ROOT_2_PI : mass);
  }

  /** As wide as the larger gap to its neighbours, within limits. */
  private setKernels(positions: Float64Array): void {
    const sorted = sortedIndices(positions);
    const last = sorted.length - 1;
    const least = Math.min(LEAST_WIDTH, 1 / Math.min(100, sorted.length + 2));
    for (let rank = 0; rank <= last; rank++) {
      const kernel = sorted[rank] as number;
      const mean = positions[kernel] as number;
      // The ends of the range don't count as neighbours, unless there are no others.
      const before = rank > 0 ? mean - (positions[sorted[rank - 1] as number] as number) : 0;
      const after = rank < last ? (positions[sorted[rank + 1] as number] as number) - mean : 0;
      const gap = last === 0 ? Math.max(mean, 1 - mean) : Math.max(before, after);
      this.means[kernel] = mean;
      this.deviations[kernel] = Math.min(1, Math.max(least, gap));
      const previous = sorted[rank - 1];
      if (previous !== undefined && this.isAlike(kernel, previous)) {
        this.likeness[kernel] = this.likeness[previous] as number;
      }
    }
  }

  private isAlike(a: number, b: number): boolean {
    return this.means[a] === this.means[b] && this.deviations[a] === this.deviations[b];
  }

  sample(kernel: number, stream: RandomStream): number {
    const mean = this.means[kernel] as number;
    const deviation = this.deviations[kernel] as number;
    // The mean lies in [0, 1] and no kernel is wider than that: a third of the draws at least is inside.
    for (;;) {
      const position = mean + deviation * standardNormal(stream);
      if (position >= 0 && position <= 1) {
        return snap(this.axis, position);
      }
    }
  }

  addLogDensities(position: number, logs: Float64Array): void {
    if (this.axis.count !== undefined) {
      const cell = this.logMassesAt(position);
      for (let kernel = 0; kernel < logs.length; kernel++) {
        logs[kernel] = (logs[kernel] as number) + (cell[kernel] as number);
      }
      return;
    }
    const { means, deviations, logFactors } = this;
    for (let kernel = 0; kernel < logs.length; kernel++) {
      const z = (position - (means[kernel] as number)) / (deviations[kernel] as number);
      logs[kernel] = (logs[kernel] as number) + (logFactors[kernel] as number) - 0.5 * z * z;
    }
  }

  private logMassesAt(position: number): Float64Array {
    let masses = this.cells.get(position);
    if (masses === undefined) {
      const [low, high] = this.axis.cellAt(position);
      masses = new Float64Array(this.means.length);
      for (let kernel = 0; kernel < masses.length; kernel++) {
        const alike = this.likeness[kernel] as number;
        const mean = this.means[kernel] as number;
        const deviation = this.deviations[kernel] as number;
        masses[kernel] =
          alike < kernel
            ? (masses[alike] as number)
            : Math.log(normalMass((low - mean) / deviation, (high - mean) / deviation)) +
              (this.logFactors[kernel] as number);
      }
      this.cells.set(position, masses);
    }
    return masses;
  }
}

/** The indices of the numbers in ascending order, equal ones in their own; those of NaN are left out. */
function sortedIndices(positions: Float64Array): Int32Array {
  // Sorted as numbers, which is far faster than by a comparison: the position above, the index below.
  const places = 2 ** Math.ceil(Math.log2(positions.length + 1));
  const scale = 2 ** 52 / places;
  const keys = new Float64Array(positions.length);
  let count = 0;
  for (let index = 0; index < positions.length; index++) {
    const position = positions[index] as number;
    if (!Number.isNaN(position)) {
      keys[count++] = Math.floor(position * (scale - 1)) * places + index;
    }
  }
  const sorted = keys.subarray(0, count).sort();
  const indices = new Int32Array(count);
  for (let rank = 0; rank < count; rank++) {
    indices[rank] = (sorted[rank] as number) % places;
  }
  return indices;
}
