import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as tf from "@tensorflow/tfjs-node";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import {
  type Executor,
  Hyperband,
  type HyperParameters,
  hyperband,
  memoryCheckpoints,
  randomSearch,
  type TrainingData,
  Tuner,
  type TunerOptions,
} from "./index";
import { platform, usePlatform } from "./platform";

let folder: string;
let train: TrainingData;
let validation: TrainingData;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "headroom-tuner-"));
  const x = tf.randomNormal([96, 4], 0, 1, "float32", 1);
  const y = tf.tidy(() => tf.oneHot(x.argMax(1), 4).toFloat());
  train = { x: x.slice([0], [64]), y: y.slice([0], [64]) };
  validation = { x: x.slice([64]), y: y.slice([64]) };
  tf.dispose([x, y]);
});
afterEach(() => {
  rmSync(folder, { recursive: true });
  tf.disposeVariables();
});

function build(hp: HyperParameters): tf.LayersModel {
  const units = hp.int("units", { min: 4, max: 32, step: 4 });
  const learningRate = hp.choice("learningRate", [0.1, 0.01, 0.001]);
  const model = tf.sequential({
    layers: [
      tf.layers.dense({ units, activation: "relu", inputShape: [4] }),
      tf.layers.dense({ units: 4, activation: "softmax" }),
    ],
  });
  model.compile({
    optimizer: tf.train.adam(learningRate),
    loss: "categoricalCrossentropy",
    metrics: ["accuracy"],
  });
  return model;
}

const options = (more: Partial<TunerOptions> = {}): TunerOptions => ({
  build,
  oracle: hyperband({ maxEpochs: 4, factor: 2, seed: 42 }),
  objective: "val_accuracy",
  progress: false,
  ...more,
});

/** What two searches must have in common. */
const facts = ({ study }: Tuner) =>
  study.trials.map(({ id, values, status, score, budget }) => ({
    id,
    values,
    status,
    score,
    budget,
  }));
