import { execFileSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import * as tf from "@tensorflow/tfjs-node";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type CompiledTrainer, compileTrainer } from "../testing/compiled-trainer";
import { samples, weightsOf } from "../testing/models";

const { xs, ys } = samples(40);
const data = { x: xs, y: ys };
const QUIET = { epochs: 2, batchSize: 8, seed: 3 } as const;

let trainer: CompiledTrainer;
let index: CompiledTrainer["index"];
beforeAll(() => {
  trainer = compileTrainer();
  ({ index } = trainer);
});
afterAll(() => trainer.remove());

/** The same weights each time, and an optimizer with state. */
function network(units = 5): tf.LayersModel {
  const init = () => ({ kernelInitializer: tf.initializers.glorotUniform({ seed: 3 }) });
  const layers = [
    tf.layers.dense({ units, activation: "relu", inputShape: [4], ...init() }),
    tf.layers.batchNormalization(),
    tf.layers.dropout({ rate: 0.3 }),
    tf.layers.dense({ units: 3, activation: "softmax", ...init() }),
  ];
  const model = tf.sequential({ layers });
  const optimizer = tf.train.adam(0.02);
  model.compile({ optimizer, loss: "categoricalCrossentropy", metrics: ["accuracy"] });
  return model;
}

const rows = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => from + i);

function expectClose(ours: number[][], theirs: number[][]): void {
  expect(ours.map((list) => list.length)).toEqual(theirs.map((list) => list.length));
  ours.flat().forEach((value, place) => {
    expect(value).toBeCloseTo(theirs.flat()[place] as number, 5);
  });
}

function values(results: PromiseSettledResult<unknown>[]) {
  return results.map((result) => (result.status === "fulfilled" ? result.value : result.reason));
}

