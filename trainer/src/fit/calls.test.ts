import * as tf from "@tensorflow/tfjs-node";
import { expect, test } from "vitest";
import { compile } from "../index";
import { classifier, samples, weightsOf } from "../testing/models";

const { xs, ys } = samples(500);
const OPTIONS = { batchSize: 3, epochs: 2, verbose: 0, seed: 4, validationSplit: 0.2 } as const;

async function trained(yieldEvery: "auto" | "batch") {
  const model = classifier();
  const batches: number[] = [];
  const callbacks = { onBatchEnd: async (batch: number) => void batches.push(batch) };
  const { history } = await compile(model, { way: "graph" }).fit(xs, ys, {
    ...OPTIONS,
    yieldEvery,
    callbacks,
  });
  return { history, weights: weightsOf(model), batches };
}

test("how many batches a call has changes no bit; one each where callbacks are to hear of all", async () => {
  const [many, single] = [await trained("auto"), await trained("batch")];
  expect(single.batches).toEqual([0, 1].flatMap(() => Array.from({ length: 134 }, (_, i) => i)));
  expect(many.batches.length).toBeLessThan(single.batches.length);
  expect(many.history).toEqual(single.history);
  expect(many.weights).toEqual(single.weights);
});

test("stock training leaves no tensor", async () => {
  const model = classifier();
  const fit = () => compile(model, { way: "stock" }).fit(xs, ys, { ...OPTIONS, batchSize: 50 });
  await fit();
  const before = tf.memory().numTensors;
  await fit();
  expect(tf.memory().numTensors).toBe(before);
});
