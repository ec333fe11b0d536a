/** Models and data for tests. */
import * as tf from "@tensorflow/tfjs-node";

/** A classifier of four features and three classes; compiled with SGD. The same weights each time. */
export function classifier(units = 5): tf.Sequential {
  const kernelInitializer = () => tf.initializers.glorotUniform({ seed: 3 });
  const model = tf.sequential({
    layers: [
      tf.layers.dense({
        units,
        activation: "relu",
        inputShape: [4],
        kernelInitializer: kernelInitializer(),
      }),
      tf.layers.dense({ units: 3, activation: "softmax", kernelInitializer: kernelInitializer() }),
    ],
  });
  model.compile({
    optimizer: tf.train.sgd(0.1),
    loss: "categoricalCrossentropy",
    metrics: ["accuracy"],
  });
  return model;
}

/** Samples for it. */
export function samples(count = 22): { readonly xs: tf.Tensor2D; readonly ys: tf.Tensor2D } {
  const labels = Int32Array.from({ length: count }, (_, index) => (index * 7) % 3);
  return {
    xs: tf.randomNormal([count, 4], 0, 1, "float32", 1),
    ys: tf.tidy(() => tf.oneHot(tf.tensor1d(labels, "int32"), 3).toFloat() as tf.Tensor2D),
  };
}

/** The weights of a model as numbers. */
export function weightsOf(model: tf.LayersModel): number[][] {
  return model.getWeights().map((weight) => [...weight.dataSync()]);
}
