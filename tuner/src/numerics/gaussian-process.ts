import { factorize, solveLower, solveUpper } from "./cholesky";
import { type Categories, matern52, squaredDistance, writeMatern52 } from "./matern-kernel";

/**
 * Gaussian process regression: Rasmussen and Williams, Gaussian Processes for Machine Learning (2006),
 * algorithm 2.1. Values are standardised before and scaled back after.
 */

/** What a Gaussian process assumes of a function, in units of the standardised values. */
export interface Hyperparameters {
  /** 1/l^2 for the length scale l of each dimension. */
  readonly weights: Float64Array;
  readonly variance: number;
  /** The variance of the values' noise. */
  readonly noise: number;
}

/** Points, and what was observed there. */
export interface Observations {
  readonly points: readonly Float64Array[];
  readonly values: readonly number[];
  readonly categories: Categories;
}

/** How values are standardised: (value - mean) / scale. */
export interface Standard {
  readonly mean: number;
  readonly scale: number;
}

/** What is known of the function at a point, without the noise of observations. */
export interface Prediction {
  mean: number;
  std: number;
}

/** Returns the mean and the standard deviation of values; the scale of equal ones is 1. */
export function standardOf(values: readonly number[]): Standard {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const scale = Math.sqrt(squares / values.length);
  return { mean, scale: scale > 10 * Number.EPSILON * Math.abs(mean) ? scale : 1 };
}

const MOST_JITTER = 1e-2;

/** A function that was observed at some points. */
export class GaussianProcess {
  readonly hyperparameters: Hyperparameters;
  readonly standard: Standard;
  private readonly observations: Observations;
  private readonly factor: Float64Array;
  private readonly solved: Float64Array;
  private readonly covariances: Float64Array;
  private readonly slopes: Float64Array;

  constructor(
    observations: Observations,
    hyperparameters: Hyperparameters,
    standard = standardOf(observations.values),
  ) {
    this.observations = observations;
    this.hyperparameters = hyperparameters;
    this.standard = standard;
    const size = observations.points.length;
    this.factor = factorizedCovariance(observations, hyperparameters);
    this.solved = Float64Array.from(
      observations.values,
      (value) => (value - standard.mean) / standard.scale,
    );
    solveLower(this.factor, size, this.solved);
    solveUpper(this.factor, size, this.solved);
    this.covariances = new Float64Array(size);
    this.slopes = new Float64Array(size);
  }

  /** Returns what is expected at a point. */
  predict(point: Float64Array): Prediction {
    const { mean, std } = this.predictStandardized(point);
    return {
      mean: mean * this.standard.scale + this.standard.mean,
      std: std * this.standard.scale,
    };
  }

  /** Returns this process with more observations, its hyperparameters and standard kept. */
  observing(points: readonly Float64Array[], values: readonly number[]): GaussianProcess {
    const known = this.observations;
    return new GaussianProcess(
      {
        points: [...known.points, ...points],
        values: [...known.values, ...values],
        categories: known.categories,
      },
      this.hyperparameters,
      this.standard,
    );
  }

  /**
   * Returns what is expected at a point, in units of the standardised values (equations 2.25 and 2.26),
   * and writes the gradients of both where they are wanted; those by categories are 0.
   */
  predictStandardized(
    point: Float64Array,
    gradients?: { readonly mean: Float64Array; readonly std: Float64Array },
  ): Prediction {
    const { points, categories } = this.observations;
    const { weights, variance } = this.hyperparameters;
    const size = points.length;
    const { covariances, slopes, solved } = this;
    let mean = 0;
    for (let i = 0; i < size; i++) {
      const squared = squaredDistance(point, points[i] as Float64Array, weights, categories);
      writeMatern52(squared, i, covariances, slopes);
      const covariance = variance * (covariances[i] as number);
      covariances[i] = covariance;
      mean += covariance * (solved[i] as number);
    }
    solveLower(this.factor, size, covariances);
    let explained = 0;
    for (let i = 0; i < size; i++) {
      explained += (covariances[i] as number) ** 2;
    }
    const std = Math.sqrt(Math.max(variance - explained, 1e-12 * variance));
    if (gradients !== undefined) {
      solveUpper(this.factor, size, covariances);
      this.writeGradients(point, std, gradients);
    }
    return { mean, std };
  }

  private writeGradients(
    point: Float64Array,
    std: number,
    gradients: { readonly mean: Float64Array; readonly std: Float64Array },
  ): void {
    const { points, categories } = this.observations;
    const { weights, variance } = this.hyperparameters;
    for (let j = 0; j < point.length; j++) {
      let ofMean = 0;
      let ofVariance = 0;
      if (categories[j] !== true) {
        for (let i = 0; i < points.length; i++) {
          const difference = (point[j] as number) - ((points[i] as Float64Array)[j] as number);
          const slope = variance * (this.slopes[i] as number);
          const change = 2 * slope * (weights[j] as number) * difference;
          ofMean += change * (this.solved[i] as number);
          ofVariance -= 2 * change * (this.covariances[i] as number);
        }
      }
      gradients.mean[j] = ofMean;
      gradients.std[j] = ofVariance / (2 * std);
    }
  }
}

/** The factor of the covariance; with as much more noise as it needs where points are too close. */
function factorizedCovariance(observations: Observations, hyper: Hyperparameters): Float64Array {
  const { points, categories } = observations;
  const size = points.length;
  const matrix = new Float64Array(size * size);
  for (let jitter = 0; ; jitter = Math.max(10 * jitter, 1e-10 * hyper.variance)) {
    for (let row = 0; row < size; row++) {
      const at = points[row] as Float64Array;
      for (let column = 0; column < row; column++) {
        const squared = squaredDistance(
          at,
          points[column] as Float64Array,
          hyper.weights,
          categories,
        );
        matrix[row * size + column] = hyper.variance * matern52(squared);
      }
      matrix[row * size + row] = hyper.variance + hyper.noise + jitter;
    }
    if (factorize(matrix, size) || jitter > MOST_JITTER * hyper.variance) {
      return matrix;
    }
  }
}
