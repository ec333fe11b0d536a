// @ts-check
// What our own bookkeeping takes: trials that train nothing, with a journal on disk.
import { rmSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";

const require = createRequire(import.meta.url);
/** @type {typeof import("@headroom/tuner")} */
const {
  asha,
  defineSpace,
  float,
  hyperband,
  int,
  randomSearch,
  Study,
} = require("@headroom/tuner");
/** @type {typeof import("@headroom/tuner/node")} */
const { openJournal } = require("@headroom/tuner/node");

const SPACE = defineSpace({
  units: int({ min: 32, max: 512 }),
  learning_rate: float({ min: 1e-5, max: 1e-1, sampling: "log" }),
  dropout: float({ min: 0, max: 0.9 }),
});

/**
 * The oracles that are timed, for so many trials.
 * @param {number} trials
 */
export function oracles(trials) {
  return {
    "random search": randomSearch({ maxTrials: trials, seed: 1 }),
    Hyperband: hyperband({ maxEpochs: 81, factor: 3, iterations: 50, seed: 1 }),
    ASHA: asha({ maxEpochs: 81, factor: 3, maxTrials: trials, seed: 1 }),
  };
}

/**
 * The milliseconds for each trial: asked for, reported, ended, and kept on disk.
 * @param {import("@headroom/tuner").Oracle} oracle
 * @param {number} trials
 * @param {string} folder
 */
export function overhead(oracle, trials, folder) {
  const file = path.join(folder, "overhead.log");
  const storage = openJournal(file, { studyName: "overhead" });
  const objectives = { name: "loss", direction: /** @type {const} */ ("min") };
  const study = new Study({ name: "overhead", oracle, objectives, space: SPACE, storage });
  const start = performance.now();
  for (let number = 0; number < trials; number++) {
    const answer = study.ask();
    if (answer.status !== "RUNNING") throw new Error(`only ${number} trials: ${answer.status}`);
    study.report(answer.trial.id, { loss: (number * 7919) % 1000 });
    study.end(answer.trial.id, { status: "COMPLETED" });
  }
  const took = (performance.now() - start) / trials;
  storage.close();
  rmSync(file);
  return took;
}
