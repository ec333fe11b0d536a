/** Epochs, calls, callbacks: what every way to train has in common. */
import type { CallbackList, History, LayersModel } from "@tensorflow/tfjs-node";
import { CALL, createPace, nextTurn, type Pace } from "./pace";
import { inOrder, randomOrder } from "./random-order";
import { type EpochBatches, type Logs, type StepRunner, type Sums, total } from "./step-runner";

/** What a training goes by. */
export interface FitLoopOptions {
  readonly model: LayersModel;
  readonly runner: StepRunner;
  readonly callbacks: CallbackList;
  readonly history: History;
  readonly samples: number;
  readonly batchSize: number;
  readonly epochs: number;
  readonly initialEpoch: number;
  /** Undefined: the samples in their order. */
  readonly seed: number | undefined;
  readonly validates: boolean;
  /** Whether each batch is a call of its own, so that callbacks hear of it. */
  readonly everyBatch: boolean;
}

/** What a model shows of a training that should end. */
interface Stoppable {
  stopTraining_: boolean;
}

/** Trains until the last epoch, or until the model is asked to stop; the batches of a call are not divided. */
export async function fitLoop(options: FitLoopOptions): Promise<History> {
  const { model, runner, callbacks, history, samples, batchSize, epochs } = options;
  const stoppable = model as unknown as Stoppable;
  const pace = createPace(CALL);
  await callbacks.onTrainBegin();
  stoppable.stopTraining_ = false;
  for (let epoch = options.initialEpoch; epoch < epochs; epoch++) {
    await callbacks.onEpochBegin(epoch);
    const { seed } = options;
    const order = seed === undefined ? inOrder(samples) : randomOrder(samples, seed, epoch);
    const batches: EpochBatches = { epoch, batchSize, order };
    const sums = await runEpoch(options, batches, pace, () => stoppable.stopTraining_);
    // In the order in which tfjs tells them.
    const logs = {
      ...(options.validates && validationLogs(runner, batchSize)),
      ...(sums && runner.logs(sums)),
    };
    runner.sync();
    await callbacks.onEpochEnd(epoch, logs);
    if (stoppable.stopTraining_) break;
  }
  await callbacks.onTrainEnd();
  await history.syncData();
  return history;
}

async function runEpoch(
  { runner, callbacks, samples, batchSize, everyBatch }: FitLoopOptions,
  batches: EpochBatches,
  pace: Pace,
  isStopped: () => boolean,
): Promise<Sums | undefined> {
  const count = Math.ceil(samples / batchSize);
  let sums: Sums | undefined;
  for (let begin = 0; begin < count && !isStopped(); ) {
    const end = Math.min(count, begin + (everyBatch ? 1 : pace.steps()));
    await callbacks.onBatchBegin(begin);
    const since = performance.now();
    const found = runner.train(batches, begin, end);
    pace.took(end - begin, performance.now() - since);
    sums = total(found, sums);
    const called = total(found);
    await callbacks.onBatchEnd(end - 1, {
      batch: end - 1,
      size: called.samples,
      ...runner.logs(called),
    });
    begin = end;
    await nextTurn();
  }
  return sums;
}

function validationLogs(runner: StepRunner, batchSize: number): Logs {
  const logs = runner.logs(runner.evaluate(batchSize));
  return Object.fromEntries(Object.entries(logs).map(([name, value]) => [`val_${name}`, value]));
}
