import * as tf from "@tensorflow/tfjs-node";
import { describe, expect, test } from "vitest";
import { compile } from "../index";
import { samples, weightsOf } from "../testing/models";
import { optimizerEmitterOf } from "./registry";

const { xs, ys } = samples();
/** Six steps. */
const EPOCH = { batchSize: 4, epochs: 1, verbose: 0, shuffle: false } as const;

const MAKERS: readonly (readonly [string, () => tf.Optimizer])[] = [
  ["SGD", () => tf.train.sgd(0.1)],
  ["momentum", () => tf.train.momentum(0.05, 0.8)],
  ["Nesterov", () => tf.train.momentum(0.05, 0.8, true)],
  ["Adagrad", () => tf.train.adagrad(0.1, 0.2)],
  ["Adadelta", () => tf.train.adadelta(1, 0.9)],
  ["Adam", () => tf.train.adam(0.02, 0.8, 0.99, 1e-8)],
  ["Adamax", () => tf.train.adamax(0.02, 0.8, 0.99, 1e-7, 0.1)],
  ["RMSProp", () => tf.train.rmsprop(0.01, 0.9, 0.5)],
  ["RMSProp, centered", () => tf.train.rmsprop(0.01, 0.9, 0.5, 1e-3, true)],
];
/** Those whose steps are tfjs's up to rounding; for Adam with so small an epsilon. */
const SAME = MAKERS.filter(([name]) => name !== "Adadelta" && name !== "RMSProp, centered");

/** All its models have layers of the same names, so that variables are called `hidden/kernel_1`. */
function modelWith(optimizer: tf.Optimizer): tf.Sequential {
  const kernelInitializer = tf.initializers.glorotUniform({ seed: 3 });
  const model = tf.sequential();
  model.add(
    tf.layers.dense({
      name: "hidden",
      units: 5,
      activation: "relu",
      inputShape: [4],
      kernelInitializer,
    }),
  );
  model.add(tf.layers.dense({ name: "out", units: 3, activation: "softmax", kernelInitializer }));
  model.compile({ optimizer, loss: "categoricalCrossentropy" });
  return model;
}

type Train = (
  model: tf.Sequential,
  options?: { readonly batchSize: number },
) => Promise<tf.History>;
const stock: Train = (model, options) => model.fit(xs, ys, { ...EPOCH, ...options });
const graph: Train = (model, options) =>
  compile(model, { way: "graph" }).fit(xs, ys, { ...EPOCH, ...options });

/** All that the optimizer keeps, by tfjs's names for it, and what it has counted. */
function stateOf({ optimizer }: tf.LayersModel) {
  const entries = Object.values(optimizer).filter(Array.isArray).flat() as {
    readonly originalName: string;
    readonly variable: tf.Tensor;
  }[];
  const scalars = ["accBeta1", "accBeta2", "iteration"].flatMap((field): number[] => {
    const kept = Reflect.get(optimizer, field) as tf.Tensor | undefined;
    return kept === undefined ? [] : [...kept.dataSync()];
  });
  const names = entries.map(({ originalName }) => originalName);
  const values = entries.map(({ variable }) => [...variable.dataSync()]);
  return { names, values, scalars, iterations: optimizer.iterations };
}

function expectClose(ours: readonly number[], theirs: readonly number[]): void {
  expect(ours).toHaveLength(theirs.length);
  for (const [index, value] of ours.entries())
    expect(value).toBeCloseTo(theirs[index] as number, 5);
}

describe("stock tfjs, graph and stock again in one training is stock throughout", () => {
  test.each(SAME)("%s", async (_name, make) => {
    const [ours, theirs] = [modelWith(make()), modelWith(make())];
    await stock(ours);
    const { names } = stateOf(ours);
    await graph(ours);
    expect(stateOf(ours).names).toEqual(names);
    await stock(ours);
    for (const train of [stock, stock, stock]) await train(theirs);
    expectClose(weightsOf(ours).flat(), weightsOf(theirs).flat());
    const [mine, wanted] = [stateOf(ours), stateOf(theirs)];
    expect(mine.iterations).toBe(18);
    expect(mine.iterations).toBe(wanted.iterations);
    expectClose(mine.values.flat(), wanted.values.flat());
    expectClose(mine.scalars, wanted.scalars);
  });
});

