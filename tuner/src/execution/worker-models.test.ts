import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as tf from "@tensorflow/tfjs-node";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { type CompiledTuner, compileTuner } from "../testing/compiled-tuner";
import type { ModelBuilder } from "../tfjs/fit-trial";
import type { TrainingData } from "../tfjs/training-data";
import type { Tuner } from "../tuner";
import type { TunerOptions } from "../tuner-options";

type Index = typeof import("../index");

const MODULE = new URL("../../fixtures/workers/model.cjs", import.meta.url).pathname;
const builders: Record<"build" | "buildWithConstant", ModelBuilder> = createRequire(
  import.meta.url,
)(MODULE);

let compiled: CompiledTuner;
let index: Index;
let folder: string;
let train: TrainingData;
let validation: TrainingData;
beforeAll(() => {
  compiled = compileTuner();
  index = compiled.load<Index>("index");
  const x = tf.randomNormal([96, 4], 0, 1, "float32", 1);
  const y = tf.tidy(() => tf.oneHot(x.argMax(1), 4).toFloat());
  train = { x: x.slice([0], [64]), y: y.slice([0], [64]) };
  validation = { x: x.slice([64]), y: y.slice([64]) };
  tf.dispose([x, y]);
});
afterAll(() => compiled.remove());
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "headroom-workers-"));
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

function tuner(more: Partial<TunerOptions> = {}): Tuner {
  return new index.Tuner({
    build: builders.build,
    oracle: index.hyperband({ maxEpochs: 2, factor: 2, seed: 42 }),
    objective: "val_accuracy",
    progress: false,
    ...more,
  });
}

const facts = ({ study }: Tuner) =>
  study.trials.map(({ id, values, status, score, budget }) => ({
    id,
    values,
    status,
    score,
    budget,
  }));

describe("models that are trained in other processes", () => {
  test("give to the bit what they give here", async () => {
    // A place for temporary files of its own: other tests make some at the same time.
    for (const name of ["TMPDIR", "TEMP"]) vi.stubEnv(name, folder);
    const here = tuner();
    const two = tuner();
    const options = { validation, batchSize: 16, deterministic: true };
    await here.search(train, options);
    expect((await two.search(train, { ...options, workers: 2 })).end).toBe("finished");
    expect(facts(two)).toEqual(facts(here));
    expect(readdirSync(folder)).toEqual([]);
    const [model] = await two.getBestModels();
    const scores = model?.evaluate(validation.x as tf.Tensor, validation.y as tf.Tensor);
    expect((scores as tf.Scalar[])[1]?.dataSync()[0]).toBeCloseTo(two.results.best.score ?? 0, 6);
  });

  test("go on from their study's folder after a break, with the checkpoints that were kept", async () => {
    const whole = tuner();
    const options = { validation, fit: () => ({ batchSize: 16 }), deterministic: true };
    await whole.search(train, options);
    const first = tuner({ folder });
    const abort = new AbortController();
    first.study.on(({ type }) => {
      if (type === "end" && first.study.ended.length === 2) abort.abort();
    });
    const { end } = await first.search(train, { ...options, workers: 2, signal: abort.signal });
    expect(end).toBe("aborted");
    first.close();
    const second = tuner({ folder, buildModule: { path: MODULE, name: "build" } });
    expect(second.study.retryQueue.length).toBeGreaterThan(0);
    await second.search(train, { ...options, workers: 1 });
    expect(facts(second)).toEqual(facts(whole));
    expect(readdirSync(join(folder, "checkpoints"))).toEqual([
      `${second.results.best.trial}.checkpoint`,
    ]);
    second.close();
  });
});

describe("what can't cross to another process", () => {
  test("is named: a variable of the builder", async () => {
    const build = builders.buildWithConstant;
    const oracle = index.randomSearch({ maxTrials: 1, seed: 1 });
    const searched = tuner({ build, oracle }).search(train, { validation, workers: 1 });
    await expect(searched).rejects.toThrow(/build function uses "INPUTS".*module/s);
  });

  test("is named: a callback, which a function makes where it is needed", async () => {
    const callbacks = { onEpochEnd: () => {} };
    await expect(tuner().search(train, { callbacks, workers: 1 })).rejects.toThrow(
      /callbacks can't be sent.*fit: \(hp\) =>/s,
    );
  });

  test("is a function that trains no model: it takes a module of its own", async () => {
    const { build: _, ...options } = { build: 0, run: () => 1 };
    const searched = new index.Tuner({
      ...options,
      oracle: index.randomSearch({ maxTrials: 1 }),
      objective: { name: "score", direction: "min" },
      progress: false,
    });
    await expect(searched.search({ workers: 2 })).rejects.toThrow(/workerPool/);
  });
});
