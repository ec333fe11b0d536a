import * as tf from "@tensorflow/tfjs-node";
import { describe, expect, test } from "vitest";
import { compile, type FitOptions, NumericsError } from "../index";
import { classifier, samples, weightsOf } from "../testing/models";

const { xs, ys } = samples();
const CHECKED = { batchSize: 4, epochs: 3, verbose: 0, shuffle: false, checkNumerics: true };

/** Samples of which the one in row 14, in the fourth batch, is spoilt. */
function spoilt(data: tf.Tensor2D, value = Number.NaN): tf.Tensor2D {
  const rows = data.arraySync();
  (rows[14] as number[])[0] = value;
  return tf.tensor2d(rows);
}

async function failureOf(training: Promise<unknown>): Promise<NumericsError> {
  const problem = await training.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(problem).toBeInstanceOf(NumericsError);
  return problem as NumericsError;
}

/** Two layers, `first` and `last`, whose kernels have the same number everywhere. */
function chain(first: number, last: number): tf.LayersModel {
  const constant = (value: number) => tf.initializers.constant({ value });
  const model = tf.sequential();
  const kernelInitializer = constant(first);
  const name = "first";
  model.add(
    tf.layers.dense({ name, units: 2, useBias: false, kernelInitializer, inputShape: [4] }),
  );
  model.add(tf.layers.dense({ name: "last", units: 2, kernelInitializer: constant(last) }));
  model.compile({ optimizer: tf.train.sgd(0.1), loss: "meanSquaredError" });
  return model;
}

describe("checkNumerics tells where numbers went bad", () => {
  test("in the inputs: epoch, batch, and the weights of before", async () => {
    const [model, before] = [classifier(), classifier()];
    const problem = await failureOf(compile(model).fit(spoilt(xs), ys, CHECKED));
    expect(problem).toMatchObject({
      code: "NUMERICS",
      place: `the input ${model.inputNames[0]}`,
      found: "NaN",
      moment: { epoch: 0, batch: 3 },
    });
    expect(problem.message).toMatch(
      /epoch 0, batch 3 .*weights of before that batch.*learning rate/,
    );
    const good = { ...CHECKED, checkNumerics: false, epochs: 1 };
    await compile(before).fit(xs.slice(0, 12), ys.slice(0, 12), good);
    expect(weightsOf(model)).toEqual(weightsOf(before));
    // The model stays usable.
    const { history } = await compile(model).fit(xs, ys, CHECKED);
    expect(history.loss).toHaveLength(3);
  });

  test("in a dataset's batch", async () => {
    const bad = spoilt(xs);
    const dataset = tf.data.generator(function* () {
      for (let begin = 0; begin < 20; begin += 4) {
        yield { xs: bad.slice(begin, 4), ys: ys.slice(begin, 4) };
      }
    });
    const options = { epochs: 1, verbose: 0, checkNumerics: true } as const;
    const problem = await failureOf(compile(classifier()).fitDataset(dataset, options));
    expect(problem.moment).toEqual({ epoch: 0, batch: 3 });
  });

  test.each<[string, () => tf.LayersModel, tf.Tensor2D, tf.Tensor2D, object]>([
    [
      "the output of layer last (Dense)",
      () => chain(1e30, 1e30),
      tf.ones([8, 4]),
      tf.ones([8, 2]),
      { found: "Inf", moment: { epoch: undefined, batch: undefined } },
    ],
    ["the loss", () => chain(1, 1e25), tf.ones([8, 4]), tf.ones([8, 2]), { found: "Inf" }],
    [
      "the gradient of first/kernel",
      () => chain(0, 1),
      tf.concat([tf.ones([4, 4]), tf.fill([4, 4], 1e25)]) as tf.Tensor2D,
      tf.concat([tf.ones([4, 2]), tf.fill([4, 2], 1e18)]) as tf.Tensor2D,
      { moment: { epoch: 0, batch: 1 } },
    ],
  ])("in %s", async (place, make, x, y, details) => {
    const model = make();
    const before = weightsOf(model);
    // The first batch changes nothing, and the second must not.
    const learningRate = (step: number) => (step === 0 ? 0 : 0.1);
    const training = compile(model).fit(x, y, { ...CHECKED, learningRate });
    expect(await failureOf(training)).toMatchObject({ place, ...details });
    expect(weightsOf(model)).toEqual(before);
  });

  test("in the targets", async () => {
    const problem = await failureOf(compile(classifier()).fit(xs, spoilt(ys), CHECKED));
    expect(problem).toMatchObject({ found: "NaN", moment: { epoch: 0, batch: 3 } });
    expect(problem.place).toMatch(/^the target of /);
  });

  test("in the validation", async () => {
    const validationData: [tf.Tensor, tf.Tensor] = [spoilt(xs, Number.POSITIVE_INFINITY), ys];
    const options = { ...CHECKED, validationData };
    const problem = await failureOf(compile(classifier()).fit(xs, ys, options));
    expect(problem).toMatchObject({ found: "Inf", moment: { epoch: 0, batch: undefined } });
    expect(problem.place).toMatch(/^the input/);
  });

  test("after a learning rate that is too large, with finite weights", async () => {
    const model = chain(0.5, 0.5);
    const options = { ...CHECKED, learningRate: () => 1e30 };
    const problem = await failureOf(compile(model).fit(xs, ys.slice([0, 0], [22, 2]), options));
    expect(problem.moment).toEqual({ epoch: 0, batch: 1 });
    expect(weightsOf(model).flat().every(Number.isFinite)).toBe(true);
  });
});

