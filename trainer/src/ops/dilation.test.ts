import * as tf from "@tensorflow/tfjs-node";
import { expect, test } from "vitest";
import { largestDifference, modelAround, stepsAround } from "../testing/model-around";
import { graphSteps, stockSteps } from "../testing/stock-steps";

const { layers } = tf;

// Stock tfjs has no gradients of dilated convolutions, but of undilated ones with a wider window.
test.each([
  [
    "Conv1D",
    [8, 3],
    () => layers.conv1d({ filters: 4, kernelSize: 3, dilationRate: 2, padding: "same" }),
    () => layers.conv1d({ filters: 4, kernelSize: 5, padding: "same" }),
  ],
  [
    "Conv2D",
    [7, 8, 2],
    () => layers.conv2d({ filters: 3, kernelSize: [3, 2], dilationRate: [2, 3] }),
    () => layers.conv2d({ filters: 3, kernelSize: [5, 4] }),
  ],
  [
    "Conv3D",
    [5, 4, 3, 2],
    () => layers.conv3d({ filters: 2, kernelSize: 2, dilationRate: [2, 1, 2], padding: "same" }),
    () => layers.conv3d({ filters: 2, kernelSize: [3, 2, 3], padding: "same" }),
  ],
  [
    "SeparableConv2D",
    [7, 6, 2],
    () => layers.separableConv2d({ filters: 3, kernelSize: 3, dilationRate: 2, padding: "same" }),
    () => layers.separableConv2d({ filters: 3, kernelSize: 5, padding: "same" }),
  ],
])(
  "a dilated %s is trained as one with holes in its window",
  async (_name, shape, make, makeWide) => {
    const dilatedLayer = make();
    const rates = dilatedLayer.getConfig().dilationRate as number[];
    const [model, wide] = [modelAround(shape, [dilatedLayer]), modelAround(shape, [makeWide()])];
    const widened = (weight: tf.Tensor, index: number) =>
      isEqual(weight.shape, wide.weights[index]?.shape) ? weight : withHoles(weight, rates);
    wide.setWeights(model.getWeights().map(widened));
    const places = model.getWeights().map((weight, index) => widened(tf.onesLike(weight), index));
    // One step: it fills the holes.
    const options = { ...stepsAround(shape), steps: 1 };
    const ours = graphSteps(model, options);
    const theirs = await stockSteps(wide, options);
    expect(largestDifference([ours.losses], [theirs.losses])).toBeLessThan(1e-5);
    const trained = model.weights.map((weight, index) =>
      widened(tf.tensor(ours.weights[index] as Float32Array, weight.shape as number[]), index),
    );
    const wanted = wide
      .getWeights()
      .map((weight, index) => tf.mul(weight, places[index] as tf.Tensor));
    const data = (tensors: readonly tf.Tensor[]) => tensors.map((tensor) => tensor.dataSync());
    expect(largestDifference(data(trained), data(wanted))).toBeLessThan(1e-5);
  },
);

/** Puts zeros between the taps of a kernel. */
function withHoles(kernel: tf.Tensor, rates: readonly number[]): tf.Tensor {
  return rates.reduce((holed, rate, axis) => {
    const taps = tf.unstack(holed, axis);
    const holes = Array.from({ length: rate - 1 }, () => tf.zerosLike(taps[0] as tf.Tensor));
    return tf.stack(
      taps.flatMap((tap, index) => (index === 0 ? [tap] : [...holes, tap])),
      axis,
    );
  }, kernel);
}

function isEqual(a: readonly number[], b: readonly (number | null)[] | undefined): boolean {
  return a.join() === b?.join();
}
