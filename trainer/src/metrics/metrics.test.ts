import * as tf from "@tensorflow/tfjs-node";
import { describe, expect, test } from "vitest";
import {
  largestDifference,
  modelOf,
  optimizerOf,
  readCases,
  tensorsOf,
} from "../../fixtures/keras-cases.mjs";
import { planTraining } from "../program/plan";
import { graphSteps, type StepOptions } from "../testing/stock-steps";

type MetricFunction = (target: tf.Tensor, prediction: tf.Tensor) => tf.Tensor;
type Metric = string | MetricFunction;

/** A compiled model with random weights and data of ten samples. */
function prepared(loss: string, metrics: Metric[], units = 3, shape = [4]) {
  const activation = loss === "binaryCrossentropy" ? "sigmoid" : "softmax";
  const model = tf.sequential({
    layers: [tf.layers.dense({ units, activation, inputShape: shape })],
  });
  const optimizer = tf.train.sgd(0.05);
  // A plan for stock tfjs takes functions, though its types know names only.
  model.compile({ optimizer, loss, metrics: metrics as string[] });
  const inputs = [tf.randomNormal([10, ...shape], 0, 1, "float32", 7)];
  const rows = [10, ...shape.slice(0, -1)];
  const random = (size: number) => tf.randomUniform([...rows, size], 0, 1, "float32", 9);
  const target = {
    binaryCrossentropy: () => random(units).greater(0.5).toFloat(),
    categoricalCrossentropy: () => tf.oneHot(random(units).argMax(-1), units).toFloat(),
    sparseCategoricalCrossentropy: () => random(1).mul(units).floor(),
    meanSquaredError: () => random(units),
  }[loss] as () => tf.Tensor;
  const options: StepOptions = { inputs, targets: [target()], batchSize: 4, steps: 3 };
  return { model, options };
}

/** The metrics of one epoch, by their names in the history. */
function metricsOf(model: tf.LayersModel, options: StepOptions): Record<string, number> {
  const { sums } = graphSteps(model, options);
  const { losses, metrics } = planTraining(model);
  let place = 2 + losses.length;
  return Object.fromEntries(
    metrics.map(({ name, emitter }) => {
      const own = sums.slice(place, place + emitter.size);
      place += emitter.size;
      return [name, emitter.result(own)];
    }),
  );
}

async function expectAsStock({ model, options }: ReturnType<typeof prepared>) {
  const ours = metricsOf(model, options);
  const [x, y] = [options.inputs[0] as tf.Tensor, [...options.targets]];
  const { batchSize } = options;
  const history = await model.fit(x, y, { batchSize, epochs: 1, shuffle: false, verbose: 0 });
  expect(Object.keys(ours).length).toBeGreaterThan(0);
  for (const [name, value] of Object.entries(ours)) {
    const theirs = history.history[name]?.[0] as number;
    expect(Math.abs(value - theirs), name).toBeLessThan(1e-5 * Math.max(1, Math.abs(theirs)));
  }
}

const { metrics } = tf;

