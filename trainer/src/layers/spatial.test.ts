import * as tf from "@tensorflow/tfjs-node";
import { expect, test } from "vitest";
import { CannotCompileError } from "../errors";
import { largestDifference, modelAround, stepsAround } from "../testing/model-around";
import { graphSteps, stockSteps } from "../testing/stock-steps";

const { layers } = tf;
type Layers = readonly tf.layers.Layer[];

const SERIES = [8, 3];
const PICTURE = [7, 6, 2];
const VOLUME = [5, 4, 3, 2];
const MARGINS: [[number, number], [number, number]] = [
  [1, 2],
  [0, 3],
];

const CASES: readonly (readonly [name: string, shape: number[], make: () => Layers])[] = [
  [
    "Conv1D",
    SERIES,
    () => [
      layers.conv1d({ filters: 4, kernelSize: 3, padding: "same", activation: "relu" }),
      layers.conv1d({ filters: 2, kernelSize: 2, strides: 2, useBias: false }),
    ],
  ],
  [
    "Conv2D",
    PICTURE,
    () => [
      layers.conv2d({ filters: 3, kernelSize: [3, 2], padding: "same", activation: "relu" }),
      layers.conv2d({ filters: 4, kernelSize: 3, strides: [2, 1], activation: "tanh" }),
      layers.conv2d({ filters: 2, kernelSize: 1, useBias: false }),
    ],
  ],
  [
    "Conv2DTranspose",
    [4, 3, 2],
    () => [
      layers.conv2dTranspose({ filters: 3, kernelSize: 3, strides: 2, padding: "same" }),
      layers.conv2dTranspose({ filters: 2, kernelSize: [3, 2], activation: "relu" }),
      layers.conv2dTranspose({ filters: 1, kernelSize: 2, strides: 3, useBias: false }),
    ],
  ],
  [
    "DepthwiseConv2D",
    PICTURE,
    () => [
      layers.depthwiseConv2d({ kernelSize: 3, padding: "same", depthMultiplier: 2 }),
      layers.depthwiseConv2d({ kernelSize: [3, 2], strides: 2, activation: "relu" }),
    ],
  ],
  [
    "SeparableConv2D",
    PICTURE,
    () => [
      layers.separableConv2d({ filters: 3, kernelSize: 3, padding: "same", depthMultiplier: 2 }),
      layers.separableConv2d({ filters: 3, kernelSize: 2, strides: 2, useBias: false }),
    ],
  ],
  ["Conv3D", VOLUME, () => [layers.conv3d({ filters: 3, kernelSize: [2, 3, 2], padding: "same" })]],
  ["MaxPooling1D", SERIES, () => [layers.maxPooling1d({ poolSize: 3, strides: 2 })]],
  ["AveragePooling1D", SERIES, () => [layers.averagePooling1d({ poolSize: 3, padding: "same" })]],
  [
    "MaxPooling2D",
    PICTURE,
    () => [
      layers.maxPooling2d({ poolSize: 3, strides: 1, padding: "same" }),
      layers.maxPooling2d({ poolSize: [2, 3] }),
    ],
  ],
  [
    "AveragePooling2D",
    PICTURE,
    () => [
      layers.averagePooling2d({ poolSize: 3, strides: 1, padding: "same" }),
      layers.averagePooling2d({ poolSize: [2, 3] }),
    ],
  ],
  ["MaxPooling3D", VOLUME, () => [layers.maxPooling3d({ poolSize: 2, strides: [2, 1, 1] })]],
  [
    "AveragePooling3D",
    VOLUME,
    () => [layers.averagePooling3d({ poolSize: 2, strides: 2, padding: "same" })],
  ],
  ["ZeroPadding2D", PICTURE, () => [layers.zeroPadding2d({ padding: MARGINS })]],
  [
    "UpSampling2D, bilinear",
    [3, 4, 2],
    () => [layers.upSampling2d({ size: [2, 3], interpolation: "bilinear" })],
  ],
  ["Permute", [2, 3, 4], () => [layers.permute({ dims: [3, 1, 2] }), layers.dense({ units: 3 })]],
];

