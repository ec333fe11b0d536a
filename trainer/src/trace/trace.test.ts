import * as tf from "@tensorflow/tfjs-node";
import { describe, expect, test, vi } from "vitest";
import { type CompileOptions, compile } from "../compile";
import type { FitOptions } from "../fit/arguments";
import { largestDifference } from "../testing/model-around";
import { classifier, samples } from "../testing/models";

const { xs, ys } = samples();
/** The last batch is smaller. */
const QUIET = { batchSize: 4, epochs: 3, verbose: 0, shuffle: false } as const;
const TRACE = { way: "trace" } as const;

type Loss = (target: tf.Tensor, prediction: tf.Tensor) => tf.Tensor;

/** Huber's loss, made smooth. */
const huber: Loss = (target, prediction) =>
  target.sub(prediction).square().add(1).sqrt().sub(1).mean(-1);

const scaled: Loss = (target, prediction) => huber(target, prediction).mul(30);

function withLoss(loss: Loss, optimizer = (): tf.Optimizer => tf.train.sgd(0.1)): tf.Sequential {
  const model = classifier();
  model.compile({ optimizer: optimizer(), loss, metrics: ["accuracy"] });
  return model;
}

/** A layer without an emitter, with a weight of its own. */
class Scale extends tf.layers.Layer {
  static readonly className = "TracedScale";
  scale: tf.LayerVariable | undefined;
  override build(inputShape: tf.Shape): void {
    const width = inputShape.at(-1) as number;
    this.scale = this.addWeight("scale", [width], "float32", tf.initializers.ones());
    this.built = true;
  }
  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    const [input] = [inputs].flat() as [tf.Tensor];
    return tf.tidy(() => input.mul((this.scale as tf.LayerVariable).read()).sin());
  }
}

function stacked(inputShape: number[], layers: () => tf.layers.Layer[]): () => tf.LayersModel {
  return () => {
    const model = tf.sequential({ layers: [tf.layers.inputLayer({ inputShape }), ...layers()] });
    model.add(tf.layers.dense({ units: 3, activation: "softmax" }));
    model.setWeights(
      model.weights.map((weight, index) =>
        weight.trainable
          ? tf.randomNormal(weight.shape as number[], 0, 0.3, "float32", index + 1)
          : weight.read(),
      ),
    );
    model.compile({ optimizer: tf.train.sgd(0.1), loss: "categoricalCrossentropy" });
    return model;
  };
}

const { layers } = tf;

test("several outputs are told as in tfjs", async () => {
  const make = () => {
    const input = tf.input({ shape: [4] });
    const dense = (seed: number) =>
      layers.dense({ units: 3, kernelInitializer: tf.initializers.glorotNormal({ seed }) });
    const outputs = [1, 2].map((seed) => dense(seed).apply(input) as tf.SymbolicTensor);
    const model = tf.model({ inputs: input, outputs });
    model.compile({ optimizer: tf.train.sgd(0.1), loss: [huber, "meanSquaredError"] as never });
    return model;
  };
  const [ours, theirs] = [make(), make()];
  const found = await compile(ours, TRACE).fit(xs, [ys, ys], QUIET);
  const wanted = await theirs.fit(xs, [ys, ys], QUIET);
  const columns = ({ history }: tf.History) => Object.values(history) as number[][];
  expect(columns(found)).toHaveLength(3);
  expect(largestDifference(columns(found), columns(wanted))).toBeLessThan(1e-5);
  expect(largestDifference(weights(ours), weights(theirs))).toBeLessThan(1e-5);
});