describe("metrics of an epoch are those of stock tfjs", () => {
  test.each([
    ["categoricalCrossentropy", 3, [4]],
    ["sparseCategoricalCrossentropy", 3, [4]],
    ["binaryCrossentropy", 3, [4]],
    ["meanSquaredError", 3, [4]],
    ["binaryCrossentropy", 1, [4]],
    ["meanSquaredError", 1, [4]],
    ["categoricalCrossentropy", 3, [2, 4]],
    ["sparseCategoricalCrossentropy", 3, [2, 4]],
  ] as const)("accuracy and crossentropy with %s, %i outputs of %j", async (loss, units, shape) => {
    await expectAsStock(prepared(loss, ["accuracy", "crossentropy"], units, [...shape]));
    await expectAsStock(prepared(loss, ["acc", "ce"], units, [...shape]));
  });

  test("all other names", async () => {
    const names = ["binaryAccuracy", "categoricalAccuracy", "categoricalCrossentropy", "cosine"];
    await expectAsStock(prepared("categoricalCrossentropy", names));
    for (const name of ["mse", "MSE", "mae", "MAE", "mape", "MAPE", "precision"]) {
      await expectAsStock(prepared("meanSquaredError", [name]));
    }
    const sparse = ["sparseCategoricalCrossentropy"];
    await expectAsStock(prepared("sparseCategoricalCrossentropy", sparse));
  });

  test("functions", async () => {
    await expectAsStock(
      prepared("meanSquaredError", [
        metrics.r2Score,
        metrics.meanAbsoluteError,
        metrics.cosineProximity,
        metrics.binaryCrossentropy,
      ]),
    );
    const found = [metrics.sparseCategoricalAccuracy];
    await expectAsStock(prepared("sparseCategoricalCrossentropy", found));
    await expectAsStock(prepared("sparseCategoricalCrossentropy", found, 3, [2, 4]));
    await expectAsStock(
      prepared("binaryCrossentropy", [metrics.binaryAccuracy, tf.losses.huberLoss]),
    );
  });

  test("each of two outputs has its own", async () => {
    const input = tf.input({ shape: [4] });
    const head = (units: number, name: string) =>
      tf.layers.dense({ units, name, activation: "softmax" }).apply(input) as tf.SymbolicTensor;
    const model = tf.model({ inputs: input, outputs: [head(3, "kind"), head(2, "share")] });
    model.compile({
      optimizer: tf.train.sgd(0.05),
      loss: { kind: "sparseCategoricalCrossentropy", share: "meanSquaredError" },
      metrics: { kind: "accuracy", share: "mae" },
    });
    const targets = [tf.range(0, 10).mod(3).expandDims(1), tf.randomUniform([10, 2], 0, 1)];
    const inputs = [tf.randomNormal([10, 4], 0, 1, "float32", 7)];
    await expectAsStock({ model, options: { inputs, targets, batchSize: 4, steps: 3 } } as never);
  });
});

test("precision and recall are those of the whole epoch", async () => {
  // The predictions are the inputs: 0 or 1, which tfjs alone counts.
  const model = tf.sequential({
    layers: [tf.layers.dense({ units: 1, useBias: false, inputShape: [1] })],
  });
  model.setWeights([tf.tensor2d([[1]])]);
  const names = [metrics.precision, metrics.recall] as Metric[] as string[];
  model.compile({ optimizer: tf.train.sgd(0), loss: "meanSquaredError", metrics: names });
  const column = (values: number[]) => tf.tensor2d(values, [values.length, 1]);
  const options = (batchSize: number): StepOptions => ({
    inputs: [column([1, 1, 1, 0, 0, 1, 0, 0])],
    targets: [column([1, 0, 1, 0, 1, 1, 1, 0.5])],
    batchSize,
    steps: 8 / batchSize,
  });
  // Three of four predictions and three of five targets, counted by hand; 0.5 is neither.
  const [inBatches, atOnce] = [4, 8].map((size) => metricsOf(model, options(size)));
  expect(Object.values(inBatches ?? {})).toEqual([0.75, 0.6]);
  expect(atOnce).toEqual(inBatches);
  await expectAsStock({ model, options: options(8) });
  const none = { ...options(8), inputs: [column([0, 0, 0, 0, 0, 0, 0, 0])] };
  expect(Object.values(metricsOf(model, none))).toEqual([0, 0]);
});

/** Keras's names are functions of tfjs, which takes few names. */
const BY_NAME = metrics as unknown as Readonly<Record<string, MetricFunction>>;

test.each(readCases("metrics"))("Keras has the same: $name", async (from) => {
  const model = await modelOf(tf, from);
  const names = Object.keys(from.metrics ?? {});
  const wanted = names.map((name): Metric => BY_NAME[name] ?? name) as string[];
  model.compile({ optimizer: optimizerOf(tf, from), loss: from.loss, metrics: wanted });
  const batches = from.batches.map(([start, end]) => {
    const part = (tensors: tf.Tensor[]) =>
      tensors.map((tensor) => tensor.slice(start, end - start));
    const size = end - start;
    const steps = { batchSize: size, steps: 1 };
    return {
      ...steps,
      inputs: part(tensorsOf(tf, from.inputs)),
      targets: part(tensorsOf(tf, from.targets)),
    };
  });
  // With the first weights, as Keras's are before the first step.
  const first = Object.values(metricsOf(model, batches[0] as StepOptions));
  expect(
    largestDifference(
      first,
      names.map((name) => from.metrics?.[name]?.[0] as number),
    ),
  ).toBeLessThan(1e-5);
});

test("a function of the user's own is refused", () => {
  const { model } = prepared("meanSquaredError", [(target) => target.mean()]);
  expect(() => planTraining(model)).toThrow(/metric of the output dense.*tfjs's own/);
});
