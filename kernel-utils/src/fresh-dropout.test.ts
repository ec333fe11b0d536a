import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as tf from "@tensorflow/tfjs-node";
import { describe, expect, it } from "vitest";
import { InputError } from "./errors";
import { freshDropout, registerFreshDropout } from "./fresh-dropout";

const ones = tf.ones([20, 30]);

/** What the layer makes of ones in training. */
function pass(layer: tf.layers.Layer, x: tf.Tensor = ones, training = true): number[] {
  return tf.tidy(() => [...(layer.apply(x, { training }) as tf.Tensor).dataSync()]);
}

function network(layer: tf.layers.Layer): tf.Sequential {
  const dense = (units: number, more: object = {}) =>
    tf.layers.dense({
      units,
      kernelInitializer: tf.initializers.glorotUniform({ seed: 3 }),
      ...more,
    });
  const model = tf.sequential({ layers: [dense(16, { inputShape: [4] }), layer, dense(1)] });
  model.compile({ optimizer: tf.train.sgd(0.05), loss: "meanSquaredError" });
  return model;
}

const x = tf.randomNormal([50, 4], 0, 1, "float32", 1);
const y = x.sum(1, true);

async function train(model: tf.LayersModel, epochs = 2): Promise<number[]> {
  await model.fit(x, y, { epochs, batchSize: 20, shuffle: false, verbose: 0 });
  return model.getWeights().flatMap((weight) => [...weight.dataSync()]);
}

