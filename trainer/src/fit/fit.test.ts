import * as tf from "@tensorflow/tfjs-node";
import { describe, expect, test } from "vitest";
import { compile } from "../index";
import { classifier, samples, weightsOf } from "../testing/models";

const { xs, ys } = samples();
const QUIET = { batchSize: 4, epochs: 3, verbose: 0, shuffle: false } as const;

function expectClose(ours: number[][], theirs: number[][], digits = 5): void {
  expect(ours.map((list) => list.length)).toEqual(theirs.map((list) => list.length));
  ours.flat().forEach((value, index) => {
    expect(value).toBeCloseTo(theirs.flat()[index] as number, digits);
  });
}

/** What both take. */
type Options = Omit<tf.ModelFitArgs, "sampleWeight">;

async function both(options: Options) {
  const [ours, theirs] = [classifier(), classifier()];
  const found = await compile(ours, { way: "graph" }).fit(xs, ys, options);
  const wanted = await theirs.fit(xs, ys, options);
  return { ours, theirs, found, wanted };
}

describe("fit is tfjs's own, as a graph", () => {
  test.each<[string, Options]>([
    ["with a last batch that is smaller", QUIET],
    ["with validation data", { ...QUIET, validationData: [xs, ys] }],
    ["with a validation split", { ...QUIET, validationSplit: 0.3 }],
    ["with class weights", { ...QUIET, classWeight: { 0: 1, 1: 5, 2: 0.5 } }],
    ["from a later epoch on", { ...QUIET, initialEpoch: 1 }],
    ["in one batch", { ...QUIET, batchSize: 100 }],
  ])("%s", async (_name, options) => {
    const { ours, theirs, found, wanted } = await both(options);
    expect(found.epoch).toEqual(wanted.epoch);
    expect(Object.keys(found.history)).toEqual(Object.keys(wanted.history));
    expectClose(
      Object.values(found.history) as number[][],
      Object.values(wanted.history) as number[][],
    );
    expectClose(weightsOf(ours), weightsOf(theirs));
    expect(compile(ours).explanation?.way).toBe("graph");
  });

  test("goes on where stock tfjs ended, and the other way round", async () => {
    const [ours, theirs] = [classifier(), classifier()];
    await ours.fit(xs, ys, QUIET);
    await compile(ours, { way: "graph" }).fit(xs, ys, QUIET);
    await ours.fit(xs, ys, QUIET);
    await theirs.fit(xs, ys, { ...QUIET, epochs: 9 });
    expectClose(weightsOf(ours), weightsOf(theirs));
    expectClose(
      [[...(ours.predict(xs) as tf.Tensor).dataSync()]],
      [[...(theirs.predict(xs) as tf.Tensor).dataSync()]],
    );
  });

  test("sample weights are those of the same samples repeated", async () => {
    const [weighted, repeated] = [classifier(), classifier()];
    const few = { ...QUIET, batchSize: 100 };
    const sampleWeight = Array.from({ length: 22 }, (_, index) => (index < 2 ? 2 : 1));
    await compile(weighted).fit(xs, ys, { ...few, sampleWeight });
    const twice = <T extends tf.Tensor>(tensor: T) => tensor.concat(tensor.slice(0, 2)) as T;
    repeated.compile({
      // The weighted loss is divided by 22 samples, not by 24.
      optimizer: tf.train.sgd((0.1 * 24) / 22),
      loss: "categoricalCrossentropy",
    });
    await repeated.fit(twice(xs), twice(ys), few);
    expectClose(weightsOf(weighted), weightsOf(repeated));
  });
});