describe("a recorded step is tfjs's own", () => {
  test.each<[string, () => tf.LayersModel, number[], Partial<FitOptions>]>([
    ["with a loss of the user", () => withLoss(huber), [4], {}],
    // With small gradients, Adam makes much of their rounding.
    ["with Adam", () => withLoss(scaled, () => tf.train.adam(0.01)), [4], { epochs: 4 }],
    ["with validation data", () => withLoss(huber), [4], { validationSplit: 0.3 }],
    ["with class weights", () => withLoss(huber), [4], { classWeight: { 0: 1, 1: 5, 2: 0.5 } }],
    ["in one batch", () => withLoss(huber), [4], { batchSize: 100 }],
    ["with a layer of the user", stacked([4], () => [new Scale({})]), [4], {}],
    ["of a perceptron", () => classifier(), [4], {}],
    [
      "of convolutions",
      stacked([6, 6, 2], () => [
        layers.conv2d({ filters: 3, kernelSize: 3, activation: "relu" }),
        layers.maxPooling2d({ poolSize: 2 }),
        layers.flatten(),
      ]),
      [6, 6, 2],
      {},
    ],
    ["of an LSTM", stacked([3, 2], () => [layers.lstm({ units: 3 })]), [3, 2], {}],
    [
      "with batch normalisation, averages too",
      stacked([4], () => [layers.dense({ units: 5 }), layers.batchNormalization()]),
      [4],
      {},
    ],
  ])("%s", async (_name, make, shape, options) => {
    const x = shape.length === 1 ? xs : tf.randomNormal([22, ...shape], 0, 1, "float32", 2);
    const [ours, theirs] = [make(), make()];
    const { validationSplit, classWeight } = options;
    const given = { ...QUIET, ...options };
    const found = await compile(ours, TRACE).fit(x, ys, given);
    const wanted = await theirs.fit(x, ys, {
      ...QUIET,
      ...(validationSplit !== undefined && { validationSplit }),
      ...(classWeight !== undefined && { classWeight }),
      batchSize: given.batchSize as number,
      epochs: given.epochs as number,
    });
    expect(compile(ours).explanation).toMatchObject({ way: "trace", reason: "it was demanded" });
    expect(Object.keys(found.history)).toEqual(Object.keys(wanted.history));
    const numbers = ({ history }: tf.History) => Object.values(history) as number[][];
    expect(largestDifference(numbers(found), numbers(wanted))).toBeLessThan(1e-5);
    expect(largestDifference(weights(ours), weights(theirs))).toBeLessThan(1e-5);
    // Nothing is equal because nothing was learned.
    expect(largestDifference(weights(ours), weights(make()))).toBeGreaterThan(1e-3);
  });
});

function weights(model: tf.LayersModel) {
  return model.weights.map((weight) => weight.read().dataSync());
}

async function explained(model: tf.LayersModel, options: CompileOptions = {}, more = {}) {
  const compiled = compile(model, options);
  await compiled.fit(xs, ys, { ...QUIET, epochs: 1, ...more });
  return compiled.explanation;
}

describe("the way is", () => {
  test("a recorded step where there is no emitter", async () => {
    const explanation = await explained(withLoss(huber));
    expect(explanation).toMatchObject({ way: "trace", reason: expect.stringMatching(/the loss/) });
    expect(explanation?.nodes).toBeGreaterThan(100);
  });

  test("stock tfjs where a step can't be recorded, with both reasons", async () => {
    const warn = vi.spyOn(console, "warn").mockImplementation(() => undefined);
    const model = withLoss(reads);
    // It is said once in a process, in which other tests may have heard it of other models.
    const trained = (model as unknown as { readonly model: { name: string } }).model;
    trained.name = "told once";
    const explanation = await explained(model);
    expect(explanation).toMatchObject({
      way: "stock",
      reason: expect.stringMatching(/the loss.*; the recorded step .*reads values/),
    });
    expect(warn).toHaveBeenCalledOnce();
    warn.mockRestore();
  });

  test("stock tfjs where an epoch has so few batches that recording would not pay", async () => {
    const warn = vi.spyOn(console, "warn").mockImplementation(() => undefined);
    const explanation = await explained(withLoss(huber), {}, { batchSize: 11 });
    expect(explanation).toMatchObject({ way: "stock", reason: expect.stringMatching(/too few/) });
    warn.mockRestore();
  });
});

const reads: Loss = (target, prediction) => {
  const scale = Math.max(...prediction.abs().dataSync());
  return target.sub(prediction).square().div(scale);
};

