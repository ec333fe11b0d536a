/** Epochs over a dataset: what `fitLoop` is for whole tensors. */
import type { CallbackList, History, LayersModel } from "@tensorflow/tfjs-node";
import type { BatchDataset, Chunk, DatasetBatches } from "./dataset-batches";
import { CALL, createPace, nextTurn, type Pace } from "./pace";
import { inOrder } from "./random-order";
import { type EpochBatches, type Logs, type StepRunner, type Sums, total } from "./step-runner";

/** What a training on a dataset goes by. */
export interface DatasetLoopOptions {
  readonly model: LayersModel;
  readonly runner: StepRunner;
  readonly callbacks: CallbackList;
  readonly history: History;
  /** Has begun. */
  readonly batches: DatasetBatches;
  /** Undefined: an epoch goes through the whole dataset; otherwise the epochs go on in it. */
  readonly batchesPerEpoch: number | undefined;
  readonly epochs: number;
  readonly initialEpoch: number;
  /** Returns the sums of the validation data; undefined where there are none. */
  readonly validate: (() => Promise<Sums | undefined>) | undefined;
  /** Whether each batch is a call of its own, so that callbacks hear of it. */
  readonly everyBatch: boolean;
}

/** What a model shows of a training that should end. */
interface Stoppable {
  stopTraining_: boolean;
}

/** Trains until the last epoch, or until the model is asked to stop; the batches of a call are not divided. */
export async function datasetLoop(options: DatasetLoopOptions): Promise<History> {
  const { model, runner, callbacks, history, batches, validate, batchesPerEpoch } = options;
  const stoppable = model as unknown as Stoppable;
  const pace = createPace(CALL);
  await callbacks.onTrainBegin();
  stoppable.stopTraining_ = false;
  for (let epoch = options.initialEpoch; epoch < options.epochs; epoch++) {
    await callbacks.onEpochBegin(epoch);
    if (batchesPerEpoch === undefined && epoch > options.initialEpoch) await batches.begin();
    const { sums, isWhole } = await runEpoch(options, epoch, pace, () => stoppable.stopTraining_);
    runner.sync();
    const validated = isWhole ? await validate?.() : undefined;
    // In the order in which tfjs tells them.
    const logs = { ...validationLogs(runner, validated), ...(sums && runner.logs(sums)) };
    await callbacks.onEpochEnd(epoch, logs);
    if (stoppable.stopTraining_) break;
  }
  await callbacks.onTrainEnd();
  await history.syncData();
  return history;
}

/** An epoch is whole, and validated, where neither the model nor the dataset ended it before its time. */
async function runEpoch(
  { runner, callbacks, batches, batchesPerEpoch, epochs, everyBatch }: DatasetLoopOptions,
  epoch: number,
  pace: Pace,
  isStopped: () => boolean,
): Promise<{ readonly sums: Sums | undefined; readonly isWhole: boolean }> {
  const most = batchesPerEpoch ?? Number.POSITIVE_INFINITY;
  let sums: Sums | undefined;
  let done = 0;
  while (done < most) {
    const chunk = await batches.next(everyBatch ? 1 : Math.min(most - done, pace.steps()));
    if (chunk === undefined) {
      if (batchesPerEpoch !== undefined) tellEnd(batchesPerEpoch, epochs, done);
      return { sums, isWhole: batchesPerEpoch === undefined };
    }
    try {
      await callbacks.onBatchBegin(done);
      const since = performance.now();
      const found = runner.train(allOf(chunk, epoch, done), 0, chunk.batches);
      pace.took(chunk.batches, performance.now() - since);
      done += chunk.batches;
      sums = total(found, sums);
      const called = total(found);
      const about = { batch: done - 1, size: called.samples };
      await callbacks.onBatchEnd(done - 1, { ...about, ...runner.logs(called) });
    } finally {
      chunk.dispose();
    }
    if (isStopped() && done < most) return { sums, isWhole: false };
    await nextTurn();
  }
  return { sums, isWhole: true };
}

function allOf({ data, batchSize }: Chunk, epoch: number, firstBatch: number): EpochBatches {
  const samples = data.inputs[0]?.shape[0] as number;
  return { epoch, batchSize, order: inOrder(samples), data, firstBatch };
}

/** Returns the sums of up to `most` batches of a dataset; undefined where it has none. */
export async function evaluateDataset(
  runner: StepRunner,
  batches: DatasetBatches,
  most: number | undefined,
): Promise<Sums | undefined> {
  const all: Sums[] = [];
  let done = 0;
  await batches.begin();
  while (most === undefined || done < most) {
    const chunk = await batches.next((most ?? Number.POSITIVE_INFINITY) - done);
    if (chunk === undefined) break;
    try {
      all.push(runner.evaluate(chunk.batchSize, chunk.data));
      done += chunk.batches;
    } finally {
      chunk.dispose();
    }
    await nextTurn();
  }
  batches.dispose();
  if (most !== undefined && done < most) {
    console.warn(
      `The validation dataset ended after ${done} of ${most} batches (validationBatches). You may need ` +
        "to use the repeat() function when building it.",
    );
  }
  return all.length === 0 ? undefined : total(all);
}

function validationLogs(runner: StepRunner, sums: Sums | undefined): Logs {
  const logs = sums === undefined ? {} : runner.logs(sums);
  return Object.fromEntries(Object.entries(logs).map(([name, value]) => [`val_${name}`, value]));
}

/** In tfjs's words. */
function tellEnd(batchesPerEpoch: number, epochs: number, done: number): void {
  console.warn(
    `You provided \`batchesPerEpoch\` as ${batchesPerEpoch}, but your dataset iterator ran out of data ` +
      `after ${done} batches; interrupting training. Make sure that your dataset can generate at least ` +
      `\`batchesPerEpoch * epochs\` batches (in this case, ${batchesPerEpoch * epochs} batches). You may ` +
      "need to use the repeat() function when building your dataset.",
  );
}

/** The number of batches that callbacks are told of; null where nobody knows. */
export function stepsOf({ size }: BatchDataset, batchesPerEpoch: number | undefined) {
  return batchesPerEpoch ?? (Number.isFinite(size) ? (size as number) : null);
}