describe("what stock fit has not", () => {
  test("a seed makes order and weights the same again, to the bit", async () => {
    const results = [];
    for (const seed of [1, 1, 2]) {
      const model = classifier();
      await compile(model).fit(xs, ys, { ...QUIET, shuffle: true, seed });
      results.push(weightsOf(model));
    }
    expect(results[1]).toEqual(results[0]);
    expect(results[2]).not.toEqual(results[0]);
  });

  test("a training in two parts is the whole one, to the bit", async () => {
    const options = { ...QUIET, shuffle: true, seed: 5, epochs: 4 };
    const [whole, parts] = [classifier(), classifier()];
    await compile(whole).fit(xs, ys, options);
    await compile(parts).fit(xs, ys, { ...options, epochs: 2 });
    await compile(parts).fit(xs, ys, { ...options, initialEpoch: 2 });
    expect(weightsOf(parts)).toEqual(weightsOf(whole));
  });

  test("learning rates follow a schedule", async () => {
    const [ours, theirs] = [classifier(), classifier()];
    const rates = [0.5, 0.1, 0.02];
    const learningRate = (step: number) => rates[Math.floor(step / 6)] as number;
    await compile(ours).fit(xs, ys, { ...QUIET, learningRate });
    for (const rate of rates) {
      theirs.compile({ optimizer: tf.train.sgd(rate), loss: "categoricalCrossentropy" });
      await theirs.fit(xs, ys, { ...QUIET, epochs: 1 });
    }
    expectClose(weightsOf(ours), weightsOf(theirs));
  });
});

describe("callbacks", () => {
  test("are called in tfjs's order, those of batches once a call", async () => {
    const calls: string[] = [];
    const note = (name: string) => async (index?: number | object) => {
      calls.push(typeof index === "number" ? `${name} ${index}` : name);
    };
    const callbacks = {
      onTrainBegin: note("train begins"),
      onEpochBegin: note("epoch begins"),
      onBatchBegin: note("batch begins"),
      onBatchEnd: note("batch ends"),
      onEpochEnd: note("epoch ends"),
      onTrainEnd: note("train ends"),
    };
    await compile(classifier()).fit(xs, ys, { ...QUIET, epochs: 2, callbacks });
    expect(calls[0]).toBe("train begins");
    expect(calls.slice(1, 4)).toEqual(["epoch begins 0", "batch begins 0", "batch ends 0"]);
    expect(calls.filter((call) => call === "batch ends 5")).toHaveLength(2);
    expect(calls.slice(-2)).toEqual(["epoch ends 1", "train ends"]);
  });

  test("see the weights of the epoch that has ended", async () => {
    const model = classifier();
    const seen: number[][][] = [];
    const callbacks = { onEpochEnd: async () => void seen.push(weightsOf(model)) };
    await compile(model).fit(xs, ys, { ...QUIET, callbacks });
    expect(seen[2]).toEqual(weightsOf(model));
    expect(seen[0]).not.toEqual(seen[1]);
  });

  test("early stopping stops", async () => {
    const model = classifier();
    const callbacks = tf.callbacks.earlyStopping({
      monitor: "val_loss",
      minDelta: 10,
      patience: 1,
    });
    const { epoch } = await compile(model).fit(xs, ys, {
      ...QUIET,
      epochs: 20,
      validationData: [xs, ys],
      callbacks,
    });
    expect(epoch).toEqual([0, 1]);
  });

  test("a stop in mid-epoch keeps what was trained", async () => {
    const model = classifier();
    const before = weightsOf(model);
    const callbacks = {
      onBatchEnd: async () => {
        model.stopTraining = true;
      },
    };
    const { epoch } = await compile(model).fit(xs, ys, { ...QUIET, batchSize: 1, callbacks });
    expect(epoch).toEqual([0]);
    expect(weightsOf(model)).not.toEqual(before);
    await compile(model).fit(xs, ys, QUIET);
  });

  test("one that throws ends the training, and the next can begin", async () => {
    const model = classifier();
    const callbacks = { onEpochEnd: () => Promise.reject(new Error("from the callback")) };
    await expect(compile(model).fit(xs, ys, { ...QUIET, callbacks })).rejects.toThrow("callback");
    const { epoch } = await compile(model).fit(xs, ys, QUIET);
    expect(epoch).toHaveLength(3);
  });
});

