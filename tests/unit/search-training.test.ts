/** Who trains the models of a search. */
import { explain } from "@headroom/trainer";
import { type HyperParameters, randomSearch, Tuner } from "@headroom/tuner";
import * as tf from "@tensorflow/tfjs-node";
import { expect, test } from "vitest";

const data = { x: tf.randomNormal([40, 3], 0, 1, "float32", 1), y: tf.ones([40, 1]) };
const built: tf.LayersModel[] = [];

function build(hp: HyperParameters): tf.LayersModel {
  const units = hp.int("units", { min: 2, max: 8 });
  const model = tf.sequential();
  model.add(tf.layers.dense({ units, inputShape: [3], activation: "relu" }));
  model.add(tf.layers.dense({ units: 1 }));
  model.compile({ optimizer: "adam", loss: "meanSquaredError" });
  built.push(model);
  return model;
}

async function waysOf(options: { readonly training?: "compiled" | "stock" }) {
  built.length = 0;
  const oracle = randomSearch({ maxTrials: 2, seed: 1 });
  const tuner = new Tuner({ build, oracle, objective: "val_loss", progress: false });
  await tuner.search(data, { validation: data, epochs: 2, ...options });
  const [, ...ofTrials] = built;
  return ofTrials.map((model) => explain(model)?.way);
}

test("the trainer trains models as graphs", async () => {
  expect(await waysOf({})).toEqual(["graph", "graph"]);
  expect(await waysOf({ training: "compiled" })).toEqual(["graph", "graph"]);
});

test("where stock TensorFlow.js is demanded the trainer is left out", async () => {
  expect(await waysOf({ training: "stock" })).toEqual([undefined, undefined]);
});
