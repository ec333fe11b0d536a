/** Trains a model epoch by epoch, so that each can be the last one. */
import type { CustomCallbackArgs, LayersModel, Logs, ModelFitArgs } from "@tensorflow/tfjs";
import { InterruptedTrialError } from "../errors";
import { nextTurn } from "../execution/next-turn";
import type { Tf } from "./tensorflow";
import { countSamples, type TensorData } from "./training-data";

/** What of `model.fit`'s arguments a search leaves to its user. */
export type FitOptions = Omit<
  ModelFitArgs,
  "epochs" | "initialEpoch" | "validationData" | "verbose" | "yieldEvery"
>;

type Callback = CustomCallbackArgs & {
  setModel?(model: LayersModel): void;
  setParams?(parameters: Readonly<Record<string, unknown>>): void;
};

/** An epoch that is over. */
export interface EpochEnd {
  readonly epoch: number;
  /** By name, as `loss`, `acc`, `val_loss`; `acc` also as `accuracy`, the name that Keras gives it. */
  readonly metrics: Readonly<Record<string, number>>;
}

/** What the epochs are trained on, and from where to where. */
export interface FitPlan {
  readonly train: TensorData;
  readonly validation: TensorData | undefined;
  readonly initialEpoch: number;
  readonly epochs: number;
  readonly options: FitOptions;
  /** Before the samples of an epoch are shuffled. */
  beforeEpoch(epoch: number): void;
}

const DEFAULT_BATCH_SIZE = 32;

/**
 * Trains and yields after each epoch; ends early where a callback sets `model.stopTraining`. Each epoch
 * is a `fit` of its own: stock `fit` shuffles on from the order of the epoch before, so that training
 * that goes on from a checkpoint would see its samples in another order than training in one go.
 */
export async function* fitEpochs(
  tf: Tf,
  model: LayersModel,
  plan: FitPlan,
): AsyncGenerator<EpochEnd> {
  const { train, validation, initialEpoch, epochs, options } = plan;
  const callbacks = [options.callbacks ?? []].flat() as Callback[];
  const every = async (call: (callback: Callback) => unknown) => {
    for (const callback of callbacks) await call(callback);
  };
  let batches = 0;
  let stoppedByCallback = false;
  const hear = (hook: "onBatchBegin" | "onBatchEnd") => {
    const listeners = callbacks.filter((callback) => isOwn(tf, callback, hook));
    return async (batch: number, logs?: Logs) => {
      if (hook === "onBatchBegin") batches = batch + 1;
      for (const listener of listeners) await listener[hook]?.(batch, logs);
      stoppedByCallback ||= model.stopTraining;
    };
  };
  // Where somebody listens to the ends, tfjs waits for the loss of each batch: that can cost more than
  // the batch. The beginnings cost nothing.
  const listensToEnds = callbacks.some((callback) => isOwn(tf, callback, "onBatchEnd"));
  const batchHooks = {
    onBatchBegin: hear("onBatchBegin"),
    ...(listensToEnds ? { onBatchEnd: hear("onBatchEnd") } : {}),
  };
  await every((callback) => callback.setParams?.({ epochs, verbose: 0 }));
  await every((callback) => callback.setModel?.(model));
  await every((callback) => callback.onTrainBegin?.());
  try {
    for (let epoch = initialEpoch; epoch < epochs; epoch++) {
      plan.beforeEpoch(epoch);
      let logs: Logs = {};
      await model.fit(train.x, train.y, {
        ...options,
        ...(validation === undefined ? {} : { validationData: [validation.x, validation.y] }),
        initialEpoch: epoch,
        epochs: epoch + 1,
        verbose: 0,
        callbacks: {
          onEpochBegin: (at, begun) => every((callback) => callback.onEpochBegin?.(at, begun)),
          onEpochEnd: (at, ended = {}) => {
            logs = ended;
            return every((callback) => callback.onEpochEnd?.(at, ended));
          },
          ...batchHooks,
        },
      });
      await nextTurn();
      if (model.stopTraining && batches < batchesOf(plan)) {
        // Stopped in mid-epoch. A notebook's interrupt does that, and so may a callback.
        if (!stoppedByCallback) throw new InterruptedTrialError();
        break;
      }
      yield { epoch, metrics: named(logs) };
      if (model.stopTraining) break;
    }
  } finally {
    await every((callback) => callback.onTrainEnd?.());
  }
}

/** Whether a callback does something there; tfjs's own classes inherit methods that do nothing. */
function isOwn(tf: Tf, callback: Callback, hook: "onBatchBegin" | "onBatchEnd"): boolean {
  const method: unknown = callback[hook];
  return method !== undefined && method !== tf.Callback.prototype[hook];
}

/** How many batches an epoch has. */
function batchesOf({ train, options }: FitPlan): number {
  const { batchSize = DEFAULT_BATCH_SIZE, validationSplit = 0 } = options;
  return Math.ceil(Math.floor(countSamples(train) * (1 - validationSplit)) / batchSize);
}

function named(logs: Logs): Record<string, number> {
  const metrics: Record<string, number> = {};
  for (const [name, value] of Object.entries(logs)) {
    metrics[name] = value;
    // tfjs shortens what a model was compiled with; objectives are looked for under Keras's name.
    metrics[name.replace(/(^|_)acc$/, "$1accuracy")] = value;
  }
  return metrics;
}
