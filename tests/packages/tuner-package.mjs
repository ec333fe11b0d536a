// @ts-check
// Uses the tuner's package as its users do: packs it, installs the tarball into an empty folder, and
// searches there, first without TensorFlow.js and then with it.
import assert from "node:assert/strict";
import { existsSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { ROOT } from "../../scripts/project.mjs";
import { attempt, checkTypes, installTarball, pack, runProgram } from "./packing.mjs";

/** @typedef {import("./packing.mjs").Finding} Finding */

/** Searches a function in a folder, in two goes of two processes; prints what there is after each. */
const FUNCTION_SEARCH = `
import { defineSpace, float, randomSearch, Tuner } from "@headroom/tuner";
import { studyNames } from "@headroom/tuner/node";

const tuner = new Tuner({
  space: defineSpace({ x: float({ min: -2, max: 2 }) }),
  run: (hp) => (Number(hp.get("x")) - 1) ** 2,
  oracle: randomSearch({ maxTrials: 12, seed: 42 }),
  objective: { name: "error", direction: "min" },
  folder: "search",
  progress: false,
});
const { end } = await tuner.search({ maxTrials: 7 });
const { best } = tuner.results;
console.log(JSON.stringify({
  end,
  trials: tuner.study.trials.length,
  error: best.score,
  expected: (best.values.x - 1) ** 2,
  studies: studyNames("search/journal.log"),
}));
`;

/** The same names by \`require\`. */
const REQUIRE = `
const { hyperband } = require("@headroom/tuner");
const { trials, epochs } = hyperband({ maxEpochs: 10 }).plan();
console.log(JSON.stringify({ trials, epochs }));
`;

/** Searches models; TensorFlow.js is loaded by whoever calls, if at all. */
const MODEL_SEARCH = `
import { DefinitionError, randomSearch, Tuner } from "@headroom/tuner";

const [, , tensorflow, workers] = process.argv;
const tf = tensorflow === undefined ? undefined : (await import(tensorflow)).default;
const tuner = new Tuner({
  build(hp) {
    const model = tf.sequential();
    const units = hp.int("units", { min: 2, max: 8 });
    model.add(tf.layers.dense({ units, inputShape: [1], activation: "relu" }));
    model.add(tf.layers.dense({ units: 1 }));
    model.compile({ optimizer: "adam", loss: "meanSquaredError" });
    return model;
  },
  oracle: randomSearch({ maxTrials: 2, seed: 42 }),
  objective: "val_loss",
  progress: false,
});
const data = { x: [[0], [1], [2], [3]], y: [[1], [3], [5], [7]] };
try {
  const inProcesses = workers === undefined ? {} : { workers: Number(workers) };
  const options = { validation: data, epochs: 2, deterministic: true, ...inProcesses };
  const { end, completed } = await tuner.search(data, options);
  const [model] = await tuner.getBestModels();
  const { length: layers } = model.layers;
  console.log(JSON.stringify({ end, completed, layers, score: tuner.results.best.score }));
} catch (error) {
  if (!(error instanceof DefinitionError)) throw error;
  console.log(JSON.stringify({ code: error.code, text: error.message }));
}
`;

/** Compiles as it stands. */
const TYPED = `
import { choice, defineSpace, hyperband, int, Tuner } from "@headroom/tuner";
import { openJournal } from "@headroom/tuner/node";

const space = defineSpace({
  units: int({ min: 32, max: 512, step: 32 }),
  learningRate: choice([0.01, 0.001]),
});
const tuner = new Tuner({
  space,
  run: async (hp, { report }) => report({ val_loss: Number(hp.get("units")) }, 0),
  oracle: hyperband({ maxEpochs: 10 }),
  objective: "val_loss",
  storage: openJournal("journal.log"),
});
export const units: number = tuner.results.best.values.units;
export const rate: 0.01 | 0.001 = tuner.results.best.values.learningRate;
`;

/** What must not compile: what stands in \`TYPED\`, what is put in its place, and the complaint. */
const WRONG = /** @type {const} */ ([
  ["values.units", "values.unit", "TS2551"],
  ["0.01 | 0.001 =", "0.02 =", "TS2322"],
  ["hyperband({ maxEpochs: 10 })", "hyperband({ maxEpoch: 10 })", "TS2561"],
  ["step: 32", "steps: 32", "TS2561"],
  ["choice([0.01, 0.001])", "choice([])", "TS2345"],
  ["hyperband, int", "hyperBand, int", "TS2724"],
]);

/**
 * @param {string} folder where to work
 * @returns {AsyncGenerator<Finding>}
 */
export async function* tryTuner(folder) {
  const project = path.join(folder, "search-project");
  mkdirSync(project);
  writeFileSync(path.join(project, "package.json"), '{ "name": "empty", "private": true }');
  const { tarball, finding } = await pack("tuner", folder, [
    "package.json",
    "README.md",
    "LICENSE",
    "dist/index.js",
    "dist/index.d.ts",
    "dist/node.js",
    "dist/node.d.ts",
    "dist/storage/browser-platform.js",
  ]);
  yield finding;
  yield await attempt("tuner: installs into an empty folder, without TensorFlow.js", async () => {
    await installTarball(tarball, project);
    assert(!existsSync(path.join(project, "node_modules", "@tensorflow")));
  });
  yield await attempt("tuner: searches a function and goes on in another process", async () => {
    const { error, expected, ...first } = await runProgram(project, "search.mjs", FUNCTION_SEARCH);
    assert.deepEqual(first, { end: "trials", trials: 7, studies: ["study"] });
    assert.equal(error, expected);
    const again = await runProgram(project, "search.mjs", FUNCTION_SEARCH);
    assert.deepEqual([again.end, again.trials], ["finished", 12]);
  });
  yield await attempt("tuner: is required, too", async () => {
    const plan = await runProgram(project, "plan.cjs", REQUIRE);
    assert.deepEqual(plan, { trials: 30, epochs: 120 });
  });
  yield await attempt("tuner: its types fit a program", () => checkTypes(project, TYPED));
  for (const [right, wrong, complaint] of WRONG) {
    yield await attempt(`tuner: its types refuse ${wrong}`, async () => {
      assert(TYPED.includes(right), `${right} isn't in the program`);
      await assert.rejects(checkTypes(project, TYPED.replace(right, wrong)), new RegExp(complaint));
    });
  }
  yield await attempt("tuner: tells that models need TensorFlow.js", async () => {
    const { code, text } = await runProgram(project, "models.mjs", MODEL_SEARCH);
    assert.equal(code, "no-tensorflow");
    assert.match(text, /Install @tensorflow\/tfjs/);
  });
  yield await attempt("tuner: searches models beside tfjs-node, also in two workers", async () => {
    symlinkSync(
      path.join(ROOT, "node_modules", "@tensorflow"),
      path.join(project, "node_modules", "@tensorflow"),
    );
    /** @param {string[]} workers */
    const search = (...workers) =>
      runProgram(project, "models.mjs", MODEL_SEARCH, "@tensorflow/tfjs-node", ...workers);
    const { score, ...found } = await search();
    assert.deepEqual(found, { end: "finished", completed: 2, layers: 2 });
    assert.deepEqual(await search("2"), { ...found, score }, "two workers found other scores");
  });
}
