import * as tf from "@tensorflow/tfjs-node";
import { describe, expect, test } from "vitest";
import {
  type KerasCase,
  largestDifference,
  modelOf,
  optimizerOf,
  readCases,
  tensorsOf,
  valuesOf,
} from "../../fixtures/keras-cases.mjs";
import { planTraining } from "../program/plan";
import { graphSteps, type StepOptions, stockSteps } from "../testing/stock-steps";
import { clippingOf } from "./clipping";

/** The case's model, compiled, and what it is trained on. */
async function prepared(from: KerasCase) {
  const model = await modelOf(tf, from);
  model.compile({ optimizer: optimizerOf(tf, from), loss: from.loss as string });
  const clipping = clippingOf(from.optimizer);
  const options: StepOptions = {
    inputs: tensorsOf(tf, from.inputs),
    targets: tensorsOf(tf, from.targets),
    batchSize: from.batchSize,
    steps: from.losses.length,
    ...(from.learningRates && { learningRates: from.learningRates }),
    ...(clipping && { clipping }),
  };
  return { model, options };
}

/** Keras multiplies each gradient by the rate of its own step; see momentum. */
const LIKE_TFJS = "momentum with a cosine schedule";

const cases = ["optimizers", "clipping", "schedules"].flatMap((group) => readCases(group));

describe("50 steps are those of Keras", () => {
  test.each(cases.filter(({ name }) => name !== LIKE_TFJS))("$name", async (from) => {
    const { model, options } = await prepared(from);
    const { losses, weights } = graphSteps(model, options);
    expect(losses).toHaveLength(50);
    expect(largestDifference(losses, from.losses)).toBeLessThan(1e-5);
    from.finalWeights.forEach((theirs, index) => {
      expect(largestDifference(weights[index] ?? [], valuesOf(theirs))).toBeLessThan(1e-5);
    });
  });
});

describe("50 steps are those of stock tfjs where it has Keras's formula", () => {
  const same = [
    "SGD",
    "momentum",
    "Nesterov",
    "Adagrad",
    "Adamax with other settings",
    "RMSProp with momentum",
    LIKE_TFJS,
  ];
  test.each(same)("%s", async (name) => {
    const { model, options } = await prepared(
      cases.find((from) => from.name === name) as KerasCase,
    );
    const ours = graphSteps(model, options);
    const theirs = await stockSteps(model, options);
    expect(largestDifference(ours.losses, theirs.losses)).toBeLessThan(1e-5);
  });
});

describe("what is not tfjs's own is refused", () => {
  const compiled = (optimizer: tf.Optimizer) => {
    const model = tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [2] })] });
    model.compile({ optimizer, loss: "meanSquaredError" });
    return model;
  };

  test("a derived class", () => {
    class Slower extends tf.SGDOptimizer {}
    expect(() => planTraining(compiled(new Slower(0.1)))).toThrow("its updates are not known");
  });

  test("an optimizer whose method was replaced", () => {
    const optimizer = tf.train.sgd(0.1);
    optimizer.applyGradients = () => {};
    expect(() => planTraining(compiled(optimizer))).toThrow("has been replaced");
  });
});
