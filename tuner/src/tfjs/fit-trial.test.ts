import * as tf from "@tensorflow/tfjs-node";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { FailedTrialError, InterruptedTrialError, PrunedTrialError } from "../errors";
import type { TrialHooks, TrialTask } from "../execution/trial-program";
import type { HyperParameters } from "../search-space/hyperparameters";
import type { Budget } from "../trials/trial";
import { type CheckpointStore, memoryCheckpoints } from "./checkpoint-store";
import { type FitTrialSettings, fitTrial } from "./fit-trial";
import { loadTrainer } from "./node-trainer";
import type { Tf } from "./tensorflow";
import type { TensorData } from "./training-data";

const TF = tf as unknown as Tf;

let train: TensorData;
let validation: TensorData;
beforeEach(() => {
  const x = tf.randomNormal([64, 4], 0, 1, "float32", 1);
  const y = tf.tidy(() => tf.oneHot(x.argMax(1), 4).toFloat());
  train = { x, y };
  validation = { x: x.slice([0], [20]), y: y.slice([0], [20]) };
});
afterEach(() => {
  tf.dispose([train.x, train.y, validation.x, validation.y]);
});

function build(hp: HyperParameters): tf.LayersModel {
  const model = tf.sequential();
  model.add(tf.layers.dense({ units: hp.int("units", { min: 4, max: 16 }), inputShape: [4] }));
  model.add(tf.layers.dropout({ rate: 0.2 }));
  model.add(tf.layers.dense({ units: 4, activation: "softmax" }));
  model.compile({
    optimizer: tf.train.adam(0.01),
    loss: "categoricalCrossentropy",
    metrics: ["accuracy"],
  });
  return model;
}

const objectives = [{ name: "val_accuracy", direction: "max" }] as const;

const task = (over: Partial<TrialTask> = {}): TrialTask => ({
  id: "0000",
  number: 0,
  values: { units: 8 },
  parameters: [],
  budget: undefined,
  seed: 42,
  executions: 1,
  ...over,
});

const budget = (initialEpoch: number, epochs: number, promotedFrom?: string): Budget => ({
  initialEpoch,
  epochs,
  bracket: 1,
  bracketNumber: 0,
  round: promotedFrom === undefined ? 0 : 1,
  ...(promotedFrom === undefined ? {} : { promotedFrom }),
});

/** Collects what a trial tells; `answer` is the pruner's. */
function listen(answer: (step: number) => string | undefined = () => undefined) {
  const reports: { step: number; metrics: Readonly<Record<string, number>> }[] = [];
  const defined: string[] = [];
  const abort = new AbortController();
  const hooks: TrialHooks = {
    define: ({ name }) => void defined.push(name),
    report: async (metrics, step) => {
      reports.push({ step, metrics });
      return answer(step);
    },
    note: () => {},
    signal: abort.signal,
  };
  return { hooks, reports, defined, abort };
}

const compiled = await loadTrainer(TF);

test("the trainer is there", () => {
  expect(compiled).toBeDefined();
});