describe("where steps differ from tfjs's, the means of the first gradients still have its places", () => {
  const [adadelta, centered] = MAKERS.filter((maker) => !SAME.includes(maker)).map(
    ([, make]) => make,
  );
  test.each([
    ["accumulatedGrads", adadelta],
    ["accumulatedMeanSquares", centered],
    ["accumulatedMeanGrads", centered],
  ] as const)("%s", async (field, make) => {
    const [ours, theirs] = [graph, stock].map(async (train) => {
      const model = modelWith((make as () => tf.Optimizer)());
      await train(model, { batchSize: 100 });
      const kept = Reflect.get(model.optimizer, field) as readonly {
        readonly variable: tf.Tensor;
      }[];
      return kept.flatMap(({ variable }) => [...variable.dataSync()]);
    }) as [Promise<number[]>, Promise<number[]>];
    const means = await ours;
    // Squares are as small as 1e-5, so the places that count come later.
    expect(Math.max(...means)).toBeGreaterThan(1e-4);
    for (const [index, value] of (await theirs).entries())
      expect(means[index]).toBeCloseTo(value, 8);
  });
});

describe("a second compiled training goes on to the bit", () => {
  test.each(MAKERS)("%s", async (_name, make) => {
    const [parted, whole] = [modelWith(make()), modelWith(make())];
    await graph(parted);
    const before = weightsOf(parted);
    await graph(parted);
    await compile(whole, { way: "graph" }).fit(xs, ys, { ...EPOCH, epochs: 2 });
    expect(weightsOf(parted)).not.toEqual(before);
    expect(weightsOf(parted)).toEqual(weightsOf(whole));
    // tfjs gives the weights of each model other names.
    const { names: _names, ...kept } = stateOf(parted);
    expect(stateOf(whole)).toMatchObject(kept);
  });
});

describe("what is written is read", () => {
  test.each(MAKERS)("%s", async (_name, make) => {
    const optimizer = make();
    const emitter = optimizerEmitterOf(optimizer);
    const kinds = emitter.slots(optimizer);
    const written = (size: number, shift: number) =>
      ["a", "b"].map((name) => ({
        name,
        slots: kinds.map((_, slot) => tf.randomNormal([size, 3], 0, 1, "float32", slot + shift)),
      }));
    const valuesOf = (tensors: readonly tf.Tensor[] | undefined) =>
      tensors?.map((tensor) => [...tensor.dataSync()]);
    if (kinds.length > 0) expect(emitter.read(optimizer, 0)).toBeUndefined();
    // The third has other shapes, as with another model.
    const tensors = [];
    for (const [size, shift] of [
      [2, 1],
      [2, 9],
      [5, 17],
    ] as const) {
      const state = written(size, shift);
      const values = state.map(({ slots }) => valuesOf(slots));
      emitter.write(optimizer, state, shift);
      tensors.push(tf.memory().numTensors);
      expect(optimizer.iterations).toBe(shift);
      expect([0, 1].map((index) => valuesOf(emitter.read(optimizer, index)))).toEqual(values);
    }
    expect(new Set(tensors).size).toBe(1);
  });
});

test("a model with fewer weights frees what the others had", () => {
  const optimizer = tf.train.adam();
  const emitter = optimizerEmitterOf(optimizer);
  const before = tf.memory().numTensors;
  const state = (...names: readonly string[]) =>
    names.map((name) => ({ name, slots: [tf.ones([2]), tf.ones([2])] }));
  emitter.write(optimizer, state("a", "b", "c"), 1);
  emitter.write(optimizer, state("a"), 2);
  expect(tf.memory().numTensors).toBe(before + 2);
  expect(emitter.read(optimizer, 1)).toBeUndefined();
});

describe("compiled trainings leave no tensors behind", () => {
  test.each(MAKERS)("%s", async (_name, make) => {
    // tfjs itself leaves some: the rate of momentum.
    const left = async (...trainings: readonly Train[]) => {
      const before = tf.memory().numTensors;
      const model = modelWith(make());
      for (const train of trainings) await train(model);
      model.optimizer.dispose();
      for (const weight of model.weights) weight.dispose();
      return tf.memory().numTensors - before;
    };
    const byStock = await left(stock);
    expect(await left(graph)).toBe(byStock);
    expect(await left(stock, graph, graph, stock, graph)).toBe(byStock);
  });
});
