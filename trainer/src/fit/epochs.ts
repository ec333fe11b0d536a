/** What loops over whole tensors and over datasets have in common: epochs, calls, and what is told of them. */
import type { CallbackList, History, LayersModel } from "@tensorflow/tfjs-node";
import { CALL, createPace, type Pace } from "./pace";
import { type EpochBatches, type Logs, type StepRunner, type Sums, total } from "./step-runner";

/** What every training goes by. */
export interface EpochsOptions {
  readonly model: LayersModel;
  readonly runner: StepRunner;
  readonly callbacks: CallbackList;
  readonly history: History;
  readonly epochs: number;
  readonly initialEpoch: number;
  /** Whether each batch is a call of its own, so that callbacks hear of it. */
  readonly everyBatch: boolean;
}

/** An epoch on its way. */
export interface EpochRun {
  readonly epoch: number;
  readonly pace: Pace;
  /** Whether the model was asked to stop. */
  isStopped(): boolean;
}

/** Batches that one call trains on. */
export interface Call {
  readonly batches: EpochBatches;
  /** Numbers of the first batch, and of the one after the last, within `batches`. */
  readonly begin: number;
  readonly end: number;
  /** The first one's number within the epoch. */
  readonly number: number;
}

/**
 * Runs `run` for each epoch, which returns what is told of it, until the last one or until the model is
 * asked to stop; the batches of a call are not divided.
 */
export async function runEpochs(
  { model, callbacks, history, initialEpoch, epochs }: EpochsOptions,
  run: (epoch: EpochRun) => Promise<Logs>,
): Promise<History> {
  const stoppable = model as unknown as { stopTraining_: boolean };
  const pace = createPace(CALL);
  const isStopped = () => stoppable.stopTraining_;
  await callbacks.onTrainBegin();
  stoppable.stopTraining_ = false;
  for (let epoch = initialEpoch; epoch < epochs; epoch++) {
    await callbacks.onEpochBegin(epoch);
    await callbacks.onEpochEnd(epoch, await run({ epoch, pace, isStopped }));
    if (isStopped()) break;
  }
  await callbacks.onTrainEnd();
  await history.syncData();
  return history;
}

/** Trains on the batches of a call and tells the callbacks. Returns the sums so far. */
export async function runCall(
  { runner, callbacks }: EpochsOptions,
  { batches, begin, end, number }: Call,
  pace: Pace,
  before: Sums | undefined,
): Promise<Sums> {
  await callbacks.onBatchBegin(number);
  const since = performance.now();
  const found = runner.train(batches, begin, end);
  pace.took(end - begin, performance.now() - since);
  const called = total(found);
  const batch = number + end - begin - 1;
  await callbacks.onBatchEnd(batch, { batch, size: called.samples, ...runner.logs(called) });
  return total(found, before);
}

/** What is told of an epoch, in the order in which tfjs tells it. */
export function epochLogs(
  runner: StepRunner,
  trained: Sums | undefined,
  validated: Sums | undefined,
): Logs {
  const validation = validated === undefined ? {} : runner.logs(validated);
  return {
    ...Object.fromEntries(
      Object.entries(validation).map(([name, value]) => [`val_${name}`, value]),
    ),
    ...(trained && runner.logs(trained)),
  };
}
