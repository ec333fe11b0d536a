import * as tf from "@tensorflow/tfjs-node";
import { expect, test } from "vitest";
import { compile } from "./compile";
import { classifier, samples } from "./testing/models";

const QUIET = { epochs: 1, batchSize: 8, verbose: 0 } as const;

test("a penalty that stock tfjs passes over is no difference", async () => {
  const recurrentRegularizer = tf.regularizers.l2({ l2: 0.5 });
  const model = tf.sequential({
    layers: [tf.layers.lstm({ units: 3, inputShape: [2, 2], recurrentRegularizer })],
  });
  model.compile({ optimizer: "sgd", loss: "meanSquaredError" });
  const compiled = compile(model);
  await compiled.fit(tf.ones([8, 2, 2]), tf.ones([8, 3]), QUIET);
  expect(compiled.explanation).toMatchObject({ way: "graph" });
});

test("a loss of tf.losses is compared sample by sample where samples have weights", async () => {
  const { xs, ys } = samples();
  const model = classifier();
  model.compile({ optimizer: "sgd", loss: tf.losses.huberLoss });
  const compiled = compile(model);
  const classWeight = { 0: 1, 1: 2, 2: 3 };
  await compiled.fit(xs, ys, { ...QUIET, classWeight, validationData: [xs, ys] });
  expect(compiled.explanation).toMatchObject({ way: "graph" });
});

test("layers that make noise are compared without it", async () => {
  const { xs, ys } = samples();
  const { dense, dropout, alphaDropout, gaussianDropout, gaussianNoise } = tf.layers;
  const layers = [
    dense({ units: 8, inputShape: [4] }),
    dropout({ rate: 0.4 }),
    alphaDropout({ rate: 0.3 }),
    gaussianDropout({ rate: 0.3 }),
    gaussianNoise({ stddev: 2 }),
    dense({ units: 3, activation: "softmax" }),
  ];
  const model = tf.sequential({ layers });
  model.compile({ optimizer: "sgd", loss: "categoricalCrossentropy" });
  const compiled = compile(model);
  await compiled.fit(xs, ys, QUIET);
  expect(compiled.explanation).toMatchObject({ way: "graph" });
  expect(layers[1]?.getConfig()).toMatchObject({ rate: 0.4 });
});
