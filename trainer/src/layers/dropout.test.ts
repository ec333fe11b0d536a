import * as tf from "@tensorflow/tfjs-node";
import { expect, test } from "vitest";
import { CannotCompileError } from "../errors";
import { RunningLayers } from "../testing/running-layers";

const { layers } = tf;

const SIZE = 20_000;
const ones = tf.ones([200, 100]);

function share(values: Float32Array, value: number): number {
  return values.filter((one) => Math.abs(one - value) < 1e-6).length / values.length;
}

function mean(values: Float32Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function variance(values: Float32Array): number {
  const center = mean(values);
  return values.reduce((sum, value) => sum + (value - center) ** 2, 0) / values.length;
}

test("Dropout drops its share and scales the rest", () => {
  const { y, gradient } = new RunningLayers([layers.dropout({ rate: 0.3 })], ones, true).pass(0);
  // Four standard errors of a share of 0.3.
  expect(Math.abs(share(y, 0) - 0.3)).toBeLessThan(4 * Math.sqrt((0.3 * 0.7) / SIZE));
  expect(share(y, 0) + share(y, 1 / 0.7)).toBe(1);
  expect(gradient).toEqual(y);
});

test("masks differ from step to step, from seed to seed and from layer to layer", () => {
  const one = new RunningLayers([layers.dropout({ rate: 0.5 })], ones, true);
  const first = one.pass(0).y;
  expect(one.pass(0).y).toEqual(first);
  // Independent masks of rate 0.5 agree in half of the places.
  const agreement = (other: Float32Array) =>
    first.filter((value, index) => value === other[index]).length / SIZE;
  expect(Math.abs(agreement(one.pass(1).y) - 0.5)).toBeLessThan(0.015);
  expect(Math.abs(agreement(one.pass(0, 1).y) - 0.5)).toBeLessThan(0.015);
  const two = new RunningLayers(
    [layers.dropout({ rate: 0.5 }), layers.dropout({ rate: 0.5 })],
    ones,
    true,
  );
  expect(Math.abs(share(two.pass(0).y, 4) - 0.25)).toBeLessThan(0.015);
});

test("a layer's own seed stands in for the training's", () => {
  const seeded = new RunningLayers([layers.dropout({ rate: 0.5, seed: 7 })], ones, true);
  expect(seeded.pass(0, 1).y).toEqual(seeded.pass(0, 2).y);
  expect(seeded.pass(1, 1).y).not.toEqual(seeded.pass(0, 1).y);
  const other = new RunningLayers([layers.dropout({ rate: 0.5, seed: 8 })], ones, true);
  expect(other.pass(0).y).not.toEqual(seeded.pass(0).y);
});

test.each([
  ["noiseShape", () => layers.dropout({ rate: 0.5, noiseShape: [null as never, 1, 20] })],
  ["SpatialDropout1D", () => layers.spatialDropout1d({ rate: 0.5 })],
])("%s drops along an axis", (_name, make) => {
  const x = tf.ones([100, 10, 20]);
  const { y } = new RunningLayers([make()], x, true).pass(0);
  const series = tf.tensor3d(y, [100, 10, 20]);
  expect(series.max(1).equal(series.min(1)).all().dataSync()[0]).toBe(1);
  expect(Math.abs(share(y, 0) - 0.5)).toBeLessThan(4 * Math.sqrt(0.25 / 2000));
});

test("AlphaDropout keeps mean and variance", () => {
  const x = tf.randomNormal([200, 100], 0, 1, "float32", 3);
  const { y, gradient } = new RunningLayers([layers.alphaDropout({ rate: 0.4 })], x, true).pass(0);
  expect(Math.abs(mean(y))).toBeLessThan(0.03);
  expect(Math.abs(variance(y) - 1)).toBeLessThan(0.04);
  expect(Math.abs(share(gradient, 0) - 0.4)).toBeLessThan(0.015);
  // What is kept is multiplied by the gradient and shifted; what is dropped is one value.
  const alpha = -1.7580993408473766;
  const factor = (0.6 * (1 + 0.4 * alpha ** 2)) ** -0.5;
  const values = x.dataSync();
  const expected = y.map((_, index) => {
    const kept = gradient[index] === 0 ? alpha : (values[index] as number);
    return factor * kept - factor * alpha * 0.4;
  });
  expect(
    Math.max(...y.map((value, index) => Math.abs(value - (expected[index] as number)))),
  ).toBeLessThan(1e-5);
});

test("GaussianNoise adds noise of its deviation", () => {
  const { y, gradient } = new RunningLayers(
    [layers.gaussianNoise({ stddev: 0.5 })],
    ones,
    true,
  ).pass(0);
  expect(Math.abs(mean(y) - 1)).toBeLessThan(0.015);
  expect(Math.abs(variance(y) - 0.25)).toBeLessThan(0.01);
  expect(gradient.every((value) => value === 1)).toBe(true);
});

test("GaussianDropout multiplies by noise around 1", () => {
  const { y, gradient } = new RunningLayers(
    [layers.gaussianDropout({ rate: 0.2 })],
    ones,
    true,
  ).pass(0);
  expect(Math.abs(mean(y) - 1)).toBeLessThan(0.015);
  expect(Math.abs(variance(y) - 0.25)).toBeLessThan(0.01);
  expect(gradient).toEqual(y);
});

const EACH = (rate: number) => [
  layers.dropout({ rate }),
  layers.alphaDropout({ rate }),
  layers.gaussianDropout({ rate }),
];

test.each([
  ["evaluation", 0.5, false],
  ["training at rate 0", 0, true],
  ["training at rate 1, as in tfjs", 1, true],
] as const)("nothing is changed in %s", (_name, rate, training) => {
  const x = tf.randomNormal([20, 10], 0, 1, "float32", 5);
  const stack = training ? EACH(rate) : [...EACH(rate), layers.gaussianNoise({ stddev: 1 })];
  expect(new RunningLayers(stack, x, training).pass(0).y).toEqual(x.dataSync());
});

test("a noiseShape that gives the size of the batch is refused", () => {
  const layer = layers.dropout({ rate: 0.5, noiseShape: [200, 1] });
  expect(() => new RunningLayers([layer], ones, true)).toThrow(CannotCompileError);
});
