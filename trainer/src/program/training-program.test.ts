import * as tf from "@tensorflow/tfjs-node";
import { expect, test } from "vitest";
import { graphSteps, stockSteps } from "../testing/stock-steps";

test("steps are those of stock tfjs, the last smaller batch too", async () => {
  const model = tf.sequential({
    layers: [
      tf.layers.dense({ units: 5, activation: "relu", inputShape: [4] }),
      tf.layers.dense({ units: 3, activation: "softmax" }),
    ],
  });
  model.compile({
    optimizer: tf.train.sgd(0.1),
    loss: "categoricalCrossentropy",
    metrics: ["accuracy"],
  });
  const options = {
    inputs: [tf.randomNormal([10, 4], 0, 1, "float32", 1)],
    targets: [tf.oneHot(tf.tensor1d([0, 1, 2, 0, 1, 2, 0, 1, 2, 0], "int32"), 3).toFloat()],
    batchSize: 4,
    steps: 6,
  };
  const ours = graphSteps(model, options);
  const theirs = await stockSteps(model, options);
  expect(ours.sums[0]).toBe(20);
  expect(ours.losses).toHaveLength(6);
  for (const [step, loss] of ours.losses.entries()) {
    expect(loss).toBeCloseTo(theirs.losses[step] as number, 5);
  }
  for (const [index, weight] of ours.weights.entries()) {
    for (const [place, value] of weight.entries()) {
      expect(value).toBeCloseTo(theirs.weights[index]?.[place] as number, 5);
    }
  }
});
