/** Epochs over whole tensors. */
import type { History } from "@tensorflow/tfjs-node";
import { type EpochRun, type EpochsOptions, epochLogs, runCall, runEpochs } from "./epochs";
import { nextTurn } from "./pace";
import { inOrder, randomOrder } from "./random-order";
import type { EpochBatches, Sums } from "./step-runner";

/** What a training on whole tensors goes by. */
export interface FitLoopOptions extends EpochsOptions {
  readonly samples: number;
  readonly batchSize: number;
  /** Undefined: the samples in their order. */
  readonly seed: number | undefined;
  readonly validates: boolean;
}

/** Trains until the last epoch, or until the model is asked to stop. */
export function fitLoop(options: FitLoopOptions): Promise<History> {
  const { runner, samples, batchSize, seed, validates } = options;
  return runEpochs(options, async (run) => {
    const order = seed === undefined ? inOrder(samples) : randomOrder(samples, seed, run.epoch);
    const trained = await trainEpoch(options, { epoch: run.epoch, batchSize, order }, run);
    const logs = epochLogs(runner, trained, validates ? runner.evaluate(batchSize) : undefined);
    runner.sync();
    return logs;
  });
}

async function trainEpoch(
  options: FitLoopOptions,
  batches: EpochBatches,
  { pace, isStopped }: EpochRun,
): Promise<Sums | undefined> {
  const count = Math.ceil(options.samples / options.batchSize);
  let sums: Sums | undefined;
  for (let begin = 0; begin < count && !isStopped(); ) {
    const end = Math.min(count, begin + (options.everyBatch ? 1 : pace.steps()));
    sums = await runCall(options, { batches, begin, end, number: begin }, pace, sums);
    begin = end;
    await nextTurn();
  }
  return sums;
}