describe("models that are trained in processes", () => {
  test("are trained as here, and go on from there, whatever the number of processes", async () => {
    const [here, two, one] = [5, 6, 7].map((_) => [network(4), network(9)]) as [
      tf.LayersModel[],
      tf.LayersModel[],
      tf.LayersModel[],
    ];
    const options = { ...QUIET, verbose: 0, validationData: [xs, ys] as [tf.Tensor, tf.Tensor] };
    const wanted = [];
    for (const model of here) {
      const { history } = await index.compile(model).fit(xs, ys, options);
      await index.compile(model).fit(xs, ys, { ...options, initialEpoch: 2, epochs: 3 });
      wanted.push(history);
    }
    const all = { ...data, validation: data };
    const heard: string[] = [];
    const onEpochEnd = (model: number, epoch: number) => void heard.push(`${model} ${epoch}`);
    const results = values(await index.trainAll(two, all, { ...QUIET, workers: 2, onEpochEnd }));
    await index.trainAll(one, all, { ...QUIET, workers: 1 });
    expect(heard.sort()).toEqual(["0 0", "0 1", "1 0", "1 1"]);
    for (const [place, found] of results.entries()) {
      expect(found).toMatchObject({ epoch: [0, 1], explanation: { way: "graph" } });
      const { history } = found as { history: Record<string, number[]> };
      expect(Object.keys(history)).toEqual(Object.keys(wanted[place] ?? {}));
      expectClose(Object.values(history), Object.values(wanted[place] ?? {}) as number[][]);
    }
    expect(two.map(weightsOf)).toEqual(one.map(weightsOf));
    for (const [place, model] of two.entries()) {
      await index.compile(model).fit(xs, ys, { ...options, initialEpoch: 2, epochs: 3 });
      expectClose(weightsOf(model), weightsOf(here[place] as tf.LayersModel));
    }
  }, 60_000);

  test("each on its fold", async () => {
    const folds = [
      { train: rows(0, 30), validation: rows(30, 40) },
      { train: rows(10, 40), validation: rows(0, 10) },
    ];
    const models = [network(), network()];
    const results = values(await index.trainAll(models, { ...data, folds }, QUIET));
    for (const [place, { train, validation }] of folds.entries()) {
      const take = (numbers: number[]) => [tf.gather(xs, numbers), tf.gather(ys, numbers)] as const;
      const [x, y] = take(train);
      const model = network();
      const { history } = await index.compile(model).fit(x, y, {
        ...QUIET,
        verbose: 0,
        validationData: [...take(validation)],
      });
      const found = results[place] as { history: Record<string, number[]> };
      expectClose(Object.values(found.history), Object.values(history) as number[][]);
      expectClose(weightsOf(models[place] as tf.LayersModel), weightsOf(model));
    }
  }, 60_000);

  test("each until it gets no better", async () => {
    const [model, here] = [network(), network()];
    // Hardly anything is so much better that the second epoch without it isn't the last.
    const earlyStopping = { monitor: "loss", minDelta: 10, patience: 2 };
    const options = { ...QUIET, epochs: 9 };
    const [found] = values(await index.trainAll([model], data, { ...options, earlyStopping }));
    const stock = tf.callbacks.earlyStopping(earlyStopping);
    await index.compile(here).fit(xs, ys, { ...options, verbose: 0, callbacks: [stock] });
    expect(found).toMatchObject({ epoch: [0, 1, 2] });
    expectClose(weightsOf(model), weightsOf(here));
  }, 60_000);

  test("a process that dies takes its model's training with it and no other", async () => {
    const [first, second] = [network(), network()];
    const before = weightsOf(first);
    let isKilled = false;
    const results = await index.trainAll([first, second], data, {
      ...QUIET,
      epochs: 400,
      workers: 1,
      onEpochEnd(model) {
        if (model !== 0 || isKilled) return;
        isKilled = true;
        const pattern = ["-P", String(process.pid), "-f", "parallel/worker-main.js"];
        const [pid] = execFileSync("pgrep", pattern, { encoding: "utf8" }).split("\n");
        process.kill(Number(pid), "SIGKILL");
      },
    });
    expect(results[0]).toMatchObject({
      status: "rejected",
      reason: {
        message: expect.stringMatching(/process that trained the model was ended by SIGKILL/),
      },
    });
    expect(results[1]?.status).toBe("fulfilled");
    expect(weightsOf(first)).toEqual(before);
    expect(weightsOf(second)).not.toEqual(before);
  }, 60_000);

  test("an abort ends them, and leaves models and disk as they were", async () => {
    const model = network();
    const before = weightsOf(model);
    const abort = new AbortController();
    const onEpochEnd = () => abort.abort(new Error("enough"));
    const { signal } = abort;
    const options = { ...QUIET, epochs: 100_000, signal, onEpochEnd };
    const results = await index.trainAll([model, network()], data, options);
    expect(results).toMatchObject(
      Array(2).fill({ status: "rejected", reason: { message: "enough" } }),
    );
    expect(weightsOf(model)).toEqual(before);
    expect(readdirSync(tmpdir()).filter((name) => /^headroom-train-all/.test(name))).toEqual([]);
  }, 60_000);
});

describe("what can't be is told before anything runs", () => {
  const withLoss = () => {
    const model = network();
    model.compile({ optimizer: "sgd", loss: (a: tf.Tensor, b: tf.Tensor) => a.sub(b).square() });
    return model;
  };
  test.each<[string, () => tf.LayersModel, object, RegExp]>([
    ["a loss that is a function", withLoss, {}, /the loss of .* is a function/],
    ["a model without an optimizer", () => tf.sequential(), {}, /call model.compile/],
    ["a schedule", network, { learningRate: () => 1 }, /an option is a function/],
    [
      "an early stopping that tfjs lacks",
      network,
      { earlyStopping: { restoreBestWeights: true } },
      /earlyStopping can't be: restoreBestWeights/,
    ],
    ["no workers", network, { workers: 0 }, /workers is a whole number from 1 on, but it is 0/],
    ["seeds for other models", network, { seed: [1, 2] }, /seed has 2 entries for 1 models/],
    ["a seed that is none", network, { seed: [1.5] }, /seed is a whole number/],
  ])("%s", async (_, make, options, message) => {
    await expect(index.trainAll([make()], data, options)).rejects.toThrow(message);
  });

  test("a fold of samples that there are not", async () => {
    const folds = [{ train: [40] }];
    await expect(index.trainAll([network()], { ...data, folds })).rejects.toThrow(/sample 40.* 40/);
  });
});
