/** Trains a model epoch by epoch, so that each can be the last one. */
import type { LayersModel, Logs, ModelFitArgs } from "@tensorflow/tfjs";
import { InterruptedTrialError } from "../errors";
import { nextTurn } from "../execution/next-turn";
import { FitCallbacks } from "./fit-callbacks";
import type { Tf } from "./tensorflow";
import type { Trainer } from "./trainer";
import { countSamples, type TensorData } from "./training-data";

/** What of `model.fit`'s arguments a search leaves to its user. */
export type FitOptions = Omit<
  ModelFitArgs,
  "epochs" | "initialEpoch" | "validationData" | "verbose" | "yieldEvery"
>;

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
  /** Undefined for stock TensorFlow.js. */
  readonly trainer: Trainer | undefined;
  /** The trainer's; stock TensorFlow.js takes its random numbers from `Math.random`. */
  readonly seed: number;
  /** Before anything random happens in an epoch. */
  beforeEpoch(epoch: number): void;
  /** An epoch has ended; an error ends the training. */
  afterEpoch(end: EpochEnd): Promise<void>;
}

/** A training on its way. */
interface Fitting {
  readonly model: LayersModel;
  readonly plan: FitPlan;
  /** Those that all calls of `fit` have. */
  readonly args: ModelFitArgs;
  readonly callbacks: FitCallbacks;
}

const DEFAULT_BATCH_SIZE = 32;

/**
 * Trains a model; ends early where a callback sets `model.stopTraining`.
 *
 * @throws InterruptedTrialError where anyone else has set it, as a notebook's interrupt does
 */
export async function fitEpochs(tf: Tf, model: LayersModel, plan: FitPlan): Promise<void> {
  const { initialEpoch, epochs, options, validation, trainer } = plan;
  const callbacks = new FitCallbacks(tf, model, options);
  const args = {
    ...options,
    ...(validation === undefined ? {} : { validationData: [validation.x, validation.y] }),
    verbose: 0,
  } as ModelFitArgs;
  const fitting = { model, plan, args, callbacks };
  await callbacks.every((callback) => callback.setParams?.({ epochs, verbose: 0 }));
  await callbacks.every((callback) => callback.setModel?.(model));
  await callbacks.every((callback) => callback.onTrainBegin?.());
  try {
    if (trainer !== undefined) await fitCompiled(fitting, trainer);
    else {
      for (let epoch = initialEpoch; epoch < epochs; epoch++) {
        await fitEpoch(fitting, epoch);
        if (model.stopTraining) break;
      }
    }
  } finally {
    await callbacks.every((callback) => callback.onTrainEnd?.());
  }
}

/**
 * An epoch of stock TensorFlow.js is a `fit` of its own: `fit` shuffles on from the order of the epoch
 * before, so that training that goes on from a checkpoint would see its samples in another order than
 * training in one go.
 */
async function fitEpoch({ model, plan, args, callbacks }: Fitting, epoch: number): Promise<void> {
  const { x, y } = plan.train;
  plan.beforeEpoch(epoch);
  let logs: Logs = {};
  await model.fit(x, y, {
    ...args,
    initialEpoch: epoch,
    epochs: epoch + 1,
    callbacks: {
      onEpochBegin: (at, begun) =>
        callbacks.every((callback) => callback.onEpochBegin?.(at, begun)),
      onEpochEnd: (at, found = {}) => {
        logs = found;
        return callbacks.every((callback) => callback.onEpochEnd?.(at, found));
      },
      ...callbacks.batchHooks(),
    },
  });
  await nextTurn();
  if (model.stopTraining && callbacks.batches < batchesOf(plan)) {
    if (!callbacks.haveStopped) throw new InterruptedTrialError();
    return;
  }
  await plan.afterEpoch({ epoch, metrics: named(logs) });
}

/** With the trainer all epochs are one `fit`: the order of the samples follows from the epoch. */
async function fitCompiled(
  { model, plan, args, callbacks }: Fitting,
  trainer: Trainer,
): Promise<void> {
  const { initialEpoch, epochs, seed } = plan;
  // It runs many batches at a time where nobody listens to them.
  const { listenToBatches } = callbacks;
  await trainer.fit(model, plan.train, {
    ...args,
    ...(listenToBatches ? { yieldEvery: "batch" } : {}),
    initialEpoch,
    epochs,
    seed,
    callbacks: {
      onEpochBegin(epoch, begun) {
        plan.beforeEpoch(epoch);
        return callbacks.every((callback) => callback.onEpochBegin?.(epoch, begun));
      },
      async onEpochEnd(epoch, logs = {}) {
        const isWhole = callbacks.haveStopped
          ? callbacks.batches === batchesOf(plan)
          : !model.stopTraining;
        await callbacks.every((callback) => callback.onEpochEnd?.(epoch, logs));
        if (!isWhole) return;
        callbacks.mayHaveStopped();
        await plan.afterEpoch({ epoch, metrics: named(logs) });
      },
      ...(listenToBatches ? callbacks.batchHooks() : {}),
    },
  });
  if (!model.stopTraining || callbacks.haveStopped) return;
  await nextTurn();
  throw new InterruptedTrialError();
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