describe("a search over models", () => {
  test("runs what it had planned, and its best model scores what was told", async () => {
    const tuner = new Tuner(options());
    const plan = tuner.plan();
    expect(await tuner.search(train, { validation, batchSize: 16 })).toEqual({
      end: "finished",
      completed: plan.trials,
    });
    const { best } = tuner.results;
    const [model] = await tuner.getBestModels();
    const scores = model?.evaluate(validation.x as tf.Tensor, validation.y as tf.Tensor);
    const [, accuracy] = scores as tf.Scalar[];
    expect(accuracy?.dataSync()[0]).toBeCloseTo(best.score ?? 0, 6);
    expect(best.values).toEqual(tuner.getBestHyperparameters()[0]?.values);
  });

  test("the best model has the weights of its best epoch, though training went on", async () => {
    const tuner = new Tuner(
      options({ oracle: randomSearch({ maxTrials: 4, seed: 3 }), keepModels: 4 }),
    );
    await tuner.search(train, { validation, epochs: 12, batchSize: 8 });
    const best = tuner.study.best(4);
    expect(best.some(({ bestStep }) => bestStep !== 11)).toBe(true);
    for (const [i, model] of (await tuner.getBestModels(4)).entries()) {
      const scores = model.evaluate(validation.x as tf.Tensor, validation.y as tf.Tensor);
      const [, accuracy] = scores as tf.Scalar[];
      expect(accuracy?.dataSync()[0]).toBeCloseTo(best[i]?.score ?? 0, 6);
    }
  });

  test("keeps on disk what may still be needed, and in the end the best model alone", async () => {
    const tuner = new Tuner(options({ folder }));
    let most = 0;
    tuner.study.on(() => {
      most = Math.max(most, checkpoints().length);
    });
    const checkpoints = () => {
      try {
        return readdirSync(join(folder, "checkpoints"));
      } catch {
        return [];
      }
    };
    await tuner.search(train, { validation });
    expect(checkpoints()).toEqual([`${tuner.results.best.trial}.checkpoint`]);
    // Never more than the largest round has places, the best one and the one just written.
    expect(most).toBeLessThanOrEqual(Math.max(...tuner.plan().rounds.map(({ size }) => size)) + 2);
    tuner.close();
  });

  test("keeps what a trial that ran ahead of its turn has left, until it ends", async () => {
    const checkpoints = memoryCheckpoints();
    const tuner = new Tuner(options({ checkpoints, oracle: randomSearch({ maxTrials: 4 }) }));
    let othersRan = () => {};
    const othersHaveRun = new Promise<void>((resolve) => {
      othersRan = resolve;
    });
    const executor: Executor = {
      width: 4,
      // The first one ends last; the last one is the best.
      async run({ id, number }, { report }) {
        if (number === 0) await othersHaveRun;
        await report({ val_accuracy: number / 4 }, 0);
        checkpoints.write(id, new Uint8Array([number]));
        if (number === 3) othersRan();
      },
      async close() {},
    };
    await tuner.search(train, { executor, deterministic: true });
    expect(tuner.study.ended.map(({ number }) => number)).toEqual([0, 1, 2, 3]);
    expect(checkpoints.ids()).toEqual([tuner.results.best.trial]);
    expect(checkpoints.read(tuner.results.best.trial)).toEqual(new Uint8Array([3]));
  });

  test("broken off anywhere and taken up again, it ends as if it had not been", async () => {
    const whole = new Tuner(options());
    await whole.search(train, { validation });
    let searches = 0;
    for (let end = ""; end !== "finished"; searches++) {
      const tuner = new Tuner(options({ folder }));
      const abort = new AbortController();
      let events = 0;
      tuner.study.on(() => {
        if (++events === 11) abort.abort();
      });
      ({ end } = await tuner.search(train, { validation, signal: abort.signal }));
      if (end === "finished") expect(facts(tuner)).toEqual(facts(whole));
      tuner.close();
    }
    expect(searches).toBeGreaterThan(3);
  });

  test("another search in the folder of a study is refused", async () => {
    const tuner = new Tuner(options({ folder }));
    await tuner.search(train, { validation, maxTrials: 1 });
    tuner.close();
    expect(() => new Tuner(options({ folder, objective: "val_loss" }))).toThrow(/val_loss/);
    // The refused one lets go of the folder.
    new Tuner(options({ folder })).close();
  });

  test("made anew in the same process, the new tuner has the folder", async () => {
    const first = new Tuner(options({ folder }));
    await first.search(train, { validation, maxTrials: 2 });
    const second = new Tuner(options({ folder }));
    expect(facts(second)).toEqual(facts(first));
    await second.search(train, { validation, maxTrials: 1 });
    expect(second.study.trials).toHaveLength(3);
    second.close();
  });

  test("limits end it early, and it goes on later", async () => {
    const tuner = new Tuner(options());
    expect((await tuner.search(train, { validation, maxTrials: 2 })).end).toBe("trials");
    expect((await tuner.search(train, { validation, maxEpochs: 1 })).end).toBe("epochs");
    expect(tuner.study.trials).toHaveLength(3);
    expect((await tuner.search(train, { validation, maxSeconds: 0 })).end).toBe("seconds");
    expect((await tuner.search(train, { validation })).end).toBe("finished");
  });

  test("with folds, every trial is judged by all of them", async () => {
    const rows = (from: number, to: number) =>
      Array.from({ length: to - from }, (_, i) => from + i);
    const folds = [
      { train: rows(0, 32), validation: rows(32, 64) },
      { train: rows(32, 64), validation: rows(0, 32) },
    ];
    const tuner = new Tuner(options({ oracle: randomSearch({ maxTrials: 2, seed: 1 }) }));
    await tuner.search(train, { folds, epochs: 2 });
    expect(tuner.results.rows[0]?.executionScores).toHaveLength(2);
  });

  test("leaves no tensors of its own, with data as arrays, too", async () => {
    const arrays = {
      x: [
        [0, 1, 0, 0],
        [1, 0, 0, 0],
      ],
      y: [
        [0, 1, 0, 0],
        [1, 0, 0, 0],
      ],
    };
    const tuner = new Tuner(options({ oracle: randomSearch({ maxTrials: 3, seed: 1 }) }));
    const before = tf.memory().numTensors;
    await tuner.search(arrays, { validation: arrays });
    expect(tf.memory().numTensors).toBe(before);
  });

  test("wrong data are told of before anything runs", async () => {
    const tuner = new Tuner(options());
    const ragged = { x: [[1, 2], [3]], y: [1, 2] };
    await expect(tuner.search(ragged)).rejects.toThrow(/train\.x/);
    await expect(tuner.search({ x: [[1], [2]], y: [1] })).rejects.toThrow(/2 and 1/);
    await expect(tuner.search(train, { validation, folds: [] })).rejects.toThrow(/not both/);
    await expect(tuner.search(train, { folds: [] })).rejects.toThrow(/folds/);
    await expect(tuner.search()).rejects.toThrow(/\{x, y\}/);
    expect(tuner.study.trials).toEqual([]);
  });

  test("a builder that never works ends it at once, with its own words", async () => {
    const broken = () => tf.sequential();
    await expect(new Tuner(options({ build: broken })).search(train)).rejects.toThrow(/compile/);
  });
});

test("the trainer is demanded where there is none: told before anything runs", async () => {
  const before = platform();
  usePlatform({ ...before, loadTrainer: async () => undefined });
  try {
    const searched = new Tuner(options()).search(train, { validation, training: "compiled" });
    await expect(searched).rejects.toThrow(/needs @headroom\/trainer/);
  } finally {
    usePlatform(before);
  }
});

test("build and run exclude each other, and one is needed", () => {
  const { build: _, ...neither } = options();
  expect(() => new Tuner(neither)).toThrow(/either build .* or run/);
  expect(() => new Tuner(options({ run: () => 1 }))).toThrow(/not both/);
});

test("Keras Tuner's users find it by the names that they know", async () => {
  const tuner = new Hyperband(build, {
    objective: "val_accuracy",
    maxEpochs: 4,
    factor: 2,
    seed: 42,
    directory: folder,
    projectName: "intro_to_kt",
    progress: false,
  });
  await tuner.search(train, { validation });
  const other = new Tuner(options());
  await other.search(train, { validation });
  expect(facts(tuner)).toEqual(facts(other));
  expect(readdirSync(join(folder, "intro_to_kt"))).toContain("journal.log");
  expect(tuner.resultsSummary()).toContain("intro_to_kt");
  tuner.close();
});
