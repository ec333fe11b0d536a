import * as tf from "@tensorflow/tfjs-node";
import { describe, expect, test } from "vitest";
import { TrainingArgumentError } from "../errors";
import { compile } from "../index";
import { planTraining } from "../program/plan";
import { trainingProgram } from "../program/training-program";
import { classifier, samples, weightsOf } from "../testing/models";
import { graphSteps } from "../testing/stock-steps";
import { type Clipping, type ClippingOptions, clippingOf } from "./clipping";

const { xs, ys } = samples();
/** One step of SGD with the rate .1. */
const STEP = { batchSize: 22, epochs: 1, verbose: 0, shuffle: false } as const;

/** How far one step leads each weight, divided by the rate: the clipped gradients, negative. */
async function stepOf(options: ClippingOptions): Promise<number[][]> {
  const model = classifier();
  const before = weightsOf(model);
  await compile(model, { way: "graph" }).fit(xs, ys, { ...STEP, ...options });
  return weightsOf(model).map((weight, index) =>
    weight.map((value, place) => (value - (before[index]?.[place] as number)) / 0.1),
  );
}

const norm = (values: readonly number[]) => Math.hypot(...values);

// Steps are differences of float32 weights of size 1: 6e-8 / .1 is how exact they can be.
describe("fit clips, by formulas that are compared with Keras in optimizers.test.ts", () => {
  test("numbers", async () => {
    const [free, clipped] = [await stepOf({}), await stepOf({ clipValue: 0.02 })];
    const wanted = free.flat().map((value) => Math.min(0.02, Math.max(-0.02, value)));
    expect(wanted.filter((value) => Math.abs(value) < 0.02).length).toBeGreaterThan(0);
    for (const [index, value] of clipped.flat().entries()) {
      expect(value).toBeCloseTo(wanted[index] as number, 5);
    }
  });

  test("each weight's norm, and none below the limit", async () => {
    const free = (await stepOf({})).map(norm);
    const limit = [...free].sort((a, b) => a - b)[1] as number;
    const clipped = (await stepOf({ clipNorm: limit })).map(norm);
    for (const [index, value] of clipped.entries()) {
      expect(value).toBeCloseTo(Math.min(limit, free[index] as number), 5);
    }
  });

  test("the norm of all", async () => {
    const free = await stepOf({});
    const clipped = await stepOf({ globalClipNorm: 0.03 });
    const share = 0.03 / norm(free.flat());
    expect(share).toBeLessThan(1);
    for (const [index, value] of clipped.flat().entries()) {
      expect(value).toBeCloseTo((free.flat()[index] as number) * share, 5);
    }
  });

  test("not in stock tfjs, which would pass over it", async () => {
    const fitted = compile(classifier(), { way: "stock" }).fit(xs, ys, { ...STEP, clipNorm: 1 });
    await expect(fitted).rejects.toThrow(TrainingArgumentError);
    await expect(fitted).rejects.toThrow("clipNorm");
  });
});

test("another limit needs no other graph, another kind does", () => {
  const nodesOf = (clipping: Clipping | undefined) => {
    const options = { targetShapes: [[null, 3]], isWeighted: false, clipping };
    return trainingProgram(planTraining(classifier()), options).nodes;
  };
  const byNorm = nodesOf({ kind: "clipNorm", limit: 1 });
  expect(nodesOf({ kind: "clipNorm", limit: 2 })).toEqual(byNorm);
  expect(nodesOf({ kind: "globalClipNorm", limit: 1 })).not.toEqual(byNorm);
  expect(nodesOf(undefined)).not.toEqual(byNorm);
});

test("an infinite gradient makes all weights NaN by the global norm, as in Keras", () => {
  const model = tf.sequential({
    layers: [tf.layers.dense({ units: 1, inputShape: [2], kernelInitializer: "ones" })],
  });
  model.compile({ optimizer: tf.train.sgd(0.1), loss: "meanAbsoluteError" });
  const { weights } = graphSteps(model, {
    inputs: [
      tf.tensor2d([
        [3e38, 3e38],
        [3e38, 3e38],
        [3e38, 3e38],
      ]),
    ],
    targets: [tf.tensor2d([[0], [0], [0]])],
    batchSize: 3,
    steps: 1,
    clipping: { kind: "globalClipNorm", limit: 1 },
  });
  expect(weights.map((weight) => [...weight])).toEqual([[Number.NaN, Number.NaN], [Number.NaN]]);
});

test.each<[ClippingOptions, string]>([
  [{ clipValue: 1, clipNorm: 1 }, "clipValue and clipNorm exclude each other"],
  [{ clipNorm: 0 }, "clipNorm should be a positive number, it is 0"],
  [{ globalClipNorm: Number.NaN }, "globalClipNorm should be a positive number, it is NaN"],
])("%o is refused", async (options, message) => {
  expect(() => clippingOf(options)).toThrow(TrainingArgumentError);
  expect(() => clippingOf(options)).toThrow(message);
  await expect(compile(classifier()).fit(xs, ys, { ...STEP, ...options })).rejects.toThrow(message);
});