describe("refused is a step that", () => {
  const frozen = tf.variable(tf.scalar(1));
  test.each<[string, () => tf.LayersModel, RegExp]>([
    ["reads values", () => withLoss(reads), /reads values in JavaScript/],
    ["drops out", stacked([4], () => [layers.dropout({ rate: 0.5 })]), /from call to call/],
    [
      "draws numbers by itself",
      () =>
        withLoss((t, p) =>
          t
            .sub(p)
            .square()
            .mul(tf.multinomial([[0.5, 0.5]], 4, 3).mean()),
        ),
      /random numbers/,
    ],
    [
      "counts",
      () => {
        let count = 0;
        return withLoss((target, prediction) => huber(target, prediction).mul(++count));
      },
      /from call to call/,
    ],
    [
      "sets a variable that is no weight",
      () =>
        withLoss((target, prediction) => {
          frozen.assign(frozen.mul(2));
          return huber(target, prediction).mul(frozen);
        }),
      /changes the variable/,
    ],
    [
      "is too long",
      () =>
        withLoss((target, prediction) => {
          let loss = huber(target, prediction);
          for (let turn = 0; turn < 3000; turn++) loss = loss.sin();
          return loss;
        }),
      /has \d{4,5} operations, more than 5000/,
    ],
  ])("%s", async (_name, make, reason) => {
    const model = make();
    const before = weights(model);
    await expect(compile(model, TRACE).fit(xs, ys, QUIET)).rejects.toThrow(reason);
    expect(weights(model)).toEqual(before);
    expect([...frozen.dataSync()]).toEqual([1]);
  });
});

describe("what a step takes from outside", () => {
  test("a copy of a weight stays as it was", async () => {
    const make = () => {
      let first: tf.Tensor | undefined;
      const model = withLoss((target, prediction) => {
        const kernel = model.layers[0]?.weights[0] as tf.LayerVariable;
        return huber(target, prediction).add(
          kernel
            .read()
            .sub(first as tf.Tensor)
            .square()
            .mean(),
        );
      });
      first = model.layers[0]?.weights[0]?.read().clone();
      return model;
    };
    const [ours, theirs] = [make(), make()];
    await compile(ours, TRACE).fit(xs, ys, QUIET);
    await theirs.fit(xs, ys, QUIET);
    expect(largestDifference(weights(ours), weights(theirs))).toBeLessThan(1e-5);
  });

  test("a number that a callback changes makes stock tfjs go on", async () => {
    const make = () => {
      const state = { share: 1 };
      const model = withLoss((target, prediction) => huber(target, prediction).mul(state.share));
      const callbacks = {
        onEpochBegin: async (epoch: number) => {
          if (epoch === 2) state.share = 0.25;
        },
      };
      return { model, options: { ...QUIET, epochs: 4, callbacks } };
    };
    const [ours, theirs] = [make(), make()];
    const compiled = compile(ours.model, TRACE);
    const found = await compiled.fit(xs, ys, ours.options);
    const wanted = await theirs.model.fit(xs, ys, theirs.options);
    expect(compiled.explanation).toMatchObject({
      way: "stock",
      reason: expect.stringMatching(/not what it was/),
      nodes: undefined,
    });
    const numbers = ({ history }: tf.History) => Object.values(history) as number[][];
    expect(largestDifference(numbers(found), numbers(wanted))).toBeLessThan(1e-5);
    expect(largestDifference(weights(ours.model), weights(theirs.model))).toBeLessThan(1e-5);
  });
});

test("exceptions of a loss come through, and the backend is as before", async () => {
  const { binding } = tf.backend() as unknown as { readonly binding: object };
  const model = withLoss(() => {
    throw new RangeError("from the loss");
  });
  await expect(compile(model, TRACE).fit(xs, ys, QUIET)).rejects.toThrow("from the loss");
  expect(tf.backend()).toHaveProperty("binding", binding);
  expect(Object.hasOwn(tf.backend(), "getInputTensorIds")).toBe(false);
  expect(model.optimizer).toBeInstanceOf(tf.SGDOptimizer);
});

test("recording leaves no tensor", async () => {
  const once = async () => {
    const model = classifier();
    await compile(model, TRACE).fit(xs, ys, { ...QUIET, validationSplit: 0.2 });
    model.optimizer.dispose();
    model.dispose();
  };
  await once();
  const before = tf.memory().numTensors;
  for (let turn = 0; turn < 3; turn++) await once();
  expect(tf.memory().numTensors).toBe(before);
});
