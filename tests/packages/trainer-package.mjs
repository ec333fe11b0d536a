// @ts-check
// Uses the trainer's package as its users do: packs it, installs the tarball into an empty folder beside
// tfjs-node, and trains there.
import assert from "node:assert/strict";
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { ROOT } from "../../scripts/project.mjs";
import { attempt, checkTypes, installTarball, pack, runProgram } from "./packing.mjs";

/** @typedef {import("./packing.mjs").Finding} Finding */

/** Trains the same model by graph and by tfjs-node itself, and tells how each ended. */
const TRAINING = `
import * as tf from "@tensorflow/tfjs-node";
import { compile } from "@headroom/trainer";

const xs = tf.linspace(-1, 1, 50).reshape([50, 1]);
const ys = xs.mul(2).add(1);
const losses = [];
for (const way of ["graph", "stock"]) {
  const kernelInitializer = tf.initializers.constant({ value: 0.5 });
  const layers = [tf.layers.dense({ units: 1, inputShape: [1], kernelInitializer })];
  const model = tf.sequential({ layers });
  model.compile({ optimizer: tf.train.sgd(0.1), loss: "meanSquaredError" });
  const { history } = await compile(model, { way }).fit(xs, ys, { epochs: 3, shuffle: false, verbose: 0 });
  losses.push(history.loss.map((loss) => loss.toFixed(5)));
}
console.log(JSON.stringify(losses));
`;

/** The same names by \`require\`. */
const REQUIRE = `
const { compile, explain } = require("@headroom/trainer");
console.log(JSON.stringify([typeof compile, typeof explain]));
`;

/** Compiles as it stands. */
const TYPED = `
import * as tf from "@tensorflow/tfjs-node";
import { compile, type Way } from "@headroom/trainer";

const model = tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [1] })] });
const { history } = await compile(model, { way: "graph" }).fit(tf.ones([4, 1]), tf.ones([4, 1]), {
  epochs: 3,
  seed: 42,
  sampleWeight: [1, 2, 1, 1],
  learningRate: (step: number) => 1 / (step + 1),
});
export const losses = history["loss"];
export const way: Way | undefined = compile(model).explanation?.way;
`;

/** What must not compile: what stands in \`TYPED\`, what is put in its place, and the complaint. */
const WRONG = /** @type {const} */ ([
  ['way: "graph"', 'way: "compiled"', "TS2322"],
  ["seed: 42", 'seed: "42"', "TS2322"],
  ["epochs: 3", "epoch: 3", "TS2561"],
  ["sampleWeight: [1, 2, 1, 1]", "sampleWeight: [true]", "TS2322"],
]);

/**
 * @param {string} folder where to work
 * @returns {AsyncGenerator<Finding>}
 */
export async function* tryTrainer(folder) {
  const project = path.join(folder, "training-project");
  mkdirSync(project);
  writeFileSync(path.join(project, "package.json"), '{ "name": "empty", "private": true }');
  const { tarball, finding } = await pack("trainer", folder, [
    "package.json",
    "README.md",
    "LICENSE",
    "dist/index.js",
    "dist/index.d.ts",
  ]);
  yield finding;
  yield await attempt("trainer: installs into an empty folder", async () => {
    // TensorFlow is too large to be installed anew for a test: the project's own is put beside it.
    await installTarball(tarball, project, "--legacy-peer-deps");
    symlinkSync(
      path.join(ROOT, "node_modules", "@tensorflow"),
      path.join(project, "node_modules", "@tensorflow"),
    );
  });
  yield await attempt("trainer: trains by graph as tfjs-node does", async () => {
    const [graph, stock] = await runProgram(project, "train.mjs", TRAINING);
    assert.equal(graph.length, 3);
    assert.deepEqual(graph, stock);
  });
  yield await attempt("trainer: is required, too", async () => {
    assert.deepEqual(await runProgram(project, "names.cjs", REQUIRE), ["function", "function"]);
  });
  yield await attempt("trainer: its types fit a program", () => checkTypes(project, TYPED));
  for (const [right, wrong, complaint] of WRONG) {
    yield await attempt(`trainer: its types refuse ${wrong}`, async () => {
      assert(TYPED.includes(right), `${right} isn't in the program`);
      const attempted = checkTypes(project, TYPED.replace(right, wrong));
      await assert.rejects(attempted, new RegExp(complaint));
    });
  }
}
