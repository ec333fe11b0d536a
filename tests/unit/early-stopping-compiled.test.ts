/** Early stopping of kernel-utils in trainings of the trainer. */
import { earlyStopping, seedWeights, stoppingHistory } from "@headroom/kernel-utils";
import { compile, explain } from "@headroom/trainer";
import * as tf from "@tensorflow/tfjs-node";
import { describe, expect, test } from "vitest";

const x = tf.randomNormal([40, 5], 0, 1, "float32", 1);
const y = tf.randomUniform([40, 1], 0, 2, "int32", 2).toFloat();
const validationData: [tf.Tensor, tf.Tensor] = [
  tf.randomNormal([40, 5], 0, 1, "float32", 3),
  tf.randomUniform([40, 1], 0, 2, "int32", 4).toFloat(),
];

/** It learns noise by heart, so that its validation loss rises soon. */
function build({ normalised = true } = {}): tf.LayersModel {
  const model = tf.sequential({
    layers: [
      tf.layers.dense({ units: 32, inputShape: [5], activation: "relu" }),
      ...(normalised ? [tf.layers.batchNormalization()] : []),
      tf.layers.dense({ units: 1, activation: "sigmoid" }),
    ],
  });
  model.compile({ optimizer: tf.train.adam(0.02), loss: "binaryCrossentropy" });
  return seedWeights(model, 1);
}

/** Returns the loss on the validation data. */
function validate(model: tf.LayersModel): number {
  const result = model.evaluate(...validationData, { batchSize: 40 }) as tf.Scalar;
  return result.dataSync()[0] as number;
}

const options = { patience: 4, restoreBestWeights: true };
const common = { epochs: 60, batchSize: 8, verbose: 0 as const };
type Way = [string, (model: tf.LayersModel, callback: tf.Callback) => Promise<tf.History>];
const ways: Way[] = [
  [
    "fit",
    (model, callback) =>
      compile(model).fit(x, y, { ...common, seed: 1, validationData, callbacks: [callback] }),
  ],
  [
    "fitDataset",
    (model, callback) => {
      const zip = (xs: tf.Tensor, ys: tf.Tensor) =>
        tf.data
          .zip({
            xs: tf.data.array(xs.arraySync() as number[][]),
            ys: tf.data.array(ys.arraySync() as number[][]),
          })
          .batch(8);
      const { batchSize: _, ...rest } = common;
      const training = {
        ...rest,
        seed: 1,
        validationData: zip(...validationData),
        callbacks: [callback],
      };
      return compile(model).fitDataset(zip(x, y), training as never);
    },
  ],
];

describe.each(ways)("compiled %s", (_, train) => {
  test("stops where the history says, and leaves the best epoch's weights in the model", async () => {
    const model = build();
    const stopping = earlyStopping(options);
    const { history } = await train(model, stopping);
    expect(explain(model)?.way).toBe("graph");
    const losses = history.val_loss as number[];
    expect(losses.length).toBeLessThan(60);
    expect(stopping.rows).toEqual(stoppingHistory(losses, options));
    const best = stopping.rows.at(-1)?.best as number;
    expect(best).toBe(Math.min(...losses));
    expect(best).toBeLessThan(losses.at(-1) as number);
    expect(validate(model)).toBeCloseTo(best, 4);
  });

  test("lets the next training begin from the restored weights", async () => {
    const model = build({ normalised: false });
    const stopping = earlyStopping(options);
    await train(model, stopping);
    const { best, value: last } = stopping.rows.at(-1) ?? {};
    Object.assign(model.optimizer, { learningRate: 0 });
    await train(model, stopping);
    expect(stopping.rows[0]?.value).toBeCloseTo(best as number, 4);
    expect(last).toBeGreaterThan((best as number) + 0.001);
  });

  test("leaves no tensors behind", async () => {
    const model = build();
    await train(model, earlyStopping(options));
    const { numTensors } = tf.memory();
    await train(model, earlyStopping(options));
    expect(tf.memory().numTensors).toBe(numTensors);
  });

  test("fails with an error where the history has no such key", async () => {
    const stopping = earlyStopping({ monitor: "val_f1", mode: "max" });
    await expect(train(build(), stopping)).rejects.toThrow(
      'the training has no "val_f1"; it has val_loss',
    );
  });
});
