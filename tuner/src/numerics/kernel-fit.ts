import { type BoxSearch, type Evaluation, minimizeInBox } from "./box-minimum";
import { factorize, inverseOfFactorized, solveLower, solveUpper } from "./cholesky";
import {
  GaussianProcess,
  type Hyperparameters,
  type Observations,
  standardOf,
} from "./gaussian-process";
import { squaredDifference, writeMatern52 } from "./matern-kernel";

/**
 * Hyperparameters of a Gaussian process by maximal likelihood: the log marginal likelihood and its
 * gradient of Rasmussen and Williams, equations 5.8 and 5.9, plus the logarithm of a prior.
 */

/** What is searched for, and what is given. */
export interface KernelFamily {
  /** One length scale for each dimension, or one that all share. */
  readonly lengthScales: "each" | "shared";
  /** Undefined: it is searched for. */
  readonly variance: number | undefined;
  /** Undefined: it is searched for. */
  readonly noise: number | undefined;
  /** Where all length scales, in turn, begin. */
  readonly starts: readonly number[];
  /** What is believed before there are values; undefined for nothing. */
  readonly prior: Prior | undefined;
}

/**
 * The logarithm of a prior density, up to a constant, of a hyperparameter given its logarithm; and its
 * derivative by that.
 */
export type LogDensity = (logarithm: number) => readonly [value: number, slope: number];

/** Beliefs about each weight 1/l^2, the variance and the noise. */
interface Prior {
  readonly weight: LogDensity;
  readonly variance: LogDensity;
  readonly noise: LogDensity;
}

/** What was found. */
export interface Fit {
  readonly process: GaussianProcess;
  /** Without the prior. */
  readonly logMarginalLikelihood: number;
}

const LENGTH_SCALE_BOUNDS = [1e-5, 1e5] as const;
const VARIANCE_BOUNDS = [1e-3, 1e3] as const;
const NOISE_BOUNDS = [1e-6, 1] as const;
const FIRST_VARIANCE = 1;
const FIRST_NOISE = 1e-2;

/** Returns the process of a family that makes the observations most likely. */
export function fitKernel(observations: Observations, family: KernelFamily): Fit {
  const likelihood = new MarginalLikelihood(observations, family);
  const search = { ...likelihood.bounds(), iterations: 60, tolerance: 1e-2 };
  const minima = family.starts.map((lengthScale) =>
    minimizeInBox(likelihood.negated, { ...search, start: likelihood.start(lengthScale) }),
  );
  const best = minima.reduce((a, b) => (b.value < a.value ? b : a));
  const hyperparameters = likelihood.hyperparameters(best.point);
  return {
    process: new GaussianProcess(observations, hyperparameters),
    logMarginalLikelihood: likelihood.logLikelihood(hyperparameters),
  };
}

/** The log marginal likelihood as a function of the hyperparameters' logarithms: weights, variance, noise. */
class MarginalLikelihood {
  private readonly family: KernelFamily;
  private readonly size: number;
  private readonly dimensions: number;
  private readonly targets: Float64Array;
  /** By pair of points (row, column < row), then by dimension. */
  private readonly differences: Float64Array;
  private readonly matrix: Float64Array;
  /** By pair of points: the kernel, and its derivative by the squared distance. */
  private readonly kernels: Float64Array;
  private readonly slopes: Float64Array;

  constructor(observations: Observations, family: KernelFamily) {
    const { points, values, categories } = observations;
    this.family = family;
    this.size = points.length;
    this.dimensions = categories.length;
    const { mean, scale } = standardOf(values);
    this.targets = Float64Array.from(values, (value) => (value - mean) / scale);
    const pairs = (this.size * (this.size - 1)) / 2;
    this.differences = new Float64Array(pairs * this.dimensions);
    let at = 0;
    for (let row = 0; row < this.size; row++) {
      for (let column = 0; column < row; column++) {
        for (let j = 0; j < this.dimensions; j++) {
          const a = (points[row] as Float64Array)[j] as number;
          const b = (points[column] as Float64Array)[j] as number;
          this.differences[at++] = squaredDifference(a, b, categories[j]);
        }
      }
    }
    this.matrix = new Float64Array(this.size * this.size);
    this.kernels = new Float64Array(pairs);
    this.slopes = new Float64Array(pairs);
  }

  start(lengthScale: number): Float64Array {
    return this.arrange(
      -2 * Math.log(lengthScale),
      Math.log(FIRST_VARIANCE),
      Math.log(FIRST_NOISE),
    );
  }

  bounds(): Pick<BoxSearch, "lower" | "upper"> {
    const [shortest, longest] = LENGTH_SCALE_BOUNDS;
    const [leastVariance, mostVariance] = VARIANCE_BOUNDS;
    const [leastNoise, mostNoise] = NOISE_BOUNDS;
    return {
      lower: this.arrange(-2 * Math.log(longest), Math.log(leastVariance), Math.log(leastNoise)),
      upper: this.arrange(-2 * Math.log(shortest), Math.log(mostVariance), Math.log(mostNoise)),
    };
  }

  private get searchedWeights(): number {
    return this.family.lengthScales === "each" ? this.dimensions : 1;
  }

