import * as tf from "@tensorflow/tfjs-node";
import { expect, test } from "vitest";
import { CannotCompileError } from "../errors";
import { largestDifference, modelAround, stepsAround } from "../testing/model-around";
import { RunningLayers } from "../testing/running-layers";
import { graphSteps, stockSteps } from "../testing/stock-steps";

const { layers } = tf;

test.each([
  ["BatchNormalization", [6], () => [layers.batchNormalization()]],
  [
    "BatchNormalization of series",
    [4, 3],
    () => [layers.batchNormalization({ momentum: 0.7, epsilon: 0.01 })],
  ],
  [
    "BatchNormalization of pictures",
    [5, 4, 2],
    () => [
      layers.conv2d({ filters: 4, kernelSize: 2 }),
      layers.batchNormalization({ momentum: 0.5 }),
      layers.reLU(),
    ],
  ],
  [
    "BatchNormalization that is not trainable",
    [6],
    () => [layers.batchNormalization({ trainable: false, momentum: 0.5 })],
  ],
  ["LayerNormalization", [6], () => [layers.layerNormalization()]],
  ["LayerNormalization of series", [4, 3], () => [layers.layerNormalization({ epsilon: 0.01 })]],
  ["LayerNormalization over time", [4, 3], () => [layers.layerNormalization({ axis: 1 })]],
  ["LayerNormalization over both", [4, 3], () => [layers.layerNormalization({ axis: [1, 2] })]],
] as const)("%s is trained as by stock tfjs", async (_name, shape, make) => {
  const model = modelAround([...shape], make());
  const options = stepsAround(shape);
  const ours = graphSteps(model, options);
  const theirs = await stockSteps(model, options);
  expect(largestDifference([ours.losses], [theirs.losses])).toBeLessThan(1e-5);
  expect(largestDifference(ours.weights, theirs.weights)).toBeLessThan(2e-5);
});

const INITIAL: Readonly<Record<string, number>> = {
  gamma: 1,
  beta: 0,
  moving_mean: 0,
  moving_variance: 1,
};

/** The first step of a model with this layer; what the layer begins with is what tfjs begins with. */
function firstStep(layer: tf.layers.Layer): Map<string, Float32Array> {
  const model = modelAround([6], [layer]);
  const names = model.weights.map(({ originalName }, index) => {
    const name = originalName.split("/").at(-1) as string;
    return Object.hasOwn(INITIAL, name) ? name : `${name} ${index < 2 ? "before" : "after"}`;
  });
  const initial = model.weights.map(({ shape }, index) => {
    const name = names[index] as string;
    const seed = [...name].reduce((sum, letter) => sum + letter.charCodeAt(0), 0);
    const size = shape as number[];
    const value = INITIAL[name];
    return value === undefined
      ? tf.randomNormal(size, 0, 0.2, "float32", seed)
      : tf.fill(size, value);
  });
  model.setWeights(initial);
  const { weights } = graphSteps(model, { ...stepsAround([6]), steps: 1 });
  return new Map(names.map((name, index) => [name, weights[index] as Float32Array]));
}

test.each([
  ["BatchNormalization", { scale: false }, layers.batchNormalization],
  ["BatchNormalization", { center: false }, layers.batchNormalization],
  ["BatchNormalization", { scale: false, center: false }, layers.batchNormalization],
  ["LayerNormalization", { scale: false }, layers.layerNormalization],
  ["LayerNormalization", { center: false }, layers.layerNormalization],
  ["LayerNormalization", { scale: false, center: false }, layers.layerNormalization],
] as const)("%s with %j, which tfjs can't train, takes the step of one that has both", (...row) => {
  const [, lacking, make] = row;
  const ours = firstStep(make(lacking));
  const theirs = firstStep(make({}));
  expect(ours.size).toBeLessThan(theirs.size);
  for (const [name, weight] of ours) {
    expect(largestDifference([weight], [theirs.get(name) as Float32Array])).toBeLessThan(1e-6);
  }
});

test("BatchNormalization on another axis is that of the transposed series", () => {
  const turned = modelAround(
    [4, 3],
    [
      layers.permute({ dims: [2, 1] }),
      layers.batchNormalization({ momentum: 0.5 }),
      layers.permute({ dims: [2, 1] }),
    ],
  );
  const model = modelAround([4, 3], [layers.batchNormalization({ axis: 1, momentum: 0.5 })]);
  const [ours, theirs] = [model, turned].map((one) => graphSteps(one, stepsAround([4, 3])));
  expect(largestDifference(ours?.weights ?? [], theirs?.weights ?? [])).toBeLessThan(1e-5);
});

test.each([[[6]], [[4, 3]], [[5, 4, 2]]])(
  "an evaluation of shape %j normalises by the averages",
  (shape) => {
    const random = (seed: number) =>
      tf.initializers.randomUniform({ minval: 0.2, maxval: 2, seed });
    const layer = layers.batchNormalization({
      betaInitializer: random(1),
      gammaInitializer: random(2),
      movingMeanInitializer: random(3),
      movingVarianceInitializer: random(4),
    });
    const x = tf.randomNormal([10, ...shape], 0, 1, "float32", 5);
    const running = new RunningLayers([layer], x, false);
    const { y, gradient } = running.pass();
    const predict = (input: tf.Tensor) => running.model.predict(input) as tf.Tensor;
    expect(largestDifference([y], [predict(x).dataSync()])).toBeLessThan(1e-6);
    // One for each channel: the function is linear.
    const slope = predict(tf.onesLike(x))
      .sub(predict(tf.zerosLike(x)))
      .dataSync();
    expect(largestDifference([gradient], [slope])).toBeLessThan(1e-5);
  },
);

test("a BatchNormalization that is used twice follows both", async () => {
  const input = tf.input({ shape: [4] });
  const shared = layers.batchNormalization({ momentum: 0.5 });
  const dense = layers.dense({ units: 4, activation: "tanh" });
  const end = layers.dense({ units: 3, activation: "softmax" });
  const twice = shared.apply(dense.apply(shared.apply(input)));
  const model = tf.model({ inputs: input, outputs: end.apply(twice) as tf.SymbolicTensor });
  model.compile({ optimizer: tf.train.sgd(0.1), loss: "categoricalCrossentropy" });
  const options = stepsAround([4]);
  const ours = graphSteps(model, options);
  const theirs = await stockSteps(model, options);
  expect(largestDifference(ours.weights, theirs.weights)).toBeLessThan(2e-5);
});

test.each([
  ["the batch", [4], 0],
  ["volumes", [2, 2, 2, 3], -1],
])("BatchNormalization of %s is refused", (_name, shape, axis) => {
  const input = tf.input({ batchShape: [5, ...(shape as number[])] });
  const normalized = layers.batchNormalization({ axis }).apply(input);
  const outputs = layers.dense({ units: 3, activation: "softmax" }).apply(normalized);
  const model = tf.model({ inputs: input, outputs: outputs as tf.SymbolicTensor });
  model.compile({ optimizer: "sgd", loss: "categoricalCrossentropy" });
  expect(() => graphSteps(model, stepsAround(shape as number[]))).toThrow(CannotCompileError);
});
