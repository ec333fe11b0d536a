import * as tf from "@tensorflow/tfjs-node";
import { afterEach, beforeEach, expect, test } from "vitest";
import { captureState, restoreState } from "./model-state";
import { withSeededRandomness } from "./seeded-math-random";
import type { Tf } from "./tensorflow";

const OPTIMIZERS: Record<string, () => tf.Optimizer> = {
  sgd: () => tf.train.sgd(0.05),
  momentum: () => tf.train.momentum(0.05, 0.9),
  nesterov: () => tf.train.momentum(0.05, 0.9, true),
  adam: () => tf.train.adam(0.01),
  adamax: () => tf.train.adamax(0.01),
  rmsprop: () => tf.train.rmsprop(0.01),
  "centred rmsprop": () => tf.train.rmsprop(0.01, 0.9, 0.5, 1e-7, true),
  adagrad: () => tf.train.adagrad(0.05),
  adadelta: () => tf.train.adadelta(0.5),
};

let x: tf.Tensor2D;
let y: tf.Tensor2D;
beforeEach(() => {
  x = tf.randomNormal([60, 8], 0, 1, "float32", 1);
  y = tf.randomNormal([60, 1], 0, 1, "float32", 2);
});
afterEach(() => {
  tf.dispose([x, y]);
});

function build(optimizer: tf.Optimizer, units = 8): tf.Sequential {
  const model = tf.sequential({
    layers: [
      tf.layers.dense({ units, activation: "relu", inputShape: [8] }),
      tf.layers.batchNormalization(),
      tf.layers.dropout({ rate: 0.3 }),
      tf.layers.dense({ units: 1 }),
    ],
  });
  model.compile({ optimizer, loss: "meanSquaredError" });
  return model;
}

async function train(model: tf.LayersModel, from: number, to: number): Promise<unknown[]> {
  return withSeededRandomness(7, async ({ reseed }) => {
    const losses: unknown[] = [];
    for (let epoch = from; epoch < to; epoch++) {
      reseed(`epoch ${epoch}`);
      const fit = { epochs: epoch + 1, initialEpoch: epoch, verbose: 0 as const };
      const { history } = await model.fit(x, y, fit);
      losses.push(history.loss?.[0]);
    }
    return losses;
  });
}

test.each(Object.entries(OPTIMIZERS))(
  "with %s, a restored model goes on to the bit as one that never stopped",
  async (_, optimizer) => {
    const whole = build(optimizer());
    const first = build(optimizer());
    first.setWeights(whole.getWeights());
    const second = build(optimizer());
    const expected = await train(whole, 0, 5);
    const begun = await train(first, 0, 3);
    restoreState(tf as unknown as Tf, second, captureState(first));
    const continued = await train(second, 3, 5);
    expect([...begun, ...continued]).toEqual(expected);
  },
);

test("capturing and restoring leaves no tensor behind", async () => {
  const one = build(tf.train.adam(0.01));
  await train(one, 0, 1);
  const two = build(tf.train.adam(0.01));
  await train(two, 0, 1);
  const before = tf.memory().numTensors;
  restoreState(tf as unknown as Tf, two, captureState(one));
  expect(tf.memory().numTensors).toBe(before);
});

test("the state of a model of another shape is refused", () => {
  const state = captureState(build(tf.train.sgd(0.1), 4));
  const model = build(tf.train.sgd(0.1), 8);
  expect(() => restoreState(tf as unknown as Tf, model, state)).toThrow(/\[8, 8\].*\[8, 4\]/s);
});