describe("bad arguments", () => {
  test.each<[string, object, RegExp]>([
    ["seed", { seed: 1.5 }, /seed is a whole number from 0 on, but it is 1.5/],
    ["epochs", { epochs: 0 }, /epochs is a whole number from 1 on/],
    ["batchSize", { batchSize: -1 }, /batchSize is a whole number from 1 on/],
    ["sampleWeight", { sampleWeight: [1, 2] }, /shape \[2\].* 22 samples/],
  ])("%s", async (_name, options, message) => {
    const before = tf.memory().numTensors;
    const model = classifier();
    const made = tf.memory().numTensors - before;
    await expect(compile(model).fit(xs, ys, { ...QUIET, ...options })).rejects.toThrow(message);
    expect(tf.memory().numTensors - before).toBe(made);
  });

  test("a refusal frees what was made of the data", async () => {
    const model = classifier();
    model.compile({ optimizer: tf.train.sgd(0.1), loss: () => tf.scalar(0) });
    const whole = xs.toInt();
    const before = tf.memory().numTensors;
    await expect(compile(model, { way: "graph" }).fit(whole, ys, QUIET)).rejects.toThrow(
      /the loss/,
    );
    expect(tf.memory().numTensors).toBe(before);
  });

  test("two trainings of one model at once are refused, and the first goes on", async () => {
    const model = classifier();
    const first = compile(model).fit(xs, ys, QUIET);
    await expect(compile(model).fit(xs, ys, QUIET)).rejects.toThrow(/another fit/);
    expect((await first).epoch).toHaveLength(3);
  });

  test("a model that has not been compiled", async () => {
    const model = tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [4] })] });
    await expect(compile(model).fit(xs, ys, QUIET)).rejects.toThrow(/compile/);
  });
});

test("what can't be compiled is trained by tfjs itself, and refused where a graph is demanded", async () => {
  const make = () => {
    const model = classifier();
    const loss = (target: tf.Tensor, prediction: tf.Tensor) =>
      target
        .sub(prediction)
        .square()
        .div(prediction.max().dataSync()[0] as number);
    model.compile({ optimizer: tf.train.sgd(0.1), loss });
    return model;
  };
  const [ours, theirs] = [make(), make()];
  await expect(compile(ours, { way: "graph" }).fit(xs, ys, QUIET)).rejects.toThrow(/the loss/);
  const { history } = await compile(ours).fit(xs, ys, QUIET);
  const stock = await theirs.fit(xs, ys, QUIET);
  expect(compile(ours).explanation).toMatchObject({
    way: "stock",
    reason: expect.stringMatching(/loss/),
  });
  expectClose([history.loss as number[]], [stock.history.loss as number[]]);
  expectClose(weightsOf(ours), weightsOf(theirs));
});

test("models that are fitted and disposed leave no tensor", async () => {
  const once = async () => {
    const model = classifier();
    await compile(model).fit(xs, ys, { ...QUIET, validationSplit: 0.2, shuffle: true });
    model.optimizer.dispose();
    model.dispose();
  };
  await once();
  const before = tf.memory().numTensors;
  for (let turn = 0; turn < 5; turn++) await once();
  expect(tf.memory().numTensors).toBe(before);
});

test("an optimizer that has trained another model is refused, and what to do is said", async () => {
  const [first, second] = [classifier(5), classifier(6)];
  const optimizer = tf.train.momentum(0.1, 0.9);
  for (const model of [first, second])
    model.compile({ optimizer, loss: "categoricalCrossentropy" });
  await compile(first).fit(xs, ys, QUIET);
  await expect(compile(second).fit(xs, ys, QUIET)).rejects.toThrow(/optimizer of its own/);
});

test("layers that are frozen after compile stay as they are, as in tfjs", async () => {
  const [ours, theirs] = [classifier(), classifier()];
  for (const model of [ours, theirs]) (model.layers[0] as tf.layers.Layer).trainable = false;
  await compile(ours, { way: "graph" }).fit(xs, ys, QUIET);
  await theirs.fit(xs, ys, QUIET);
  expectClose(weightsOf(ours), weightsOf(theirs));
});
