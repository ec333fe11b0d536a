import * as tf from "@tensorflow/tfjs-node";
import { expect, test } from "vitest";
import { CannotCompileError } from "../../errors";
import { largestDifference, modelAround, stepsAround } from "../../testing/model-around";
import { graphSteps, type StepOptions, stockSteps } from "../../testing/stock-steps";

const { layers } = tf;

async function expectStock(model: tf.LayersModel, options: StepOptions): Promise<void> {
  const ours = graphSteps(model, options);
  const theirs = await stockSteps(model, options);
  expect(largestDifference([ours.losses], [theirs.losses])).toBeLessThan(1e-5);
  expect(largestDifference(ours.weights, theirs.weights)).toBeLessThan(1e-5);
}

/** Two passes; the last batch of each is smaller. */
function stepsOf(inputShape: readonly number[]): StepOptions {
  return { ...stepsAround(inputShape), batchSize: 6, steps: 4 };
}

type Merge = "concat" | "sum" | "ave" | "mul";

test.each([
  ["concat", layers.lstm({ units: 3 })],
  ["sum", layers.lstm({ units: 3, recurrentActivation: "sigmoid", returnSequences: true })],
  ["ave", layers.gru({ units: 3, returnSequences: true, goBackwards: true })],
  ["mul", layers.simpleRNN({ units: 3 })],
] as const)("Bidirectional merges by %s", async (mergeMode: Merge, layer) => {
  const model = modelAround([9, 3], [layers.bidirectional({ layer, mergeMode })]);
  await expectStock(model, stepsOf([9, 3]));
});

/** Stock tfjs fails where states are handed over and more than one output is used. */
test.each([
  ["leaves outputs and states apart", false],
  ["hands over states", true],
])("Bidirectional %s", async (_name, handsOver) => {
  const input = tf.input({ shape: [9, 3] });
  const apart = (states: tf.SymbolicTensor[]) => {
    const layer = layers.lstm({ units: 3, returnState: true, returnSequences: true });
    const both = layers.bidirectional({ layer, mergeMode: null as never });
    return both.apply([input, ...states]) as tf.SymbolicTensor[];
  };
  const first = apart([]);
  const used = handsOver ? apart(first.slice(2)).slice(1, 2) : first;
  const parts = used.map((part) =>
    part.shape.length === 3 ? (layers.flatten().apply(part) as tf.SymbolicTensor) : part,
  );
  const joined = parts.length === 1 ? parts[0] : layers.concatenate().apply(parts);
  const dense = layers.dense({ units: 3, activation: "softmax" });
  const outputs = dense.apply(joined as tf.SymbolicTensor) as tf.SymbolicTensor;
  const model = tf.model({ inputs: input, outputs });
  model.compile({ optimizer: tf.train.sgd(0.1), loss: "categoricalCrossentropy" });
  await expectStock(model, stepsOf([9, 3]));
});

test.each([
  ["Dense", [4, 3], () => layers.dense({ units: 2, activation: "tanh" })],
  ["Conv1D", [4, 5, 2], () => layers.conv1d({ filters: 2, kernelSize: 3 })],
  ["LSTM", [4, 5, 2], () => layers.lstm({ units: 2 })],
  [
    "a model",
    [4, 5, 2],
    () =>
      tf.sequential({
        layers: [layers.flatten({ inputShape: [5, 3] }), layers.dense({ units: 2 })],
      }),
  ],
] as const)("TimeDistributed with %s", async (_name, inputShape, make) => {
  const layer = make() as tf.layers.Layer;
  const model = modelAround([...inputShape], [layers.timeDistributed({ layer })]);
  await expectStock(model, stepsOf([...inputShape]));
});

test("TimeDistributed leaves the loss as exact as it was", () => {
  const model = tf.sequential({
    layers: [
      layers.timeDistributed({
        layer: layers.dense({ units: 2, activation: "softmax", kernelInitializer: "ones" }),
        inputShape: [3, 2],
      }),
    ],
  });
  // Logits of 50 and 0: the probability of the second class, 2e-22, is nothing to a clipped loss.
  model.layers[0]?.setWeights([tf.tensor2d([25, 0, 25, 0], [2, 2]), tf.zeros([2])]);
  model.compile({ optimizer: tf.train.sgd(0), loss: "categoricalCrossentropy" });
  const targets = [tf.tensor3d([0, 1, 0, 1, 0, 1], [1, 3, 2])];
  const options = { inputs: [tf.ones([1, 3, 2])], targets, batchSize: 1, steps: 1 };
  expect(graphSteps(model, options).losses[0]).toBeCloseTo(50, 4);
});

test("TimeDistributed refuses batch normalisation, in a model too", () => {
  const inner = tf.sequential({
    layers: [layers.batchNormalization({ inputShape: [3] }), layers.dense({ units: 2 })],
  });
  const model = modelAround([4, 3], [layers.timeDistributed({ layer: inner })]);
  const steps = () => graphSteps(model, stepsAround([4, 3]));
  expect(steps).toThrow(CannotCompileError);
  expect(steps).toThrow(/BatchNormalization/);
});
