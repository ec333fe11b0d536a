/** The trainer compiles what kernel-utils' dropout layer does, without freezing a mask. */
import { freshDropout } from "@headroom/kernel-utils";
import { compile } from "@headroom/trainer";
import * as tf from "@tensorflow/tfjs-node";
import { afterEach, describe, expect, it, vi } from "vitest";

/** Each batch holds all of it; with one mask for all, the neurons dropped would never learn. */
const x = tf.ones([60, 1]);
const y = tf.ones([60, 40]);

/** Forty numbers that only go up while they are kept: bias after bias, by the layer's own mask. */
function counters(layer: tf.layers.Layer): tf.Sequential {
  const model = tf.sequential({
    layers: [tf.layers.dense({ units: 40, kernelInitializer: "zeros", inputShape: [1] }), layer],
  });
  model.compile({ optimizer: tf.train.sgd(1), loss: "meanSquaredError" });
  return model;
}

const options = { epochs: 4, batchSize: 20, shuffle: false, verbose: 0 } as const;
const column = (seed: number) => freshDropout({ rate: 0.5, seed, noiseShape: [1, null] });
const biases = (model: tf.LayersModel) => [...(model.getWeights()[1] as tf.Tensor).dataSync()];

afterEach(() => {
  vi.restoreAllMocks();
});

describe("freshDropout in compile(model).fit", () => {
  it.each(["graph", "stock"] as const)("has no constant mask, trained by %s", async (way) => {
    const model = counters(column(1));
    await compile(model, { way }).fit(x, y, { ...options, seed: 1 });
    expect(compile(model).explanation?.way).toBe(way);
    // Of 40 neurons one would miss all 12 masks once in 100 trainings; one mask leaves 20 at 0.
    expect(biases(model).filter((bias) => bias === 0).length).toBeLessThan(3);
    expect(new Set(biases(model).map((bias) => bias.toFixed(5))).size).toBeGreaterThan(3);
  });

  it("is compiled into a graph by itself, and refused where a step would be recorded", async () => {
    const model = counters(column(1));
    await compile(model).fit(x, y, options);
    expect(compile(model).explanation?.way).toBe("graph");
    const traced = compile(counters(column(1)), { way: "trace" });
    await expect(traced.fit(x, y, options)).rejects.toThrow(/from call to call/);
  });

  it("gives equal weights for equal seeds, and others for another seed of the layer", async () => {
    const trained = async (layerSeed: number) => {
      const model = counters(column(layerSeed));
      await compile(model).fit(x, y, { ...options, seed: 5 });
      return biases(model);
    };
    const first = await trained(1);
    expect(await trained(1)).toEqual(first);
    expect(await trained(2)).not.toEqual(first);
  });

  it("goes on with further masks where training goes on", async () => {
    const [once, twice] = [counters(column(1)), counters(column(1))];
    await compile(once).fit(x, y, { ...options, seed: 5 });
    await compile(twice).fit(x, y, { ...options, epochs: 2, seed: 5 });
    await compile(twice).fit(x, y, { ...options, initialEpoch: 2, seed: 5 });
    expect(biases(twice)).toEqual(biases(once));
  });

  it("drops by itself, too, with each number its own mask", async () => {
    const model = counters(freshDropout({ rate: 0.5, seed: 3 }));
    await compile(model).fit(x, y, { ...options, seed: 1 });
    expect(compile(model).explanation?.way).toBe("graph");
    expect(biases(model).every((bias) => bias > 0)).toBe(true);
  });
});