describe.each([
  ["stock TensorFlow.js", undefined],
  ["the trainer", compiled],
])("with %s", (_, trainer) => {
  const settingsWith = (over: Partial<FitTrialSettings> = {}): FitTrialSettings => ({
    build,
    train,
    validation,
    folds: undefined,
    objectives,
    fit: {},
    checkpoints: undefined,
    trainer,
    ...over,
  });

  async function run(over: Partial<FitTrialSettings> = {}, given: TrialTask = task()) {
    const { hooks, reports } = listen();
    await fitTrial(TF, settingsWith(over))(given, hooks);
    return reports;
  }

  test("every epoch is reported, with validation and with Keras's name of accuracy", async () => {
    const reports = await run({ fit: { epochs: 3 } });
    expect(reports.map(({ step }) => step)).toEqual([0, 1, 2]);
    expect(Object.keys(reports[0]?.metrics ?? {}).sort()).toEqual(
      ["acc", "accuracy", "loss", "val_acc", "val_accuracy", "val_loss"].sort(),
    );
  });

  test("the same trial gives the same metrics, whatever was drawn before; another seed others", async () => {
    const one = await run({ fit: { epochs: 2 } });
    Math.random();
    expect(await run({ fit: { epochs: 2 } })).toEqual(one);
    expect(await run({ fit: { epochs: 2 } }, task({ seed: 43 }))).not.toEqual(one);
  });

  test("Math.random is itself again after a trial, also after one that failed", async () => {
    const { random } = Math;
    await run();
    expect(Math.random).toBe(random);
    const fail = () => {
      throw new Error("no model today");
    };
    await expect(run({ build: fail })).rejects.toThrow("no model today");
    expect(Math.random).toBe(random);
  });

  test("a promoted trial goes on to the bit as one that never stopped", async () => {
    const checkpoints = memoryCheckpoints();
    const whole = await run({ checkpoints: memoryCheckpoints() }, task({ budget: budget(0, 5) }));
    const begun = await run({ checkpoints }, task({ budget: budget(0, 2) }));
    const next = task({ id: "0001", number: 1, budget: budget(2, 5, "0000") });
    expect([...begun, ...(await run({ checkpoints }, next))]).toEqual(whole);
  });

  test("a promoted trial without its checkpoint says what is missing", async () => {
    const next = task({ id: "0001", budget: budget(2, 5, "0000") });
    await expect(run({ checkpoints: memoryCheckpoints() }, next)).rejects.toThrow(/trial 0000/);
  });

  test("executions and folds are reported at the same steps, each with weights of its own", async () => {
    const rows = (from: number, to: number) =>
      Array.from({ length: to - from }, (_, i) => from + i);
    const folds = [
      { train: rows(0, 32), validation: rows(32, 64) },
      { train: rows(32, 64), validation: rows(0, 32) },
    ];
    const reports = await run({ folds, fit: { epochs: 2 } }, task({ executions: 2 }));
    expect(reports.map(({ step }) => step)).toEqual([0, 1, 0, 1, 0, 1, 0, 1]);
    expect(new Set(reports.map(({ metrics }) => metrics.loss)).size).toBe(8);
  });

  test("a fold that names no sample, or none at all, is refused", async () => {
    const folds = (train: number[], validation: number[]) => [{ train, validation }];
    await expect(run({ folds: folds([0, 64], [1]) })).rejects.toThrow(/row 64.*0 to 63/);
    await expect(run({ folds: folds([0, 1], []) })).rejects.toThrow(/empty/);
  });

  test("epochs and batch size may be searched, too", async () => {
    const { hooks, reports, defined } = listen();
    const fit = (hp: HyperParameters) => ({
      epochs: hp.int("epochs", { min: 2, max: 5 }),
      batchSize: hp.choice("batchSize", [16, 32]),
    });
    await fitTrial(TF, settingsWith({ fit }))(task({ values: { units: 8, epochs: 4 } }), hooks);
    expect(reports).toHaveLength(4);
    expect(defined).toEqual(["units", "epochs", "batchSize"]);
  });

  test("a callback that stops training ends the trial as complete", async () => {
    const stop = tf.callbacks.earlyStopping({ monitor: "val_loss", patience: 1, minDelta: 1e9 });
    expect(await run({ fit: { epochs: 9, callbacks: stop } })).toHaveLength(2);
  });

  test("a training that is stopped from outside in mid-epoch is interrupted, not over", async () => {
    let made: tf.LayersModel | undefined;
    const remembered = (hp: HyperParameters) => {
      made = build(hp);
      return made;
    };
    const { hooks, reports } = listen((step) => {
      if (step === 1) {
        setTimeout(() => {
          if (made !== undefined) made.stopTraining = true;
        });
      }
      return undefined;
    });
    const fit = { epochs: 1000, batchSize: 1, yieldEvery: "batch" as const };
    const ended = fitTrial(TF, settingsWith({ build: remembered, fit }))(task(), hooks);
    await expect(ended).rejects.toThrow(InterruptedTrialError);
    expect(reports.length).toBeLessThan(1000);
  });

  test("a callback that stops training in mid-epoch ends the trial with the epochs before", async () => {
    let batches = 0;
    let made: tf.LayersModel | undefined;
    const remembered = (hp: HyperParameters) => {
      made = build(hp);
      return made;
    };
    const callbacks = {
      onBatchEnd: () => {
        if (++batches === 6 && made !== undefined) made.stopTraining = true;
      },
    };
    const fit = { epochs: 9, batchSize: 16, callbacks };
    expect(await run({ build: remembered, fit })).toHaveLength(1);
  });

  test("callbacks hear of the training once, of each epoch, and of batches if they ask", async () => {
    const callbacks = {
      onTrainBegin: vi.fn(),
      onTrainEnd: vi.fn(),
      onEpochEnd: vi.fn(),
      onBatchEnd: vi.fn(),
    };
    await run({ fit: { epochs: 2, batchSize: 32, callbacks } });
    expect(callbacks.onTrainBegin).toHaveBeenCalledTimes(1);
    expect(callbacks.onTrainEnd).toHaveBeenCalledTimes(1);
    expect(callbacks.onEpochEnd.mock.calls.map(([epoch]) => epoch)).toEqual([0, 1]);
    expect(callbacks.onBatchEnd).toHaveBeenCalledTimes(4);
  });

  describe("a trial ends early", () => {
    const settings = () => ({
      ...settingsWith({ fit: { epochs: 9 } }),
      checkpoints: memoryCheckpoints(),
    });

    test("by the pruner, with its reason, and leaves no checkpoint", async () => {
      const { hooks, reports } = listen((step) =>
        step === 1 ? "worse than the median" : undefined,
      );
      const given = settings();
      const ended = fitTrial(TF, given)(task(), hooks);
      await expect(ended).rejects.toThrow(PrunedTrialError);
      await expect(ended).rejects.toThrow("worse than the median");
      expect(reports).toHaveLength(2);
      expect(given.checkpoints.ids()).toEqual([]);
    });

    test("by the end of the search", async () => {
      const { hooks, abort, reports } = listen((step) => {
        if (step === 2) abort.abort();
        return undefined;
      });
      await expect(fitTrial(TF, settings())(task(), hooks)).rejects.toThrow(/abort/i);
      expect(reports).toHaveLength(3);
    });

    test("by its own code", async () => {
      const give = () => {
        throw new FailedTrialError("too large");
      };
      await expect(run({ build: give })).rejects.toThrow(FailedTrialError);
    });
  });

  test.each([
    ["nothing", () => undefined, /expected it to return a model/],
    ["a model that is not compiled", () => tf.sequential(), /compile/],
  ])("a builder that returns %s is told so", async (_, wrong, message) => {
    await expect(run({ build: wrong as unknown as typeof build })).rejects.toThrow(message);
  });

  test("200 trials leave no tensor behind, whatever their code forgot", async () => {
    const careless = (hp: HyperParameters) => {
      tf.scalar(1);
      tf.variable(tf.scalar(2));
      return build(hp);
    };
    const checkpoints: CheckpointStore = { ...memoryCheckpoints(), write: () => {} };
    await run({ build: careless, checkpoints });
    const before = tf.memory().numTensors;
    for (let number = 1; number < 200; number++) {
      await run({ build: careless, checkpoints }, task({ number, seed: number }));
    }
    expect(tf.memory().numTensors).toBe(before);
  }, 60_000);
});
