import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as tf from "@tensorflow/tfjs-node";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import {
  choice,
  defineSpace,
  type Executor,
  float,
  Hyperband,
  type HyperParameters,
  hyperband,
  int,
  medianPruner,
  memoryCheckpoints,
  randomSearch,
  type TrainingData,
  Tuner,
  type TunerOptions,
} from "./index";

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

describe("a search over any function", () => {
  const space = defineSpace({
    x: float({ min: -2, max: 2 }),
    kind: choice(["a", "b"]),
    n: int({ min: 1, max: 3 }),
  });
  const parabola = (more: Partial<TunerOptions> = {}) =>
    new Tuner({
      space,
      run: (hp) => (Number(hp.get("x")) - 1) ** 2 + (hp.get("kind") === "a" ? 0 : 1),
      oracle: randomSearch({ maxTrials: 30, seed: 42 }),
      objective: { name: "error", direction: "min" },
      progress: false,
      ...(more as object),
    });

  test("finds values, with the types of the declared space", async () => {
    const tuner = parabola();
    await tuner.search();
    const { values, score } = tuner.results.best;
    const kind: "a" | "b" = values.kind;
    expect(kind).toBe("a");
    expect(score).toBeCloseTo((values.x - 1) ** 2, 12);
    expect(Math.abs(values.x - 1)).toBeLessThan(0.5);
  });

  test("knows values that are there under a condition only", async () => {
    const branches = defineSpace({ kind: choice(["line", "curve"]) }).when("kind", ["curve"], {
      power: int({ min: 2, max: 4 }),
    });
    const tuner = new Tuner({
      space: branches,
      run: (hp) => (hp.has("power") ? Number(hp.get("power")) : 9),
      oracle: randomSearch({ maxTrials: 4, seed: 1 }),
      objective: { name: "error", direction: "min" },
      progress: false,
    });
    await tuner.search();
    const { values } = tuner.results.best;
    // Only there does the compiler know the power as a number.
    const power: number = values.kind === "curve" ? values.power : 0;
    expect(power).toBe(2);
  });

  test("values that were enqueued come first", async () => {
    const tuner = parabola();
    tuner.enqueue({ x: 1 });
    await tuner.search({ maxTrials: 2 });
    expect(tuner.results.best.values).toEqual({ x: 1, kind: "a", n: 1 });
  });

  test("a pruner ends trials that aren't worth going on", async () => {
    const tuner = parabola({
      run: async (hp, { report }) => {
        for (let step = 0; step < 5; step++) await report(Math.abs(Number(hp.get("x"))), step);
      },
      pruner: medianPruner({ startupTrials: 3 }),
    });
    await tuner.search();
    const pruned = tuner.study.trials.filter(({ status }) => status === "PRUNED");
    expect(pruned.length).toBeGreaterThan(3);
    expect(pruned[0]?.message).toMatch(/median/);
  });

  test("a function that throws is tried again, then fails; too many failures end the search", async () => {
    let calls = 0;
    const run = () => {
      calls++;
      throw new Error("out of luck");
    };
    const tuner = parabola({ run, maxRetriesPerTrial: 1 });
    await expect(tuner.search()).rejects.toThrow(/3 trials failed in a row.*out of luck/s);
    expect(calls).toBe(6);
    expect(() => tuner.results.best).toThrow(/none has completed/);
  });

  test("one that returns nothing is told so at once", async () => {
    await expect(parabola({ run: async () => {} }).search()).rejects.toThrow(/reported nothing/);
  });

  test("results are told as text, table, CSV and figures", async () => {
    const tuner = parabola();
    await tuner.search();
    expect(tuner.resultsSummary(2)).toMatch(/Results summary[\s\S]*Trial \d+ summary/);
    expect(tuner.searchSpaceSummary()).toMatch(/x \(Float\)/);
    expect(tuner.results.csv.split("\r\n")).toHaveLength(32);
    expect(JSON.parse(tuner.results.json)).toHaveLength(30);
    expect(
      tuner.results
        .importances()
        .map(({ name }) => name)
        .sort(),
    ).toEqual(["kind", "n", "x"]);
    const { results } = tuner;
    const figures = [
      results.historyFigure(),
      results.sliceFigure(),
      results.parallelCoordinatesFigure(),
      results.importanceFigure(),
      results.learningCurvesFigure(),
      results.bracketsFigure(),
      results.timelineFigure(),
    ];
    for (const { data, layout } of figures) expect([data, layout]).toBeTruthy();
  });
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