/** More of them are compared with Keras; these are what its cases leave out. */
test.each(CASES)("%s is trained as by stock tfjs", async (_name, shape, make) => {
  const model = modelAround(shape, make());
  const options = stepsAround(shape);
  const ours = graphSteps(model, options);
  const theirs = await stockSteps(model, options);
  expect(largestDifference([ours.losses], [theirs.losses])).toBeLessThan(1e-5);
  expect(largestDifference(ours.weights, theirs.weights)).toBeLessThan(1e-5);
});

test("pictures may be of any size, as for stock tfjs", async () => {
  const model = tf.sequential({
    layers: [
      // A size that is left open is null, which the declarations forbid.
      layers.inputLayer({ inputShape: [null, null, 2] as unknown as number[] }),
      layers.conv2d({ filters: 4, kernelSize: 3, padding: "same", activation: "relu" }),
      layers.averagePooling2d({}),
      layers.zeroPadding2d({}),
      layers.maxPooling2d({ strides: 1 }),
      layers.depthwiseConv2d({ kernelSize: 2 }),
      layers.globalAveragePooling2d({}),
      layers.dense({ units: 3, activation: "softmax" }),
    ],
  });
  model.compile({ optimizer: tf.train.sgd(0.1), loss: "categoricalCrossentropy" });
  const options = stepsAround([10, 9, 2]);
  const ours = graphSteps(model, options);
  const theirs = await stockSteps(model, options);
  expect(largestDifference([ours.losses], [theirs.losses])).toBeLessThan(1e-5);
  expect(largestDifference(ours.weights, theirs.weights)).toBeLessThan(1e-5);
});

test("Conv3DTranspose, of which tfjs has no gradient, is Conv2DTranspose on flat volumes", () => {
  const options = { filters: 2, activation: "relu" } as const;
  const flat = layers.conv2dTranspose({ ...options, kernelSize: [3, 2], strides: [2, 1] });
  const deep = layers.conv3dTranspose({ ...options, kernelSize: [1, 3, 2], strides: [1, 2, 1] });
  const picture = modelAround([4, 3, 2], [flat]);
  const volume = modelAround([1, 4, 3, 2], [deep as tf.layers.Layer]);
  volume.setWeights(
    picture
      .getWeights()
      .map((weight, index) => weight.reshape(volume.weights[index]?.shape as number[])),
  );
  const pictures = stepsAround([4, 3, 2]);
  const volumes = { ...pictures, inputs: pictures.inputs.map((x) => x.expandDims(1)) };
  const [ours, theirs] = [graphSteps(volume, volumes), graphSteps(picture, pictures)];
  expect(largestDifference([ours.losses], [theirs.losses])).toBeLessThan(1e-5);
  expect(largestDifference(ours.weights, theirs.weights)).toBeLessThan(1e-5);
});

test("elements that are largest together share the gradient of GlobalMaxPooling", () => {
  const model = modelAround([4, 2], [layers.globalMaxPooling1d()]);
  const options = { ...stepsAround([4, 2]), steps: 1 };
  const series = options.inputs[0] as tf.Tensor;
  const same = tf.tile(series.slice([0, 0, 0], [-1, 1, -1]), [1, 4, 1]);
  const single = modelAround([1, 2], [layers.globalMaxPooling1d()]);
  const ours = graphSteps(model, { ...options, inputs: [same] });
  const theirs = graphSteps(single, { ...options, inputs: [same.slice([0, 0, 0], [-1, 1, -1])] });
  expect(largestDifference(ours.weights, theirs.weights)).toBeLessThan(1e-6);
});

test.each([
  [
    "channelsFirst",
    PICTURE,
    () => layers.conv2d({ filters: 1, kernelSize: 1, dataFormat: "channelsFirst" }),
  ],
  ["causal", SERIES, () => layers.conv1d({ filters: 1, kernelSize: 2, padding: "causal" })],
  ["not equal", PICTURE, () => layers.depthwiseConv2d({ kernelSize: 2, strides: [1, 2] })],
  ["dilationRate", PICTURE, () => layers.depthwiseConv2d({ kernelSize: 2, dilationRate: 2 })],
  [
    "both strides and a dilationRate",
    PICTURE,
    () => layers.conv2d({ filters: 1, kernelSize: 2, strides: 2, dilationRate: 2 }),
  ],
])("refuses what it can't do: %s", (reason, shape, make) => {
  const model = modelAround(shape, [make()]);
  const steps = () => graphSteps(model, stepsAround(shape));
  expect(steps).toThrow(CannotCompileError);
  expect(steps).toThrow(reason);
});
