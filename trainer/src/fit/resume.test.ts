import type { io } from "@tensorflow/tfjs";
import * as tf from "@tensorflow/tfjs-node";
import { describe, expect, test } from "vitest";
import { compile } from "../compile";
import { samples, weightsOf } from "../testing/models";

const { xs, ys } = samples(40);

function network(optimizer: tf.Optimizer): tf.LayersModel {
  const init = () => ({ kernelInitializer: tf.initializers.glorotUniform({ seed: 3 }) });
  const layers = [
    tf.layers.dense({ units: 5, activation: "relu", inputShape: [4], ...init() }),
    tf.layers.batchNormalization(),
    tf.layers.dropout({ rate: 0.3 }),
    tf.layers.dense({ units: 3, activation: "softmax", ...init() }),
  ];
  const model = tf.sequential({ layers });
  model.compile({ optimizer, loss: "categoricalCrossentropy", metrics: ["accuracy"] });
  return model;
}

/** The model as another process would have it. */
async function savedAndLoaded(model: tf.LayersModel): Promise<tf.LayersModel> {
  let artifacts: io.ModelArtifacts = {};
  const handler = tf.io.withSaveHandler(async (saved) => {
    artifacts = saved;
    return { modelArtifactsInfo: { dateSaved: new Date(), modelTopologyType: "JSON" } };
  });
  await model.save(handler, { includeOptimizer: true });
  return tf.loadLayersModel(tf.io.fromMemory(artifacts));
}

const OPTIMIZERS: Record<string, () => tf.Optimizer> = {
  sgd: () => tf.train.sgd(0.1),
  momentum: () => tf.train.momentum(0.1, 0.9, true),
  adagrad: () => tf.train.adagrad(0.1),
  adadelta: () => tf.train.adadelta(0.5),
  adam: () => tf.train.adam(0.02),
  rmsprop: () => tf.train.rmsprop(0.01, 0.9, 0.1),
};

describe("a training that goes on after save and load is the uninterrupted one to the bit", () => {
  test.each(Object.entries(OPTIMIZERS))("with %s", async (_, optimizer) => {
    const [whole, first] = [network(optimizer()), network(optimizer())];
    const options = { batchSize: 16, seed: 5, verbose: 0 } as const;
    await compile(whole).fit(xs, ys, { ...options, epochs: 4 });
    await compile(first).fit(xs, ys, { ...options, epochs: 2 });
    const loaded = await savedAndLoaded(first);
    expect(weightsOf(loaded)).toEqual(weightsOf(first));
    await compile(loaded).fit(xs, ys, { ...options, epochs: 4, initialEpoch: 2 });
    expect(weightsOf(loaded)).toEqual(weightsOf(whole));
    expect(weightsOf(loaded)).not.toEqual(weightsOf(first));
  });
});
