import * as tf from "@tensorflow/tfjs-node";
import { expect, test } from "vitest";
import { CannotCompileError } from "../errors";
import { largestDifference, modelAround, stepsAround } from "../testing/model-around";
import { graphSteps, type StepOptions, stockSteps } from "../testing/stock-steps";

const { layers } = tf;
const FEATURES = [6];
const SERIES = [4, 3];

/** Inputs far from 0, where functions are cut off. */
function farSteps(shape: readonly number[]): StepOptions {
  const options = stepsAround(shape);
  return { ...options, inputs: options.inputs.map((x) => x.mul(10)) };
}

/** Trains by the graph and by stock tfjs and returns how far they are apart. */
async function difference(model: tf.LayersModel, options: StepOptions): Promise<number> {
  const ours = graphSteps(model, options);
  const theirs = await stockSteps(model, options);
  const losses = largestDifference([ours.losses], [theirs.losses]);
  return Math.max(losses, largestDifference(ours.weights, theirs.weights));
}

const NAMES = [
  "elu",
  "gelu",
  "gelu_new",
  "hardSigmoid",
  "linear",
  "logSoftmax",
  "mish",
  "relu",
  "relu6",
  "selu",
  "sigmoid",
  "softmax",
  "softplus",
  "softsign",
  "swish",
  "tanh",
] as const;

test.each(NAMES)("%s is trained as by stock tfjs", async (name) => {
  const activation = name as "elu";
  const model = () => modelAround(FEATURES, [layers.activation({ activation })]);
  expect(await difference(model(), stepsAround(FEATURES))).toBeLessThan(1e-5);
  // Larger inputs make larger rounding errors.
  expect(await difference(model(), farSteps(FEATURES))).toBeLessThan(3e-5);
});

test.each([
  ["ReLU", () => layers.reLU()],
  ["ReLU with maxValue", () => layers.reLU({ maxValue: 1.5 })],
  ["ReLU with maxValue 6", () => layers.reLU({ maxValue: 6 })],
  ["LeakyReLU", () => layers.leakyReLU({ alpha: 0.2 })],
  ["PReLU", () => layers.prelu({})],
  ["PReLU with shared axes", () => layers.prelu({ sharedAxes: [1] })],
  ["ELU", () => layers.elu()],
  ["Softmax", () => layers.softmax({ axis: -1 })],
  ["Rescaling", () => layers.rescaling({ scale: 0.3, offset: -0.5 })],
])("%s is trained as by stock tfjs", async (_name, make) => {
  expect(await difference(modelAround(SERIES, [make()]), farSteps(SERIES))).toBeLessThan(3e-5);
});

test("ThresholdedReLU with theta 0, of which tfjs has no gradient, is ReLU", () => {
  const ours = graphSteps(
    modelAround(SERIES, [layers.thresholdedReLU({ theta: 0 })]),
    farSteps(SERIES),
  );
  const theirs = graphSteps(modelAround(SERIES, [layers.reLU()]), farSteps(SERIES));
  expect(largestDifference(ours.weights, theirs.weights)).toBeLessThan(1e-6);
});

test("ThresholdedReLU predicts what tfjs predicts", () => {
  const model = modelAround(SERIES, [layers.thresholdedReLU({ theta: 0.7 })]);
  const options = { ...farSteps(SERIES), batchSize: 10, steps: 1 };
  const [loss] = graphSteps(model, options).losses;
  const [x, y] = [options.inputs[0] as tf.Tensor, options.targets[0] as tf.Tensor];
  const theirs = (model.evaluate(x, y) as tf.Scalar).dataSync()[0] as number;
  expect(loss).toBeCloseTo(theirs, 5);
});

test("Softmax over time, which tfjs can't do, is softmax of the transposed series", () => {
  const plain = modelAround(SERIES, [
    layers.permute({ dims: [2, 1] }),
    layers.softmax({ axis: -1 }),
    layers.permute({ dims: [2, 1] }),
  ]);
  const ours = graphSteps(modelAround(SERIES, [layers.softmax({ axis: 1 })]), farSteps(SERIES));
  const theirs = graphSteps(plain, farSteps(SERIES));
  expect(largestDifference([ours.losses], [theirs.losses])).toBeLessThan(1e-5);
  expect(largestDifference(ours.weights, theirs.weights)).toBeLessThan(1e-5);
});

test("Softmax over several axes is softmax of them in one", () => {
  const plain = modelAround(SERIES, [
    layers.flatten(),
    layers.softmax({ axis: -1 }),
    layers.reshape({ targetShape: SERIES }),
  ]);
  const over = modelAround(SERIES, [layers.softmax({ axis: [1, 2] as unknown as number })]);
  const [ours, theirs] = [graphSteps(over, farSteps(SERIES)), graphSteps(plain, farSteps(SERIES))];
  expect(largestDifference(ours.weights, theirs.weights)).toBeLessThan(1e-5);
});

test("a softmax over the batch is refused", () => {
  const model = modelAround(SERIES, [layers.softmax({ axis: 0 })]);
  expect(() => graphSteps(model, stepsAround(SERIES))).toThrow(CannotCompileError);
});
