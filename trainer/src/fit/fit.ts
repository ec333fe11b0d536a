import type * as tf from "@tensorflow/tfjs-node";
import { clippingOf } from "../optimizers/clipping";
import { checkFitOptions, type FitData, type FitOptions, stockOptions } from "./arguments";
import { callbackList } from "./callbacks";
import { chooseRunner, type Explanation, type Way } from "./choose-runner";
import { fitLoop } from "./fit-loop";
import { disposeOthers, standardData } from "./model-data";
import { anySeed } from "./random-order";
import type { BatchFunction } from "./stock-runner";

/** The loop of tfjs that is replaced while a model trains. Its arguments are those of tfjs 4. */
type StockLoop = (
  trainBatch: BatchFunction,
  data: (tf.Tensor | null)[],
  names: string[],
  batchSize: number | undefined,
  epochs: number | undefined,
  verbose: number | undefined,
  callbacks: tf.Callback[],
  testBatch: BatchFunction | null,
  validation: tf.Tensor[],
  shuffle: boolean | string | undefined,
  metrics: string[],
  initialEpoch: number | undefined,
) => Promise<tf.History>;

/**
 * Trains a model by `model.fit`, whose loop is replaced meanwhile: what tfjs checks and prepares, and what it
 * tells of bad arguments, stays as it is.
 */
export async function fit(
  model: tf.LayersModel,
  x: FitData,
  y: FitData,
  options: FitOptions,
  way: Way | undefined,
  explained: (explanation: Explanation) => void,
): Promise<tf.History> {
  checkFitOptions(options);
  const clipping = clippingOf(options);
  // A sequential model lets a model within train.
  const trained = (model as unknown as { readonly model?: tf.LayersModel }).model ?? model;
  const own: StockLoop = async (trainBatch, data, names, batchSize = 32, epochs = 1, ...rest) => {
    const [
      verbose = 1,
      callbacks,
      testBatch,
      validation,
      shuffle = true,
      metrics,
      initialEpoch = 0,
    ] = rest;
    const found = standardData(trained, data, options.sampleWeight);
    const validationData = testBatch === null ? undefined : standardData(trained, validation);
    const samples = found.inputs[0]?.shape[0] as number;
    const seed = options.seed ?? anySeed();
    try {
      const choice = chooseRunner(trained, way, {
        names,
        trainBatch,
        testBatch: testBatch ?? undefined,
        data: found,
        validation: validationData,
        batchSize,
        seed,
        learningRate: options.learningRate,
        checkNumerics: options.checkNumerics === true,
        clipping,
      });
      explained(choice.explanation);
      const list = callbackList(trained, callbacks, {
        epochs,
        initialEpoch,
        samples,
        steps: null,
        batchSize,
        verbose: Number(verbose),
        doValidation: testBatch !== null,
        metrics,
      });
      (trained as unknown as { history: tf.History }).history = list.history;
      const { runner } = choice;
      try {
        return await fitLoop({
          model: trained,
          runner,
          ...list,
          samples,
          batchSize,
          epochs,
          initialEpoch,
          seed: shuffle ? seed : undefined,
          validates: testBatch !== null,
          everyBatch: options.yieldEvery === "batch",
        });
      } finally {
        runner.sync();
        runner.end();
      }
    } finally {
      // Also where the model can't be trained so: what was made of the data is of no use to anybody.
      disposeOthers(found, data);
      if (validationData !== undefined) disposeOthers(validationData, validation);
    }
  };
  Object.defineProperty(trained, "fitLoop", { value: own, configurable: true });
  try {
    return await model.fit(x as tf.Tensor, y as tf.Tensor, stockOptions(options));
  } finally {
    Reflect.deleteProperty(trained, "fitLoop");
  }
}
