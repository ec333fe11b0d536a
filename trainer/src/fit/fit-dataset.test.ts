import * as tf from "@tensorflow/tfjs-node";
import { describe, expect, test, vi } from "vitest";
import { compile, type FitDatasetOptions } from "../index";
import { classifier, samples, weightsOf } from "../testing/models";

const { xs, ys } = samples();
const SIZES = [4, 4, 4, 4, 4, 2];
const QUIET = { epochs: 3, verbose: 0 } as const;

/** The samples in batches of these sizes. */
function batches(sizes: readonly number[]) {
  return tf.data.generator(function* () {
    let begin = 0;
    for (const size of sizes) {
      yield { xs: xs.slice(begin, size), ys: ys.slice(begin, size) };
      begin += size;
    }
  });
}

function expectClose(ours: number[][], theirs: number[][]): void {
  expect(ours.map((list) => list.length)).toEqual(theirs.map((list) => list.length));
  ours.flat().forEach((value, index) => {
    expect(value).toBeCloseTo(theirs.flat()[index] as number, 5);
  });
}

type Options = Omit<FitDatasetOptions, "validationData">;
type Validation = "dataset" | "tensors" | undefined;

/** Trains one model as a graph, and one by tfjs itself, on equal data. */
async function both(sizes: readonly number[], options: Options, validation?: Validation) {
  const [ours, theirs] = [classifier(), classifier()];
  const validationData = () => {
    if (validation === "dataset") return { validationData: batches([10, 5]) };
    return validation && { validationData: [xs, ys] as [tf.Tensor, tf.Tensor] };
  };
  const warn = vi.spyOn(console, "warn").mockImplementation(() => undefined);
  const told = () => warn.mock.calls.splice(0).flat();
  const found = await compile(ours, { way: "graph" }).fitDataset(batches(sizes), {
    ...options,
    ...validationData(),
  });
  const warned = told();
  const wanted = await theirs.fitDataset(batches(sizes), { ...options, ...validationData() });
  const stockWarned = told();
  warn.mockRestore();
  return { ours, theirs, found, wanted, warned, stockWarned };
}

