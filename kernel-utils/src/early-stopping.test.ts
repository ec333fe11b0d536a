import * as tf from "@tensorflow/tfjs-node";
import { afterEach, describe, expect, it } from "vitest";
import { type EarlyStoppingOptions, earlyStopping } from "./early-stopping";
import { InputError } from "./errors";
import { stoppingHistory } from "./stopping-history";

let before = tf.memory().numTensors;
const x = tf.tensor2d([[0], [1], [2], [3]]);
const y = x.mul(2).add(1);

/** A model whose weight is the number of the epochs trained, and whose `val_loss` is as told. */
function scripted(values: readonly number[], key = "val_loss") {
  const model = tf.sequential({
    layers: [tf.layers.dense({ units: 1, inputShape: [1], kernelInitializer: "zeros" })],
  });
  model.compile({ optimizer: tf.train.sgd(0), loss: "meanSquaredError" });
  const script = new tf.CustomCallback({
    async onEpochEnd(epoch, logs = {}) {
      logs[key] = values[epoch] as number;
      tf.tidy(() => model.setWeights([tf.tensor2d([[epoch + 1]]), tf.tensor1d([0.5])]));
    },
  });
  return {
    model,
    async fit(stopping: tf.Callback, epochs = values.length) {
      const options = { epochs, verbose: 0 as const, callbacks: [script, stopping] };
      return model.fit(x, y, options);
    },
    /** How many epochs' weights the model has. */
    epochsIn: () => model.getWeights()[0]?.dataSync()[0],
  };
}

const curve = [5, 4, 3, 3.5, 3.2, 3.1, 2, 1];