describe("freshDropout", () => {
  it("draws another mask at each call, where tfjs's own layer with a seed repeats its first", () => {
    const stock = tf.layers.dropout({ rate: 0.5, seed: 7 });
    expect(pass(stock)).toEqual(pass(stock));
    const fresh = freshDropout({ rate: 0.5, seed: 7 });
    const masks = Array.from({ length: 4 }, () => pass(fresh));
    expect(new Set(masks.map((mask) => mask.join(""))).size).toBe(4);
    // Independent masks of rate 0.5 agree in half of the places.
    const [first, second] = masks as [number[], number[]];
    const agreeing = first.filter((value, i) => value === second[i]).length / first.length;
    expect(Math.abs(agreeing - 0.5)).toBeLessThan(4 * Math.sqrt(0.25 / 600));
    expect(fresh.draws).toBe(4);
  });

  it("drops its share and divides the rest by 1 - rate", () => {
    const passed = pass(freshDropout({ rate: 0.3, seed: 1 }), tf.ones([100, 100]));
    const dropped = passed.filter((value) => value === 0).length / 10_000;
    expect(Math.abs(dropped - 0.3)).toBeLessThan(4 * Math.sqrt(0.21 / 10_000));
    expect(new Set(passed.map((value) => value.toFixed(6)))).toEqual(
      new Set(["0.000000", "1.428571"]),
    );
  });

  it("changes nothing when predicting or at rate 0, and draws nothing then", () => {
    const layer = freshDropout({ rate: 0.5, seed: 1 });
    const values = tf.randomNormal([5, 4], 0, 1, "float32", 2);
    expect(pass(layer, values, false)).toEqual([...values.dataSync()]);
    expect(layer.draws).toBe(0);
    const none = freshDropout({ rate: 0, seed: 1 });
    expect(pass(none, values)).toEqual([...values.dataSync()]);
    expect(none.draws).toBe(0);
  });

  it("gives equal masks for equal seeds, others for others, 0 and negative ones too", () => {
    const masks = (seed: number) => {
      const layer = freshDropout({ rate: 0.5, seed });
      return [pass(layer), pass(layer)];
    };
    expect(masks(0)).toEqual(masks(0));
    expect(masks(1)).not.toEqual(masks(0));
    expect(masks(1)[0]).not.toEqual(masks(0)[1]);
    expect(masks(-1)).toEqual(masks(-1));
  });

  it("draws mask k whatever sizes the batches before had", () => {
    const [one, other] = [
      freshDropout({ rate: 0.5, seed: 1 }),
      freshDropout({ rate: 0.5, seed: 1 }),
    ];
    pass(one, tf.ones([20, 30]));
    pass(other, tf.ones([3, 30]));
    expect(pass(one)).toEqual(pass(other));
  });

  it("begins anew after reset", () => {
    const layer = freshDropout({ rate: 0.5, seed: 1 });
    const first = [pass(layer), pass(layer)];
    layer.reset();
    expect(layer.draws).toBe(0);
    expect([pass(layer), pass(layer)]).toEqual(first);
  });

  it.each([
    ["rows share their fate", [null, 1], (row: number, _column: number) => row],
    ["columns share their fate", [1, null], (_row: number, column: number) => column],
    ["each number stands for itself", [20, 30], (row: number, column: number) => row * 30 + column],
  ] as const)("with a noiseShape, %s", (_name, noiseShape, groupOf) => {
    const passed = pass(freshDropout({ rate: 0.5, seed: 2, noiseShape }));
    const groups = new Map<number, Set<number>>();
    for (const [i, value] of passed.entries()) {
      const group = groupOf(Math.floor(i / 30), i % 30);
      groups.set(group, (groups.get(group) ?? new Set()).add(value));
    }
    expect([...groups.values()].every((values) => values.size === 1)).toBe(true);
    expect(new Set(passed)).toEqual(new Set([0, 2]));
  });

  it("passes gradients through what is kept alone", () => {
    const layer = freshDropout({ rate: 0.5, seed: 1 });
    const gradient = tf.grad((t) => layer.apply(t, { training: true }) as tf.Tensor)(ones);
    layer.reset();
    expect([...gradient.dataSync()]).toEqual(pass(layer));
  });

  it("trains with a new mask each batch, the same again with the same seed", async () => {
    const layer = freshDropout({ rate: 0.5, seed: 1 });
    const weights = await train(network(layer));
    expect(layer.draws).toBe(6);
    expect(await train(network(freshDropout({ rate: 0.5, seed: 1 })))).toEqual(weights);
    expect(await train(network(freshDropout({ rate: 0.5, seed: 2 })))).not.toEqual(weights);
  });

  it("goes on with the next mask where training goes on", async () => {
    const [once, twice] = [1, 1].map((seed) => network(freshDropout({ rate: 0.5, seed })));
    await train(twice as tf.Sequential, 1);
    expect(await train(twice as tf.Sequential, 1)).toEqual(await train(once as tf.Sequential, 2));
  });

  it("is saved and loaded with its options, and begins with its first mask", async () => {
    const layer = freshDropout({ rate: 0.4, seed: 9, noiseShape: [null, 1], name: "thin" });
    const first = pass(layer);
    const model = tf.sequential({
      layers: [
        tf.layers.dense({ units: 30, inputShape: [4] }),
        layer,
        tf.layers.dense({ units: 1 }),
      ],
    });
    const folder = mkdtempSync(join(tmpdir(), "fresh-dropout-"));
    try {
      await model.save(`file://${folder}`);
      registerFreshDropout();
      const loaded = await tf.loadLayersModel(`file://${folder}/model.json`);
      const [, kept] = loaded.layers as [tf.layers.Layer, ReturnType<typeof freshDropout>];
      expect([kept.name, kept.rate, kept.seed, kept.draws]).toEqual(["thin", 0.4, 9, 0]);
      expect(pass(kept)).toEqual(first);
      expect(pass(kept)).not.toEqual(first);
      const predictions = [model, loaded].map((each) =>
        tf.tidy(() => [...(each.predict(x) as tf.Tensor).dataSync()]),
      );
      expect(predictions[0]).toEqual(predictions[1]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it("begins a model, and passes masks of a series on", () => {
    const begins = freshDropout({ rate: 0.5, seed: 1, inputShape: [4] });
    const model = tf.sequential({ layers: [begins, tf.layers.dense({ units: 1 })] });
    expect((model.predict(x) as tf.Tensor).shape).toEqual([50, 1]);
    expect(freshDropout({ rate: 0.5, seed: 1 }).computeMask(ones, ones)).toBe(ones);
  });

  it("leaves no tensors behind", () => {
    const layer = freshDropout({ rate: 0.5, seed: 1 });
    pass(layer);
    const before = tf.memory().numTensors;
    for (let call = 0; call < 5; call++) pass(layer);
    expect(tf.memory().numTensors).toBe(before);
  });

  it("refuses other rates and seeds, a noiseShape that does not fit, and several inputs", () => {
    expect(() => freshDropout({ rate: 1, seed: 1 })).toThrow(InputError);
    expect(() => freshDropout({ rate: Number.NaN, seed: 1 })).toThrow(InputError);
    expect(() => freshDropout({ rate: 0.5, seed: 1.5 })).toThrow(/seed: expected a whole number/);
    const shaped = (noiseShape: number[]) => freshDropout({ rate: 0.5, seed: 1, noiseShape });
    expect(() => pass(shaped([20, 7]))).toThrow(/noiseShape \[20, 7\] does not fit.*\[20, 30\]/);
    expect(() => pass(shaped([20]))).toThrow(/does not fit/);
    const layer = freshDropout({ rate: 0.5, seed: 1 });
    expect(() => layer.apply([ones, ones])).toThrow(/one input, got 2/);
  });
});