describe("fitDataset is tfjs's own, as a graph", () => {
  test.each<[string, readonly number[], Options, Validation?]>([
    ["with a last batch that is smaller", SIZES, QUIET],
    ["with batches of all sizes", [3, 3, 7, 2, 2, 5], QUIET],
    ["with a dataset for validation", SIZES, QUIET, "dataset"],
    ["with a part of it", SIZES, { ...QUIET, validationBatches: 1 }, "dataset"],
    ["with tensors for validation", SIZES, { ...QUIET, validationBatchSize: 5 }, "tensors"],
    ["with class weights", SIZES, { ...QUIET, classWeight: { 0: 1, 1: 5, 2: 0.5 } }],
    ["from a later epoch on", SIZES, { ...QUIET, initialEpoch: 1 }],
    ["with epochs of some batches", SIZES, { ...QUIET, batchesPerEpoch: 2 }, "tensors"],
    ["with a dataset that ends early", SIZES, { ...QUIET, batchesPerEpoch: 4 }, "tensors"],
  ])("%s", async (_name, sizes, options, validation) => {
    const results = await both(sizes, options, validation);
    const { ours, theirs, found, wanted } = results;
    expect(found.epoch).toEqual(wanted.epoch);
    expect(Object.keys(found.history)).toEqual(Object.keys(wanted.history));
    expectClose(
      Object.values(found.history) as number[][],
      Object.values(wanted.history) as number[][],
    );
    expectClose(weightsOf(ours), weightsOf(theirs));
    expect(results.warned).toEqual(results.stockWarned);
    expect(compile(ours).explanation?.way).toBe("graph");
  });

  test("with sequences of a length that differs from batch to batch", async () => {
    const make = () => {
      const kernelInitializer = tf.initializers.glorotUniform({ seed: 3 });
      const inputShape = [null, 3];
      const layer = tf.layers.conv1d({ filters: 2, kernelSize: 1, kernelInitializer, inputShape });
      const model = tf.sequential({ layers: [layer] });
      model.compile({ optimizer: tf.train.sgd(0.1), loss: "cosineProximity" });
      return model;
    };
    const lengths = tf.data.generator(function* () {
      for (const length of [5, 5, 2, 7]) {
        const random = (size: number) => tf.randomNormal([4, length, size], 0, 1, "float32", 9);
        yield { xs: random(3), ys: random(2) };
      }
    });
    const [ours, theirs] = [make(), make()];
    const { history } = await compile(ours, { way: "graph" }).fitDataset(lengths, QUIET);
    const wanted = await theirs.fitDataset(lengths, QUIET);
    expectClose([history.loss as number[]], [wanted.history.loss as number[]]);
    expectClose(weightsOf(ours), weightsOf(theirs));
  });

  test("what can't be a graph is trained by tfjs's own steps", async () => {
    const [ours, theirs] = [classifier(), classifier()];
    await compile(ours, { way: "stock" }).fitDataset(batches(SIZES), QUIET);
    await theirs.fitDataset(batches(SIZES), QUIET);
    expectClose(weightsOf(ours), weightsOf(theirs));
    expect(compile(ours).explanation?.way).toBe("stock");
    const recorded = compile(ours, { way: "trace" }).fitDataset(batches(SIZES), QUIET);
    await expect(recorded).rejects.toThrow(/a dataset can't be compiled: .* one size/);
  });
});

describe("callbacks", () => {
  test("hear of each batch where they want to, and its size", async () => {
    const heard: unknown[] = [];
    await compile(classifier()).fitDataset(batches(SIZES), {
      epochs: 1,
      verbose: 0,
      yieldEvery: "batch",
      callbacks: {
        onBatchEnd: async (batch, logs) => void heard.push([batch, logs?.size]),
      },
    });
    expect(heard).toEqual(SIZES.map((size, batch) => [batch, size]));
  });

  test("end a training without validation, and the model has its weights", async () => {
    const [ours, theirs] = [classifier(), classifier()];
    const stopping = (model: tf.LayersModel) => ({
      onBatchEnd: async (batch: number) => {
        if (batch === 1) model.stopTraining = true;
      },
    });
    const options = { ...QUIET, yieldEvery: "batch" as const };
    const validationData: [tf.Tensor, tf.Tensor] = [xs, ys];
    const { history, epoch } = await compile(ours).fitDataset(batches(SIZES), {
      ...options,
      validationData,
      callbacks: stopping(ours),
    });
    await theirs.fitDataset(batches(SIZES), {
      ...options,
      validationData,
      callbacks: stopping(theirs),
    });
    expect(epoch).toEqual([0]);
    expect(Object.keys(history)).toEqual(["loss", "acc"]);
    expectClose(weightsOf(ours), weightsOf(theirs));
  });

  test("that throw end the training, and another can begin", async () => {
    const model = classifier();
    const before = weightsOf(model);
    const tensors = tf.memory().numTensors;
    const failing = compile(model).fitDataset(batches(SIZES), {
      ...QUIET,
      callbacks: { onEpochEnd: () => Promise.reject(new Error("enough")) },
    });
    await expect(compile(model).fitDataset(batches(SIZES), QUIET)).rejects.toThrow("ongoing");
    await expect(failing).rejects.toThrow("enough");
    expect(weightsOf(model)).not.toEqual(before);
    expect(tf.memory().numTensors).toBe(tensors);
    await compile(model).fitDataset(batches(SIZES), { ...QUIET, epochs: 1 });
  });
});

test("no tensor is left behind", async () => {
  const model = classifier();
  await compile(model).fitDataset(batches(SIZES), QUIET);
  const before = tf.memory().numTensors;
  const more = { validationData: batches([10, 12]), classWeight: { 0: 1, 1: 2, 2: 3 } };
  await compile(model).fitDataset(batches([3, 3, 7, 2, 2, 5]), { ...QUIET, ...more });
  await compile(model).fitDataset(batches(SIZES), { ...QUIET, validationData: [xs, ys] });
  expect(tf.memory().numTensors).toBe(before);
});

test("several batches are one call, as soon as the pace is known", async () => {
  const ends: number[] = [];
  await compile(classifier()).fitDataset(batches(Array.from({ length: 22 }, () => 1)), {
    epochs: 8,
    verbose: 0,
    callbacks: { onBatchEnd: async (batch) => void ends.push(batch) },
  });
  expect(ends.length).toBeLessThan(8 * 22);
  expect(ends.filter((batch) => batch === 21)).toHaveLength(8);
});

describe("what can't be is told", () => {
  const elements = (...list: unknown[]) => ({
    iterator: async () => list[Symbol.iterator]() as unknown as AsyncIterator<unknown>,
  });

  test.each<[string, ReturnType<typeof elements>, object, RegExp]>([
    ["an empty dataset", elements(), {}, /the dataset is empty/],
    [
      "an element of another form",
      elements({ x: 1 }),
      {},
      /objects \{ xs, ys \}, but one is .* x$/,
    ],
    ["no epochs", elements(), { epochs: undefined }, /epochs is a whole number from 1/],
    ["a validation split", elements(), { validationSplit: 0.1 }, /give validationData/],
    ["weighted validation", elements(), { validationData: [xs, ys, ys] }, /a list of 3/],
  ])("%s", async (_name, dataset, options, message) => {
    const training = compile(classifier()).fitDataset(dataset, { ...QUIET, ...options });
    await expect(training).rejects.toThrow(message);
  });

  test("a bad batch, after the good ones before it", async () => {
    const [ours, theirs] = [classifier(), classifier()];
    const good = () => ({ xs: xs.slice(0, 4), ys: ys.slice(0, 4) });
    const bad = { xs: tf.zeros([4, 9]), ys: ys.slice(0, 4) };
    const training = compile(ours).fitDataset(elements(good(), good(), bad), QUIET);
    await expect(training).rejects.toThrow(/shape/);
    await theirs.fitDataset(elements(good(), good()) as unknown as tf.data.Dataset<never>, {
      ...QUIET,
      epochs: 1,
    });
    expectClose(weightsOf(ours), weightsOf(theirs));
  });
});