describe("earlyStopping", () => {
  afterEach(() => {
    tf.disposeVariables();
    before = tf.memory().numTensors;
  });

  it.each<[string, EarlyStoppingOptions, number, number]>([
    ["stops when the counter reaches patience", { patience: 3 }, 6, 6],
    ["restores the best", { patience: 3, restoreBestWeights: true }, 6, 3],
    ["runs on while it improves", { patience: 4 }, 8, 8],
    ["restores where nothing stopped", { patience: 4, restoreBestWeights: true }, 8, 8],
    ["restores with a rising value", { mode: "max", patience: 2, restoreBestWeights: true }, 3, 1],
    [
      "waits for the first epoch",
      { patience: 1, startFromEpoch: 3, restoreBestWeights: true },
      8,
      8,
    ],
  ])("%s", async (_, options, epochs, weights) => {
    const { fit, epochsIn } = scripted(curve);
    const stopping = earlyStopping(options);
    const { history } = await fit(stopping);
    expect(history.loss?.length).toBe(epochs);
    expect(epochsIn()).toBe(weights);
    expect(stopping.rows).toEqual(stoppingHistory(curve, options));
  });

  it("restores all weights: of each shape, moving averages too, and those that aren't trained", async () => {
    const model = tf.sequential({
      layers: [
        tf.layers.dense({ units: 3, inputShape: [1] }),
        tf.layers.batchNormalization(),
        tf.layers.dense({ units: 1, trainable: false }),
      ],
    });
    model.compile({ optimizer: "sgd", loss: "meanSquaredError" });
    const seen: string[] = [];
    const see = () =>
      seen.push(
        model
          .getWeights()
          .map((weight) => weight.toString(true))
          .join(),
      );
    const worse = new tf.CustomCallback({
      async onEpochEnd(epoch, logs = {}) {
        logs.loss = epoch === 1 ? 0 : 1;
        see();
      },
    });
    const stopping = earlyStopping({ monitor: "loss", patience: 3, restoreBestWeights: true });
    await model.fit(x, y, { epochs: 20, verbose: 0, callbacks: [worse, stopping] });
    see();
    expect(seen.length).toBe(6);
    expect(seen[5]).toBe(seen[1]);
    expect(seen[4]).not.toBe(seen[1]);
  });

  it("keeps copies: what the model learns afterwards doesn't change them", async () => {
    const { fit, epochsIn } = scripted([1, 2, 2, 2]);
    await fit(earlyStopping({ patience: 2, restoreBestWeights: true }));
    expect(epochsIn()).toBe(1);
  });

  it("begins anew with each training", async () => {
    const stopping = earlyStopping({ patience: 2, restoreBestWeights: true });
    const first = scripted([1, 2, 2, 2]);
    await first.fit(stopping);
    const second = scripted([9, 8, 7, 7, 7, 7]);
    await second.fit(stopping);
    expect(stopping.rows).toEqual(stoppingHistory([9, 8, 7, 7, 7, 7], { patience: 2 }));
    expect(first.epochsIn()).toBe(1);
    expect(second.epochsIn()).toBe(3);
  });

  it("monitors any key of the history", async () => {
    const values = [0.1, 0.5, 0.4, 0.4];
    const { fit, epochsIn } = scripted(values, "val_f1");
    const options = { monitor: "val_f1", mode: "max", patience: 2 } as const;
    await fit(earlyStopping({ ...options, restoreBestWeights: true }));
    expect(epochsIn()).toBe(2);
  });

  it("works with validation data, and with a dataset", async () => {
    const model = tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [1] })] });
    model.compile({ optimizer: tf.train.sgd(1e-30), loss: "meanSquaredError", metrics: ["mae"] });
    const stopping = earlyStopping({ monitor: "val_mae", patience: 3, restoreBestWeights: true });
    const fitted = await model.fit(x, y, {
      epochs: 9,
      verbose: 0,
      validationData: [x, y],
      callbacks: [stopping],
    });
    expect(fitted.history.val_mae?.length).toBe(4);
    const data = tf.data.zip({ xs: tf.data.array([[0], [1]]), ys: tf.data.array([[1], [3]]) });
    const batches = data.batch(2) as tf.data.Dataset<tf.TensorContainer>;
    const options = { epochs: 9, verbose: 0 as const, validationData: batches };
    const again = await model.fitDataset(batches, { ...options, callbacks: [stopping] });
    expect(again.history.val_mae?.length).toBe(4);
    expect(stopping.rows.at(-1)?.stopped).toBe(true);
  });

  it("counts epochs from initialEpoch on, as the history does", async () => {
    const { model } = scripted([1]);
    const stopping = earlyStopping({ monitor: "loss", patience: 2 });
    const options = { initialEpoch: 5, epochs: 20, verbose: 0 as const, callbacks: [stopping] };
    await model.fit(x, y, options);
    expect(stopping.rows.map((row) => row.epoch)).toEqual([5, 6, 7]);
  });

  it("leaves no tensors behind, also where a training fails", async () => {
    const { model, fit } = scripted(curve);
    await fit(earlyStopping({ patience: 3 }));
    before = tf.memory().numTensors;
    await fit(earlyStopping({ patience: 3, restoreBestWeights: true }));
    expect(tf.memory().numTensors).toBe(before);
    const stopping = earlyStopping({ monitor: "loss", patience: 3, restoreBestWeights: true });
    const failing = async (callbacks: tf.Callback[]) => {
      const fails = new tf.CustomCallback({
        async onEpochEnd() {
          throw new Error("on purpose");
        },
      });
      const options = { epochs: 3, verbose: 0 as const, callbacks: [...callbacks, fails] };
      await expect(model.fit(x, y, options)).rejects.toThrow("on purpose");
    };
    const growth = async (work: () => Promise<void>) => {
      const since = tf.memory().numTensors;
      await work();
      return tf.memory().numTensors - since;
    };
    const ofStock = await growth(() => failing([]));
    expect(await growth(() => failing([stopping]))).toBe(ofStock);
  });

  it.each([
    ["val_loss", "it has loss, mae. Pass validationData"],
    ["val_f1", "it has loss, mae. Pass validationData"],
    ["f1", "it has loss, mae. Name the metric in model.compile"],
  ])("refuses a training without %s and names the keys there are", async (monitor, message) => {
    const model = tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [1] })] });
    model.compile({ optimizer: "sgd", loss: "meanSquaredError", metrics: ["mae"] });
    const callbacks = [earlyStopping({ monitor, mode: "max" })];
    const training = model.fit(x, y, { epochs: 3, verbose: 0, callbacks });
    await expect(training).rejects.toThrow(InputError);
    await expect(training).rejects.toThrow(`the training has no "${monitor}"; ${message}`);
  });

  it("refuses what it can't know at once, before a training", () => {
    expect(() => earlyStopping({ monitor: "val_f1" })).toThrow('Pass mode: "max"');
    expect(() => earlyStopping({ patience: -1 })).toThrow("patience: expected a whole number");
  });

  it("says so where tfjs doesn't tell it the model", async () => {
    const { model } = scripted([1]);
    const mixed = [{ onEpochEnd: async () => {} }, earlyStopping({ monitor: "loss" })];
    const training = model.fit(x, y, { epochs: 3, verbose: 0, callbacks: mixed as tf.Callback[] });
    await expect(training).rejects.toThrow("Write new tf.CustomCallback({ ... }) around that one.");
  });
});
