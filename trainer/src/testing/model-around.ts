/** Small models around layers under test, and what to train them with. */
import * as tf from "@tensorflow/tfjs-node";
import type { StepOptions } from "./stock-steps";

/**
 * A compiled model: a dense layer, so that gradients must go through the layers under test, these, and
 * an end onto three classes. Its weights, biases too, are the same random numbers each time.
 */
export function modelAround(
  inputShape: number[],
  under: readonly tf.layers.Layer[],
): tf.LayersModel {
  const model = tf.sequential({ layers: [tf.layers.dense({ units: 3, inputShape }), ...under] });
  if (model.outputShape.length > 2) model.add(tf.layers.flatten());
  model.add(tf.layers.dense({ units: 3, activation: "softmax" }));
  // Small ones: where a probability is below 1e-7, tfjs clips the loss.
  model.setWeights(
    model.weights.map(({ shape }, index) =>
      tf.randomNormal(shape as number[], 0, 0.2, "float32", index + 1),
    ),
  );
  model.compile({ optimizer: tf.train.sgd(0.1), loss: "categoricalCrossentropy" });
  return model;
}

/** Ten samples in batches of four, twice: the last batch of each pass is smaller. */
export function stepsAround(inputShape: readonly number[]): StepOptions {
  const labels = tf.tensor1d([0, 1, 2, 0, 1, 2, 0, 1, 2, 0], "int32");
  return {
    inputs: [tf.randomNormal([10, ...inputShape], 0, 1, "float32", 7)],
    targets: [tf.oneHot(labels, 3).toFloat()],
    batchSize: 4,
    steps: 6,
  };
}

/** The largest difference of two lists of columns; NaN where they differ in length. */
export function largestDifference(
  ours: readonly ArrayLike<number>[],
  theirs: readonly ArrayLike<number>[],
): number {
  const sizes = (columns: readonly ArrayLike<number>[]) =>
    columns.map(({ length }) => length).join();
  if (sizes(ours) !== sizes(theirs)) return Number.NaN;
  return Math.max(
    ...ours.flatMap((column, index) =>
      Array.from(column, (value, place) => Math.abs(value - (theirs[index]?.[place] as number))),
    ),
  );
}
