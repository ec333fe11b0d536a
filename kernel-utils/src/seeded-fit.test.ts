import * as tf from "@tensorflow/tfjs-node";
import { afterEach, describe, expect, it, vi } from "vitest";
import { earlyStopping } from "./early-stopping";
import { InputError } from "./errors";
import { SeededRandom } from "./random";
import { seedWeights } from "./seed-weights";
import { type SeededFitOptions, seededFit } from "./seeded-fit";

const x = tf.randomNormal([24, 3], 0, 1, "float32", 1);
const y = x.sum(1, true);
const validationData: [tf.Tensor, tf.Tensor] = [x, y];

/** Layers that draw in every batch, so that a history tells of all random numbers. */
function build(): tf.LayersModel {
  const model = tf.sequential({
    layers: [
      tf.layers.dense({ units: 8, inputShape: [3], activation: "relu" }),
      tf.layers.dropout({ rate: 0.4 }),
      tf.layers.gaussianNoise({ stddev: 0.3 }),
      tf.layers.dense({ units: 1 }),
    ],
  });
  model.compile({ optimizer: tf.train.sgd(0.05), loss: "meanSquaredError" });
  return seedWeights(model, 11);
}

async function losses(options: SeededFitOptions, model = build()): Promise<string> {
  const common = { epochs: 3, batchSize: 5, verbose: 0 as const, validationData };
  const { history } = await seededFit(model, x, y, { ...common, ...options });
  return JSON.stringify(history);
}

describe("seededFit", () => {
  afterEach(() => vi.restoreAllMocks());

  it("gives equal histories for equal seeds, and others for others", async () => {
    const first = await losses({ seed: 1 });
    expect(await losses({ seed: 1 })).toBe(first);
    expect(await losses({ seed: 2 })).not.toBe(first);
    expect(await losses({})).toBe(await losses({ seed: 0 }));
  });

  it("gives the order of the samples by the seed alone, another one in each epoch", async () => {
    const orders = async (seed: number) => {
      const rows = tf.range(0, 12).reshape([12, 1]);
      const seen: number[] = [];
      const model = tf.sequential({
        layers: [tf.layers.dense({ units: 1, inputShape: [1], kernelInitializer: "ones" })],
      });
      const loss = (truth: tf.Tensor, predicted: tf.Tensor) => {
        seen.push(...truth.dataSync());
        return tf.losses.meanSquaredError(truth, predicted);
      };
      model.compile({ optimizer: tf.train.sgd(0), loss });
      await seededFit(model, rows, rows, { seed, epochs: 2, batchSize: 5, verbose: 0 });
      return [seen.slice(0, 12), seen.slice(12)];
    };
    const [first, second] = await orders(4);
    expect(await orders(4)).toEqual([first, second]);
    expect(first).not.toEqual(second);
    expect([...(first ?? [])].sort((a, b) => a - b)).toEqual(
      Array.from({ length: 12 }, (_, i) => i),
    );
    expect((await orders(5))[0]).not.toEqual(first);
  });

  it("takes the samples as they are with shuffle: false", async () => {
    const model = tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [3] })] });
    model.compile({ optimizer: "sgd", loss: "meanSquaredError" });
    const start = model.getWeights().map((weight) => weight.clone());
    const options = { shuffle: false, epochs: 2, batchSize: 5, verbose: 0 as const };
    const stock = await model.fit(x, y, options);
    model.setWeights(start);
    const ours = await seededFit(model, x, y, { ...options, seed: 3 });
    expect(ours.history).toEqual(stock.history);
  });

  it("neither reads nor moves the process's random numbers", async () => {
    const first = await losses({ seed: 1 });
    const model = build();
    const constant = vi.spyOn(Math, "random").mockReturnValue(0.5);
    expect(await losses({ seed: 1 }, model)).toBe(first);
    expect(Math.random).toBe(constant);
    expect(constant).not.toHaveBeenCalled();
  });

  it("leaves the random numbers of others alone while it trains", async () => {
    const first = await losses({ seed: 1 });
    const model = build();
    const others = new SeededRandom(5);
    vi.spyOn(Math, "random").mockImplementation(() => others.random());
    const expected = new SeededRandom(5);
    const running = losses({ seed: 1, yieldEvery: "batch" }, model);
    const drawn: number[] = [];
    for (let i = 0; i < 5; i++) {
      await new Promise((resolve) => setImmediate(resolve));
      drawn.push(Math.random());
    }
    expect(await running).toBe(first);
    expect(drawn).toEqual(drawn.map(() => expected.random()));
  });

  it("trains several models at once, each as it would alone", async () => {
    const alone = [await losses({ seed: 1 }), await losses({ seed: 2 })];
    expect(await Promise.all([losses({ seed: 1 }), losses({ seed: 2 })])).toEqual(alone);
  });

  it("puts Math.random back where the training fails", async () => {
    const { random } = Math;
    const callbacks = {
      async onEpochEnd() {
        expect(Math.random).not.toBe(random);
        throw new Error("on purpose");
      },
    };
    await expect(losses({ callbacks })).rejects.toThrow("on purpose");
    expect(Math.random).toBe(random);
  });

  it("takes callbacks of both kinds in one list, and runs them as fit does", async () => {
    const calls: string[] = [];
    const plain = {
      onTrainBegin: async () => void calls.push("begin"),
      onEpochEnd: async (epoch: number) => void calls.push(`epoch ${epoch}`),
    };
    const stopping = earlyStopping({ patience: 1, mode: "max" });
    const callbacks = [plain, stopping] as SeededFitOptions["callbacks"] & object;
    await losses({ epochs: 20, callbacks });
    expect(calls).toEqual(["begin", ...stopping.rows.map(({ epoch }) => `epoch ${epoch}`)]);
    expect(stopping.rows.at(-1)?.stopped).toBe(true);
    const single: string[] = [];
    await losses({ callbacks: { onEpochEnd: async (epoch) => void single.push(`${epoch}`) } });
    expect(single).toEqual(["0", "1", "2"]);
  });

  it("is not changed by callbacks that draw when an epoch begins or ends", async () => {
    const first = await losses({ seed: 1 });
    const draw = async () => void Math.random();
    const callbacks = { onTrainBegin: draw, onEpochBegin: draw, onEpochEnd: draw };
    expect(await losses({ seed: 1, callbacks })).toBe(first);
  });

  it("leaves no tensors behind", async () => {
    const model = build();
    await losses({}, model);
    const { numTensors } = tf.memory();
    await losses({}, model);
    expect(tf.memory().numTensors).toBe(numTensors);
  });

  it("refuses a seed that isn't whole, before it trains", async () => {
    await expect(losses({ seed: 0.5 })).rejects.toThrow(InputError);
    await expect(losses({ seed: 0.5 })).rejects.toThrow("seed: expected a whole number, got 0.5");
  });
});
