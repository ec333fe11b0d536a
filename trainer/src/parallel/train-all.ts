/** Trains several models at once. */
import { availableParallelism } from "node:os";
import * as tf from "@tensorflow/tfjs-node";
import { TrainingArgumentError } from "../errors";
import { checkFitOptions, type FitOptions } from "../fit/arguments";
import type { Explanation, Way } from "../fit/choose-runner";
import type { Logs } from "../fit/step-runner";
import type { Errand, Fitted } from "./contract";
import { packModel, requirePlain, unpackState } from "./model-parcel";
import { DataFolder, type Fold, type PairOfTensors } from "./shared-data";
import { TrainingProcess } from "./training-process";

/** What the models are trained on: all of them on the same data, or each on its part of them. */
export interface TrainAllData extends PairOfTensors {
  readonly validation?: PairOfTensors;
  /** For each model the samples to train on, and those of the same data to validate on. */
  readonly folds?: readonly Fold[];
}

/** How several models are trained: as `fit`'s options, as far as they are plain data. */
export interface TrainAllOptions
  extends Omit<
    FitOptions,
    "callbacks" | "learningRate" | "seed" | "validationData" | "verbose" | "yieldEvery"
  > {
  /** One for all models, or one for each. */
  readonly seed?: number | readonly number[];
  /** How many processes; as many as there are cores by default. */
  readonly workers?: number;
  /** Demands this way; see `compile`. */
  readonly way?: Way;
  /** Ends each model's training when it gets no better: what `tf.callbacks.earlyStopping` takes. */
  readonly earlyStopping?: tf.EarlyStoppingCallbackArgs;
  /** Ends the trainings that are not over yet; their models stay as they were. */
  readonly signal?: AbortSignal;
  /** Is told of each epoch that has ended, by the model's number. */
  readonly onEpochEnd?: (model: number, epoch: number, logs: Logs) => void;
}

/** What came of one model's training. */
export interface Trained {
  /** The numbers of the epochs. */
  readonly epoch: readonly number[];
  /** Losses and metrics by name, one number for each epoch. */
  readonly history: Readonly<Record<string, readonly number[]>>;
  /** How it was trained. */
  readonly explanation: Explanation | undefined;
}

/**
 * Trains compiled models in processes of their own, one thread each: for small models that is faster than
 * all cores for one model after the other. The data are there once, whatever the number of processes. Afterwards
 * the models have their weights, and their optimizers the state, as if they had been trained here.
 *
 * Returns what came of each, in the models' order; one that fails, or whose process dies, does so alone. With
 * seeds the results are the same whatever the number of processes.
 *
 * Throws a TrainingArgumentError for options that can't be, and for models and options that are not plain data:
 * losses, metrics and schedules that are functions. Throws a CannotCompileError for an optimizer that is not
 * tfjs's own.
 */
export async function trainAll(
  models: readonly tf.LayersModel[],
  data: TrainAllData,
  options: TrainAllOptions = {},
): Promise<PromiseSettledResult<Trained>[]> {
  const {
    workers = availableParallelism(),
    signal,
    seed,
    onEpochEnd,
    way,
    earlyStopping,
    ...fitOptions
  } = options;
  check(models, data, options);
  requirePlain("an option", { ...fitOptions, earlyStopping });
  const parcels = models.map(packModel);
  const folder = new DataFolder();
  const processes: TrainingProcess[] = [];
  const abort = () => {
    for (const process of processes) process.end();
  };
  signal?.addEventListener("abort", abort, { once: true });
  try {
    const files = {
      train: folder.write(data),
      validation: data.validation && folder.write(data.validation),
    };
    const train = async (model: number, place: number): Promise<Trained> => {
      signal?.throwIfAborted();
      let process = processes[place];
      if (!process?.isAlive) {
        process = new TrainingProcess();
        processes[place] = process;
      }
      const errand: Errand = {
        model: parcels[model] as Errand["model"],
        data: { ...files, fold: data.folds?.[model] },
        options: { ...fitOptions, ...(seed === undefined ? {} : { seed: seedOf(seed, model) }) },
        earlyStopping,
        way,
      };
      let fitted: Fitted;
      try {
        fitted = await process.train(errand, (epoch, logs) => onEpochEnd?.(model, epoch, logs));
      } catch (error) {
        throw signal?.aborted ? signal.reason : error;
      }
      const { state, ...trained } = fitted;
      unpackState(models[model] as tf.LayersModel, state);
      return trained;
    };
    return await settleAll(models.length, Math.min(workers, models.length), train);
  } finally {
    signal?.removeEventListener("abort", abort);
    abort();
    folder.remove();
  }
}

/** Does `count` pieces of work, `width` at a time, each at a free place. */
async function settleAll<T>(
  count: number,
  width: number,
  work: (index: number, place: number) => Promise<T>,
): Promise<PromiseSettledResult<T>[]> {
  const results: PromiseSettledResult<T>[] = [];
  let next = 0;
  const places = Array.from({ length: width }, async (_, place) => {
    while (next < count) {
      const index = next++;
      const [result] = await Promise.allSettled([work(index, place)]);
      results[index] = result;
    }
  });
  await Promise.all(places);
  return results;
}

function seedOf(seed: number | readonly number[], model: number): number {
  return typeof seed === "number" ? seed : (seed[model] as number);
}

function check(
  models: readonly tf.LayersModel[],
  { x, folds }: TrainAllData,
  { workers = 1, seed, ...options }: TrainAllOptions,
): void {
  const refuse = (text: string): never => {
    throw new TrainingArgumentError(`trainAll: ${text}`);
  };
  if (!Number.isSafeInteger(workers) || workers < 1) {
    refuse(`workers is a whole number from 1 on, but it is ${workers}`);
  }
  const { onEpochEnd: _epoch, signal: _signal, way: _way, earlyStopping, ...rest } = options;
  try {
    // Made here only to hear at once, and not from each process, what it doesn't take.
    tf.callbacks.earlyStopping(earlyStopping);
  } catch (problem) {
    refuse(`earlyStopping can't be: ${problem instanceof Error ? problem.message : problem}`);
  }
  for (const one of [seed].flat()) {
    checkFitOptions(one === undefined ? rest : { ...rest, seed: one as number });
  }
  for (const [name, list] of Object.entries({ seed, folds })) {
    if (Array.isArray(list) && list.length !== models.length) {
      refuse(`${name} has ${list.length} entries for ${models.length} models: one each`);
    }
  }
  const samples = [x].flat()[0]?.shape[0] ?? 0;
  for (const { train, validation = [] } of folds ?? []) {
    const wrong = [...train, ...validation].find(
      (row) => !(Number.isSafeInteger(row) && row >= 0 && row < samples),
    );
    if (wrong !== undefined) refuse(`a fold names sample ${wrong}, there are ${samples}`);
    if (train.length === 0) refuse("a fold has no samples to train on");
  }
}
