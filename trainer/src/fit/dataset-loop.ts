/** Epochs over a dataset: what `fitLoop` is for whole tensors. */
import type { History } from "@tensorflow/tfjs-node";
import type { BatchDataset, Chunk, DatasetBatches } from "./dataset-batches";
import { type EpochRun, type EpochsOptions, epochLogs, runCall, runEpochs } from "./epochs";
import { nextTurn } from "./pace";
import { inOrder } from "./random-order";
import { type EpochBatches, type StepRunner, type Sums, total } from "./step-runner";

/** What a training on a dataset goes by. */
export interface DatasetLoopOptions extends EpochsOptions {
  /** Has begun. */
  readonly batches: DatasetBatches;
  /** Undefined: an epoch goes through the whole dataset; otherwise the epochs go on in it. */
  readonly batchesPerEpoch: number | undefined;
  /** Returns the sums of the validation data; undefined where there are none. */
  readonly validate: (() => Promise<Sums | undefined>) | undefined;
}

/** Trains until the last epoch, or until the model is asked to stop. */
export function datasetLoop(options: DatasetLoopOptions): Promise<History> {
  const { runner, batches, validate, batchesPerEpoch, initialEpoch } = options;
  return runEpochs(options, async (run) => {
    if (batchesPerEpoch === undefined && run.epoch > initialEpoch) await batches.begin();
    const { sums, isWhole } = await trainEpoch(options, run);
    runner.sync();
    return epochLogs(runner, sums, isWhole ? await validate?.() : undefined);
  });
}

/** An epoch is whole, and validated, where neither the model nor the dataset ended it before its time. */
async function trainEpoch(
  options: DatasetLoopOptions,
  { epoch, pace, isStopped }: EpochRun,
): Promise<{ readonly sums: Sums | undefined; readonly isWhole: boolean }> {
  const { batches, batchesPerEpoch, epochs, everyBatch } = options;
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
      const call = {
        batches: allOf(chunk, epoch, done),
        begin: 0,
        end: chunk.batches,
        number: done,
      };
      sums = await runCall(options, call, pace, sums);
      done += chunk.batches;
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