describe("checkNumerics leaves the rest as it is", () => {
  test.each<[string, FitOptions]>([
    ["plain", {}],
    ["clipped", { globalClipNorm: 0.1 }],
    ["with class weights", { classWeight: { 0: 1, 1: 5, 2: 0.5 } }],
  ])("the same training, %s", async (_name, options) => {
    const [checked, plain] = [classifier(), classifier()];
    const validationData: [tf.Tensor, tf.Tensor] = [xs, ys];
    const all = { ...CHECKED, ...options, validationData };
    const ours = await compile(checked).fit(xs, ys, all);
    const theirs = await compile(plain).fit(xs, ys, { ...all, checkNumerics: false });
    expect(ours.history).toEqual(theirs.history);
    expect(weightsOf(checked)).toEqual(weightsOf(plain));
    const nodes = [checked, plain].map((model) => compile(model).explanation?.nodes as number);
    expect(nodes[0]).toBeGreaterThan(nodes[1] as number);
  });

  test("the same training of other layers", async () => {
    const make = () => {
      const kernelInitializer = () => tf.initializers.glorotUniform({ seed: 5 });
      const recurrentInitializer = tf.initializers.glorotUniform({ seed: 6 });
      const layers = [
        tf.layers.reshape({ targetShape: [4, 1], inputShape: [4] }),
        tf.layers.timeDistributed({
          layer: tf.layers.dense({ units: 2, kernelInitializer: kernelInitializer() }),
        }),
        tf.layers.batchNormalization(),
        tf.layers.lstm({
          units: 3,
          kernelInitializer: kernelInitializer(),
          recurrentInitializer,
        }),
        tf.layers.dense({
          units: 3,
          activation: "softmax",
          kernelInitializer: kernelInitializer(),
        }),
      ];
      const model = tf.sequential({ layers });
      model.compile({ optimizer: "adam", loss: "categoricalCrossentropy" });
      return model;
    };
    const [checked, plain] = [make(), make()];
    await compile(checked).fit(xs, ys, CHECKED);
    await compile(plain).fit(xs, ys, { ...CHECKED, checkNumerics: false });
    const theirs = weightsOf(plain).flat();
    const ours = weightsOf(checked).flat();
    expect(ours).toHaveLength(theirs.length);
    for (const [index, value] of ours.entries()) {
      expect(value).toBeCloseTo(theirs[index] as number, 5);
    }
  });

  test("stock tfjs, which has no checks, refuses it", async () => {
    const training = compile(classifier(), { way: "stock" }).fit(xs, ys, CHECKED);
    await expect(training).rejects.toThrow(/has no checkNumerics/);
  });
});
