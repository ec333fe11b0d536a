import * as tf from "@tensorflow/tfjs-node";
import { expect, test } from "vitest";
import {
  largestDifference,
  modelOf,
  optimizerOf,
  readCases,
  tensorsOf,
  valuesOf,
} from "../../fixtures/keras-cases.mjs";
import { graphSteps } from "../testing/stock-steps";

const SHAPES = ["permute", "repeat vector", "zero padding 2d", "cropping 2d", "up sampling 2d"];

const cases = [
  ...["convolutions", "pooling"].flatMap((group) => readCases(group)),
  ...readCases("shapes").filter(({ name }) => SHAPES.includes(name)),
];

test.each(cases)("$name is trained as by Keras", async (from) => {
  const model = await modelOf(tf, from);
  model.compile({ optimizer: optimizerOf(tf, from), loss: from.loss as string });
  const { losses, weights } = graphSteps(model, {
    inputs: tensorsOf(tf, from.inputs),
    targets: tensorsOf(tf, from.targets),
    batchSize: from.batchSize,
    steps: from.losses.length,
  });
  expect(largestDifference(losses, from.losses)).toBeLessThan(1e-5);
  expect(weights).toHaveLength(from.finalWeights.length);
  from.finalWeights.forEach((theirs, index) => {
    expect(largestDifference(weights[index] ?? [], valuesOf(theirs))).toBeLessThan(1e-5);
  });
});