  private arrange(weight: number, variance: number, noise: number): Float64Array {
    return Float64Array.from([
      ...Array.from({ length: this.searchedWeights }, () => weight),
      ...(this.family.variance === undefined ? [variance] : []),
      ...(this.family.noise === undefined ? [noise] : []),
    ]);
  }

  hyperparameters(logarithms: Float64Array): Hyperparameters {
    const weights = new Float64Array(this.dimensions);
    for (let j = 0; j < this.dimensions; j++) {
      weights[j] = Math.exp(logarithms[Math.min(j, this.searchedWeights - 1)] as number);
    }
    let at = this.searchedWeights;
    const variance = this.family.variance ?? Math.exp(logarithms[at++] as number);
    const noise = this.family.noise ?? Math.exp(logarithms[at] as number);
    return { weights, variance, noise };
  }

  /** Fills the matrix with the covariance's factor; returns whether there is one. */
  private factorize({ weights, variance, noise }: Hyperparameters): boolean {
    const { size, dimensions, differences, kernels, slopes, matrix } = this;
    let pair = 0;
    let at = 0;
    for (let row = 0; row < size; row++) {
      for (let column = 0; column < row; column++) {
        let sum = 0;
        for (let j = 0; j < dimensions; j++) {
          sum += (weights[j] as number) * (differences[at++] as number);
        }
        writeMatern52(sum, pair, kernels, slopes);
        matrix[row * size + column] = variance * (kernels[pair++] as number);
      }
      matrix[row * size + row] = variance + noise;
    }
    return factorize(matrix, size);
  }

  private solve(): { solved: Float64Array; logLikelihood: number } {
    const { size, matrix, targets } = this;
    const solved = targets.slice();
    solveLower(matrix, size, solved);
    solveUpper(matrix, size, solved);
    let logLikelihood = -0.5 * size * Math.log(2 * Math.PI);
    for (let i = 0; i < size; i++) {
      logLikelihood -= 0.5 * (targets[i] as number) * (solved[i] as number);
      logLikelihood -= Math.log(matrix[i * size + i] as number);
    }
    return { solved, logLikelihood };
  }

  logLikelihood(hyperparameters: Hyperparameters): number {
    return this.factorize(hyperparameters) ? this.solve().logLikelihood : Number.NEGATIVE_INFINITY;
  }

  /** Minus the logarithm of likelihood times prior. */
  readonly negated = (logarithms: Float64Array): Evaluation => {
    const hyper = this.hyperparameters(logarithms);
    if (!this.factorize(hyper)) {
      return { value: Number.POSITIVE_INFINITY, writeGradient: (gradient) => gradient.fill(0) };
    }
    const { solved, logLikelihood } = this.solve();
    return {
      value: -logLikelihood - this.logPrior(logarithms),
      writeGradient: (gradient) => {
        this.writeGradient(hyper, solved, gradient);
        this.addPriorGradient(logarithms, gradient);
      },
    };
  };

  /** Writes the gradient of minus the log likelihood, for what was factorized and solved last. */
  private writeGradient(
    { weights, variance, noise }: Hyperparameters,
    solved: Float64Array,
    gradient: Float64Array,
  ): void {
    const { size, dimensions, differences, kernels, slopes, matrix } = this;
    gradient.fill(0);
    const inverse = inverseOfFactorized(matrix, size);
    const byWeight = new Float64Array(dimensions);
    let byVariance = 0;
    let trace = 0;
    let pair = 0;
    let at = 0;
    for (let row = 0; row < size; row++) {
      const outer = solved[row] as number;
      for (let column = 0; column < row; column++) {
        const factor =
          outer * (solved[column] as number) - (inverse[row * size + column] as number);
        byVariance += factor * (kernels[pair] as number);
        const slope = factor * (slopes[pair++] as number);
        for (let j = 0; j < dimensions; j++) {
          byWeight[j] = (byWeight[j] as number) + slope * (differences[at++] as number);
        }
      }
      trace += outer * outer - (inverse[row * size + row] as number);
    }
    for (let j = 0; j < dimensions; j++) {
      const place = Math.min(j, this.searchedWeights - 1);
      const byLogarithm = variance * (byWeight[j] as number) * (weights[j] as number);
      gradient[place] = (gradient[place] as number) - byLogarithm;
    }
    let place = this.searchedWeights;
    if (this.family.variance === undefined) {
      gradient[place++] = -variance * (byVariance + 0.5 * trace);
    }
    if (this.family.noise === undefined) {
      gradient[place] = -0.5 * noise * trace;
    }
  }

  private logPrior(logarithms: Float64Array): number {
    return logarithms.reduce((sum, logarithm, place) => {
      return sum + (this.densityAt(place)?.(logarithm)[0] ?? 0);
    }, 0);
  }

  private addPriorGradient(logarithms: Float64Array, gradient: Float64Array): void {
    logarithms.forEach((logarithm, place) => {
      const slope = this.densityAt(place)?.(logarithm)[1] ?? 0;
      gradient[place] = (gradient[place] as number) - slope;
    });
  }

  /** The prior of the hyperparameter whose logarithm has this place; undefined for none. */
  private densityAt(place: number): LogDensity | undefined {
    const { prior, variance } = this.family;
    const isWeight = place < this.searchedWeights;
    const isVariance = place === this.searchedWeights && variance === undefined;
    return isWeight ? prior?.weight : isVariance ? prior?.variance : prior?.noise;
  }
}
