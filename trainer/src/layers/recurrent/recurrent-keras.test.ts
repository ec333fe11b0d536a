import * as tf from "@tensorflow/tfjs-node";
import { expect, test } from "vitest";
import {
  largestDifference,
  modelOf,
  optimizerOf,
  readCases,
  tensorsOf,
  valuesOf,
} from "../../../fixtures/keras-cases.mjs";
import { CannotCompileError } from "../../errors";
import { graphSteps } from "../../testing/stock-steps";

const cases = ["recurrent", "wrapped"].flatMap((group) => readCases(group));
const isMasked = ({ name }: { name: string }) => name.includes("masked");

async function trained(from: (typeof cases)[number]) {
  const model = await modelOf(tf, from);
  model.compile({ optimizer: optimizerOf(tf, from), loss: from.loss as string });
  return graphSteps(model, {
    // Tokens too: graphs take numbers.
    inputs: tensorsOf(tf, from.inputs).map((input) => input.toFloat()),
    targets: tensorsOf(tf, from.targets),
    batchSize: from.batchSize,
    steps: from.losses.length,
  });
}

test.each(cases.filter((from) => !isMasked(from)))("$name is trained as by Keras", async (from) => {
  const { losses, weights } = await trained(from);
  expect(largestDifference(losses, from.losses)).toBeLessThan(1e-5);
  expect(weights).toHaveLength(from.finalWeights.length);
  from.finalWeights.forEach((theirs, index) => {
    expect(largestDifference(weights[index] ?? [], valuesOf(theirs))).toBeLessThan(1e-5);
  });
});

test.each(cases.filter(isMasked))("$name is refused", async (from) => {
  await expect(trained(from)).rejects.toThrow(CannotCompileError);
});
