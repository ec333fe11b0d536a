import * as tf from "@tensorflow/tfjs-node";
import { expect, test } from "vitest";
import { graphSteps, type StepOptions } from "../../testing/stock-steps";

const { layers } = tf;

/** One sample of sequences of ones, whose outputs should be zero: the loss is their mean square. */
function ones(steps: number): StepOptions {
  const inputs = [tf.ones([1, 9, 1])];
  return { inputs, targets: [tf.zeros([1, 9, 1])], batchSize: 1, steps };
}

function plain(options: { dropout?: number; recurrentDropout?: number }, recurrent: number) {
  const layer = layers.simpleRNN({
    units: 1,
    activation: "linear",
    useBias: false,
    returnSequences: true,
    inputShape: [9, 1],
    ...options,
  });
  const model = tf.sequential({ layers: [layer] });
  model.setWeights([tf.ones([1, 1]), tf.fill([1, 1], recurrent)]);
  model.compile({ optimizer: tf.train.sgd(0), loss: "meanSquaredError" });
  return model;
}

test("a feature of a sequence is dropped at all steps or at none", () => {
  const { losses } = graphSteps(plain({ dropout: 0.75 }, 0), ones(40));
  expect(new Set(losses)).toEqual(new Set([0, 16]));
  const kept = losses.filter((loss) => loss > 0).length;
  expect(kept).toBeGreaterThan(2);
  expect(kept).toBeLessThan(25);
});

test("a state is dropped at all steps or at none", () => {
  // Without states each output is 1; otherwise a state is doubled, halved, and has 1 added.
  const { losses } = graphSteps(plain({ recurrentDropout: 0.5 }, 0.5), ones(40));
  const counted = (1 / 9) * [1, 2, 3, 4, 5, 6, 7, 8, 9].reduce((sum, h) => sum + h * h, 0);
  const kinds = [...new Set(losses)].sort((a, b) => a - b);
  expect(kinds).toHaveLength(2);
  expect(kinds[0]).toBeCloseTo(1, 5);
  expect(kinds[1]).toBeCloseTo(counted, 4);
});

// Hard bends, such as hardSigmoid's, would spoil the differences.
test.each([
  ["SimpleRNN", layers.simpleRNN],
  ["GRU", layers.gru as typeof layers.lstm],
  ["LSTM", layers.lstm],
] as const)("gradients with dropout are those of the loss: %s", (_name, make) => {
  const layer = (make as typeof layers.lstm)({
    units: 5,
    dropout: 0.4,
    recurrentDropout: 0.3,
    recurrentActivation: "sigmoid",
    inputShape: [9, 3],
  });
  const model = tf.sequential({
    layers: [layer, layers.dense({ units: 3, activation: "softmax" })],
  });
  model.compile({ optimizer: tf.train.sgd(1), loss: "categoricalCrossentropy" });
  const steps: StepOptions = {
    inputs: [tf.randomNormal([4, 9, 3], 0, 1, "float32", 1)],
    targets: [tf.oneHot(tf.tensor1d([0, 1, 2, 0], "int32"), 3).toFloat()],
    batchSize: 4,
    steps: 1,
  };
  const random = (size: number, seed: number) =>
    model.weights.map(({ shape }, index) =>
      tf.randomNormal(shape as number[], 0, size, "float32", index + seed),
    );
  const before = random(0.5, 3);
  const direction = random(0.1, 30);
  model.setWeights(before);
  const { weights } = graphSteps(model, steps);
  const slope = weights.reduce((sum, after, index) => {
    const gradient = (before[index] as tf.Tensor).flatten().sub(tf.tensor1d(after));
    return sum + (gradient.dot((direction[index] as tf.Tensor).flatten()).arraySync() as number);
  }, 0);
  // Step 0 of seed 0 drops the same each time, so that the loss is a function of the weights alone.
  const epsilon = 0.01;
  const [above, below] = [epsilon, -epsilon].map((size) => {
    model.setWeights(
      before.map((one, index) => one.add((direction[index] as tf.Tensor).mul(size))),
    );
    return graphSteps(model, steps).losses[0] as number;
  }) as [number, number];
  // Losses are rounded by 1e-7, which is 1e-5 of a slope.
  expect(Math.abs((above - below) / (2 * epsilon) - slope)).toBeLessThan(1e-4);
  expect(Math.abs(slope)).toBeGreaterThan(0.01);
});
