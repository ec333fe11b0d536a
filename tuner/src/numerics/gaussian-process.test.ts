import { expect, test } from "vitest";
import golden from "../../fixtures/keras-tuner/golden/gaussian-process.json";
import models from "../../fixtures/numerics/models.json";
import { GaussianProcess } from "./gaussian-process";
import { anisotropicFamily, isotropicFamily } from "./kernel-families";
import { fitKernel } from "./kernel-fit";

const { points, values, fixed, searched } = models.process;
const observations = {
  points: points.map((point) => Float64Array.from(point)),
  values,
  categories: [false, false, false],
};

function expectClose(actual: number, expected: number, tolerance: number): void {
  expect(Math.abs(actual / expected - 1)).toBeLessThanOrEqual(tolerance);
}

test("the surrogate of Keras Tuner comes out, but for what the numerical search leaves open", () => {
  const { process, logMarginalLikelihood } = fitKernel(
    {
      points: golden.observations.map(({ x }) => Float64Array.from(x)),
      values: golden.observations.map(({ y }) => y),
      categories: [false, false],
    },
    isotropicFamily(1e-4),
  );
  const [weight = Number.NaN] = process.hyperparameters.weights;
  expectClose(1 / Math.sqrt(weight), golden.length_scale, 1e-4);
  expectClose(logMarginalLikelihood, golden.log_marginal_likelihood, 1e-4);
  for (const { x, mean, std, bound } of golden.predictions) {
    const prediction = process.predict(Float64Array.from(x));
    expectClose(prediction.mean, mean, 1e-4);
    expectClose(prediction.std, std, 1e-4);
    expectClose(prediction.mean - 2.6 * prediction.std, bound, 1e-3);
  }
});

test("with a length scale for each dimension predictions are scikit-learn's", () => {
  const process = new GaussianProcess(observations, {
    weights: Float64Array.from(fixed.lengthScales, (scale) => scale ** -2),
    variance: fixed.variance,
    noise: fixed.noise,
  });
  for (const { point, mean, std } of fixed.predictions) {
    const prediction = process.predict(Float64Array.from(point));
    expectClose(prediction.mean, mean, 1e-9);
    expectClose(prediction.std, std, 1e-9);
  }
});

test("without a prior the most likely hyperparameters are scikit-learn's", () => {
  const family = { ...anisotropicFamily(undefined), prior: undefined };
  const { process, logMarginalLikelihood } = fitKernel(observations, family);
  expect(logMarginalLikelihood).toBeGreaterThan(searched.logMarginalLikelihood - 1e-3);
  expectClose(process.hyperparameters.noise, searched.noise, 0.05);
  const scales = Array.from(process.hyperparameters.weights, (weight) => weight ** -0.5);
  expectClose(scales[0] ?? 0, searched.lengthScales[0] ?? 0, 0.05);
  expectClose(scales[1] ?? 0, searched.lengthScales[1] ?? 0, 0.05);
  expect(scales[2]).toBeGreaterThan(10);
});

test("gradients are those of the predictions", () => {
  const { process } = fitKernel(observations, anisotropicFamily(undefined));
  const point = Float64Array.from([0.3, 0.6, 0.2]);
  const gradients = { mean: new Float64Array(3), std: new Float64Array(3) };
  process.predictStandardized(point, gradients);
  for (let j = 0; j < 3; j++) {
    const moved = (step: number) =>
      process.predictStandardized(point.map((x, i) => (i === j ? x + step : x)));
    const [up, down] = [moved(1e-5), moved(-1e-5)];
    expect(gradients.mean[j]).toBeCloseTo((up.mean - down.mean) / 2e-5, 5);
    expect(gradients.std[j]).toBeCloseTo((up.std - down.std) / 2e-5, 5);
  }
});

test("another observation leaves less unknown near it, and moves the mean there", () => {
  const { process } = fitKernel(observations, anisotropicFamily(undefined));
  const point = Float64Array.from([0.95, 0.95, 0.95]);
  const before = process.predict(point);
  const after = process.observing([point], [before.mean + 1]).predict(point);
  expect(after.std).toBeLessThan(before.std);
  expect(after.mean).toBeGreaterThan(before.mean);
});

test("equal points and equal values are no obstacle", () => {
  const point = Float64Array.from([0.5]);
  const same = { points: [point, point, point], values: [2, 2, 2], categories: [false] };
  for (const family of [isotropicFamily(1e-4), anisotropicFamily(undefined)]) {
    expect(fitKernel(same, family).process.predict(point).mean).toBeCloseTo(2, 10);
  }
});

test("categories are alike or different, however far apart their indices are", () => {
  const { process } = fitKernel(
    {
      points: [0, 0, 1, 1].map((index) => Float64Array.from([index])),
      values: [1, 1.1, 3, 2.9],
      categories: [true],
    },
    anisotropicFamily(undefined),
  );
  expect(process.predict(Float64Array.from([0])).mean).toBeLessThan(1.5);
  expect(process.predict(Float64Array.from([7]))).toEqual(process.predict(Float64Array.from([2])));
});
