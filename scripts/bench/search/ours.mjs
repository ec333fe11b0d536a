// @ts-check
// One search of ours: the lecture's, on the digits that search.mjs wrote to FOLDER.
//
//   node scripts/bench/search/ours.mjs FOLDER [WORKERS]
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";

const require = createRequire(import.meta.url);
require("../../preload/tensorflow.cjs");
/** @type {typeof import("@tensorflow/tfjs-node")} */
const tf = require("@tensorflow/tfjs-node");
/** @type {typeof import("@headroom/tuner")} */
const { hyperband, Tuner } = require("@headroom/tuner");

const [folder = "", workers = "0"] = process.argv.slice(2);
/** @param {string} name */
const floats = (name) => {
  const bytes = readFileSync(path.join(folder, `${name}.bin`));
  return new Float32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4);
};
/** @param {string} part */
const data = (part) => {
  const y = tf.tensor1d(floats(`${part}-y`));
  return { x: tf.tensor2d(floats(`${part}-x`), [y.shape[0], 64]), y };
};
const tuner = new Tuner({
  build(hp) {
    const model = tf.sequential();
    const units = hp.int("units", { min: 32, max: 512, step: 32 });
    model.add(tf.layers.dense({ units, activation: "relu", inputShape: [64] }));
    model.add(tf.layers.dense({ units: 10, activation: "softmax" }));
    model.compile({
      optimizer: tf.train.adam(hp.choice("learning_rate", [0.01, 0.001, 0.0001])),
      loss: "sparseCategoricalCrossentropy",
      metrics: ["accuracy"],
    });
    return model;
  },
  oracle: hyperband({ maxEpochs: 10, factor: 3, seed: 42 }),
  objective: "val_accuracy",
  folder: path.join(folder, "ours"),
  progress: false,
});
const count = Number(workers);
await tuner.search(data("train"), {
  validation: data("test"),
  ...(count > 0 ? { workers: count } : {}),
});
const epochs = tuner.study.trials.reduce(
  (sum, { budget }) => sum + (budget ? budget.epochs - budget.initialEpoch : 0),
  0,
);
const { score } = tuner.results.best;
console.log(JSON.stringify({ trials: tuner.study.trials.length, epochs, score }));
tuner.close();
