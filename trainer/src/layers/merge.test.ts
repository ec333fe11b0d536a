import * as tf from "@tensorflow/tfjs-node";
import { expect, test } from "vitest";
import { CannotCompileError } from "../errors";
import { largestDifference, modelAround, stepsAround } from "../testing/model-around";
import { graphSteps, type StepOptions, stockSteps } from "../testing/stock-steps";

const { layers } = tf;

type Shapes = readonly [readonly number[], readonly number[]];

/** A model of two inputs and two outputs, with `merge` between dense layers. */
function merging(
  shapes: Shapes,
  merge: (x: tf.SymbolicTensor, y: tf.SymbolicTensor) => tf.SymbolicTensor,
): tf.LayersModel {
  const inputs = shapes.map((shape) => tf.input({ shape: [...shape] }));
  const on = (layer: tf.layers.Layer, x: tf.SymbolicTensor) => layer.apply(x) as tf.SymbolicTensor;
  const [x, y] = inputs.map((input) =>
    on(layers.dense({ units: input.shape.at(-1) as number }), input),
  );
  const merged = merge(x as tf.SymbolicTensor, y as tf.SymbolicTensor);
  const flat = merged.shape.length > 2 ? on(layers.flatten(), merged) : merged;
  const outputs = [0, 1].map(() => on(layers.dense({ units: 3, activation: "softmax" }), flat));
  const model = tf.model({ inputs, outputs });
  model.setWeights(
    model.weights.map(({ shape }, index) =>
      tf.randomNormal(shape as number[], 0, 0.3, "float32", index + 1),
    ),
  );
  model.compile({ optimizer: tf.train.sgd(0.1), loss: "categoricalCrossentropy" });
  return model;
}

function mergingSteps(shapes: Shapes): StepOptions {
  const [first, second] = shapes.map((shape, index) => ({
    x: tf.randomNormal([10, ...shape], 0, 1, "float32", index + 1),
    y: tf.oneHot(tf.range(index, index + 10, 1, "int32").mod(tf.scalar(3, "int32")), 3).toFloat(),
  })) as [{ x: tf.Tensor; y: tf.Tensor }, { x: tf.Tensor; y: tf.Tensor }];
  return { inputs: [first.x, second.x], targets: [first.y, second.y], batchSize: 4, steps: 6 };
}

const apply = (layer: tf.layers.Layer) => (x: tf.SymbolicTensor, y: tf.SymbolicTensor) =>
  layer.apply([x, y]) as tf.SymbolicTensor;

const SAME: Shapes = [
  [4, 3],
  [4, 3],
];
const VECTORS: Shapes = [[3], [3]];
const MIXED: Shapes = [[4, 3], [3]];

test.each([
  ["Add", SAME, () => apply(layers.add())],
  ["Multiply", SAME, () => apply(layers.multiply())],
  ["Average", SAME, () => apply(layers.average())],
  ["Maximum", SAME, () => apply(layers.maximum())],
  ["Minimum", SAME, () => apply(layers.minimum())],
  ["Add of different ranks", MIXED, () => apply(layers.add())],
  [
    "Average of three",
    SAME,
    () => (x: tf.SymbolicTensor, y: tf.SymbolicTensor) =>
      layers.average().apply([x, y, x]) as tf.SymbolicTensor,
  ],
  [
    "Concatenate",
    [
      [4, 3],
      [4, 2],
    ],
    () => apply(layers.concatenate()),
  ],
  [
    "Concatenate in time",
    [
      [4, 3],
      [2, 3],
    ],
    () => apply(layers.concatenate({ axis: 1 })),
  ],
  ["Dot of vectors", VECTORS, () => apply(layers.dot({ axes: 1 }))],
  ["Dot of vectors, normalised", VECTORS, () => apply(layers.dot({ axes: -1, normalize: true }))],
  [
    "Dot of matrices",
    [
      [4, 3],
      [2, 3],
    ],
    () => apply(layers.dot({ axes: 2 })),
  ],
  [
    "Dot of matrices, first axes",
    [
      [4, 3],
      [4, 2],
    ],
    () => apply(layers.dot({ axes: 1 })),
  ],
  [
    "Dot of matrices, other axes",
    [
      [4, 3],
      [3, 2],
    ],
    () => apply(layers.dot({ axes: [2, 1] })),
  ],
  [
    "Dot of matrices, normalised",
    [
      [3, 4],
      [2, 3],
    ],
    () => apply(layers.dot({ axes: [1, 2], normalize: true })),
  ],
  ["Dot of a matrix and a vector", MIXED, () => apply(layers.dot({ axes: [2, 1] }))],
  ["Dot of a vector and a matrix", [[3], [4, 3]], () => apply(layers.dot({ axes: [1, 2] }))],
] as [string, Shapes, () => Parameters<typeof merging>[1]][])(
  "%s is trained as by stock tfjs",
  async (_name, shapes, merge) => {
    const model = merging(shapes, merge());
    const options = mergingSteps(shapes);
    const ours = graphSteps(model, options);
    const theirs = await stockSteps(model, options);
    expect(largestDifference([ours.losses], [theirs.losses])).toBeLessThan(1e-5);
    expect(largestDifference(ours.weights, theirs.weights)).toBeLessThan(1e-5);
  },
);

test.each([
  ["negative axes that tfjs takes for the last", SAME, () => layers.concatenate({ axis: -2 })],
  ["the batch", SAME, () => layers.concatenate({ axis: 0 })],
] as [string, Shapes, () => tf.layers.Layer][])("Concatenate refuses %s", (_name, shapes, make) => {
  const model = merging(shapes, apply(make()));
  expect(() => graphSteps(model, mergingSteps(shapes))).toThrow(CannotCompileError);
});

function words(maskZero: boolean): { model: tf.LayersModel; options: StepOptions } {
  const model = tf.sequential({
    layers: [
      layers.embedding({ inputDim: 7, outputDim: 3, inputLength: 5, maskZero }),
      layers.flatten(),
      layers.dense({ units: 3, activation: "softmax" }),
    ],
  });
  model.compile({ optimizer: tf.train.sgd(0.1), loss: "categoricalCrossentropy" });
  const numbers = Float32Array.from({ length: 50 }, (_, index) => (index * index) % 7);
  return { model, options: { ...stepsAround([5]), inputs: [tf.tensor2d(numbers, [10, 5])] } };
}

test("Embedding is trained as by stock tfjs", async () => {
  const { model, options } = words(false);
  const ours = graphSteps(model, options);
  const theirs = await stockSteps(model, options);
  expect(largestDifference([ours.losses], [theirs.losses])).toBeLessThan(1e-5);
  expect(largestDifference(ours.weights, theirs.weights)).toBeLessThan(1e-5);
});

test("Embedding fails on numbers that are not in its table", () => {
  const { model, options } = words(false);
  const outside = (options.inputs[0] as tf.Tensor).add(3);
  expect(() => graphSteps(model, { ...options, inputs: [outside] })).toThrow("is not in [0, 7)");
});

test.each([
  ["maskZero", () => words(true).model, [5]],
  ["Masking", () => modelAround([4, 3], [layers.masking()]), [4, 3]],
])("%s is refused", (_name, make, shape) => {
  expect(() => graphSteps(make(), stepsAround(shape))).toThrow(CannotCompileError);
});
