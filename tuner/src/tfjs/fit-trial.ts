/** Runs a trial that trains a model of TensorFlow.js. */
import type { LayersModel } from "@tensorflow/tfjs";
import { DefinitionError, PrunedTrialError } from "../errors";
import { trialHyperParameters } from "../execution/function-trial";
import type { TrialHooks, TrialProgram, TrialTask } from "../execution/trial-program";
import type { HyperParameters } from "../search-space/hyperparameters";
import type { Objective } from "../trials/objective";
import { BestEpoch } from "./best-epoch";
import { decodeCheckpoint, encodeCheckpoint } from "./checkpoint-format";
import type { CheckpointStore } from "./checkpoint-store";
import { type EpochEnd, type FitOptions, fitEpochs } from "./fit-epochs";
import { Leftovers } from "./leftovers";
import { captureState, type ModelState, restoreState } from "./model-state";
import { labelledSeed, withSeededRandomness } from "./seeded-math-random";
import type { Tf } from "./tensorflow";
import type { Trainer } from "./trainer";
import { type Fold, type TensorData, takeRows } from "./training-data";

/** Builds and compiles a model for a trial's values. */
export type ModelBuilder = (hp: HyperParameters) => LayersModel | Promise<LayersModel>;

/** How models are trained, where the oracle leaves it open. */
export interface TrialFitOptions extends FitOptions {
  /** Epochs to train where the oracle gives no budget; 1 by default. */
  readonly epochs?: number;
}

/** What a trial is made of. */
export interface FitTrialSettings {
  readonly build: ModelBuilder;
  readonly train: TensorData;
  /** Undefined: the metrics of training count, or those of `validationSplit`, or of the folds. */
  readonly validation: TensorData | undefined;
  /** Undefined for none: then `train` is trained on as a whole. */
  readonly folds: readonly Fold[] | undefined;
  /** The same for every trial, or by its values: batch size and epochs may be searched, too. */
  readonly fit: TrialFitOptions | ((hp: HyperParameters) => TrialFitOptions);
  /** What trials are judged by: the weights of the epoch that gave the best score are kept. */
  readonly objectives: readonly Objective[];
  /** Undefined where nothing need be kept. */
  readonly checkpoints: CheckpointStore | undefined;
  /** Undefined for stock TensorFlow.js. */
  readonly trainer: Trainer | undefined;
}

/** One training of a trial's: an execution of a fold. */
interface Run {
  readonly train: TensorData;
  readonly validation: TensorData | undefined;
  readonly label: string;
  /** Undefined to begin from fresh weights. */
  readonly state: ModelState | undefined;
}

/**
 * Returns the program of a trial. Random numbers depend on the task's seed alone, so a trial that is
 * run again, or in another process, gives the same metrics; one that continues another goes on as if
 * that had never stopped.
 */
export function fitTrial(tf: Tf, settings: FitTrialSettings): TrialProgram {
  return async (task, hooks) => {
    const runs: RunStates[] = [];
    const before = restoredStates(task, settings.checkpoints);
    for (let execution = 0; execution < task.executions; execution++) {
      for (let fold = 0; fold < (settings.folds?.length ?? 1); fold++) {
        const { data, dispose } = dataOf(tf, settings, fold);
        const label = `execution ${execution}, fold ${fold}`;
        try {
          runs.push(
            await fitRun(tf, settings, task, hooks, {
              ...data,
              label,
              state: before?.[runs.length],
            }),
          );
        } finally {
          dispose();
        }
      }
    }
    settings.checkpoints?.write(task.id, encodeCheckpoint(statesOf(runs)));
  };
}

/** What is left of a training. */
interface RunStates {
  /** To go on from. */
  readonly last: ModelState;
  /** The weights alone, of the epoch with the best score. */
  readonly best: ModelState;
}

/** How a checkpoint's models are ordered: all runs' last ones, then all best ones. */
function statesOf(runs: readonly RunStates[]): readonly ModelState[] {
  return [...runs.map(({ last }) => last), ...runs.map(({ best }) => best)];
}

/** Returns the weights that gave a trial its score, those of its first training; undefined for none. */
export function bestState(checkpoint: Uint8Array): ModelState | undefined {
  const states = decodeCheckpoint(checkpoint);
  return states[states.length / 2];
}

/** Trains one model; returns what is left of it. */
async function fitRun(
  tf: Tf,
  settings: FitTrialSettings,
  task: TrialTask,
  hooks: TrialHooks,
  run: Run,
): Promise<RunStates> {
  return withSeededRandomness(task.seed, async ({ reseed }) => {
    reseed(run.label);
    const leftovers = new Leftovers(tf);
    try {
      const hp = trialHyperParameters(task, hooks);
      const model = await buildModel(settings.build, hp);
      const options = typeof settings.fit === "function" ? settings.fit(hp) : settings.fit;
      if (run.state !== undefined) restoreState(tf, model, run.state);
      const { epochs = 1, ...fit } = options;
      const best = new BestEpoch(settings.objectives);
      const plan = {
        train: run.train,
        validation: run.validation,
        options: fit,
        initialEpoch: task.budget?.initialEpoch ?? 0,
        epochs: task.budget?.epochs ?? epochs,
        trainer: settings.trainer,
        seed: labelledSeed(task.seed, run.label),
        beforeEpoch: (epoch: number) => reseed(`${run.label}, epoch ${epoch}`),
        async afterEpoch({ epoch, metrics }: EpochEnd) {
          const reason = await hooks.report(metrics, epoch);
          hooks.signal.throwIfAborted();
          if (reason !== undefined) throw new PrunedTrialError(reason);
          if (settings.checkpoints !== undefined) best.consider(metrics, model);
        },
      };
      await fitEpochs(tf, model, plan);
      return { last: captureState(model), best: best.state ?? captureState(model) };
    } finally {
      leftovers.dispose();
    }
  });
}

/** Returns the model that a builder makes. @throws DefinitionError where it makes none, or does not compile it */
export async function buildModel(build: ModelBuilder, hp: HyperParameters): Promise<LayersModel> {
  const model: unknown = await build(hp);
  const isModel =
    typeof model === "object" && model !== null && "fit" in model && "getWeights" in model;
  if (!isModel) {
    throw new DefinitionError(
      "no-model",
      "build(hp): expected it to return a model, as tf.sequential or tf.model make it, " +
        `got ${model === null ? "null" : typeof model}.`,
    );
  }
  if ((model as LayersModel).optimizer === undefined) {
    throw new DefinitionError(
      "not-compiled",
      "build(hp): the model is not compiled; call model.compile({optimizer, loss, metrics}) in it.",
    );
  }
  return model as LayersModel;
}

/** The states that the trial before left; undefined to begin anew. */
function restoredStates(
  { budget }: TrialTask,
  checkpoints: CheckpointStore | undefined,
): readonly ModelState[] | undefined {
  if (budget?.promotedFrom === undefined) return undefined;
  const bytes = checkpoints?.read(budget.promotedFrom);
  if (bytes === undefined) {
    throw new DefinitionError(
      "no-checkpoint",
      `The trial continues trial ${budget.promotedFrom}, whose checkpoint is missing. Were files of ` +
        "the study's folder deleted? Begin the search anew in another folder.",
      { promotedFrom: budget.promotedFrom },
    );
  }
  const states = decodeCheckpoint(bytes);
  return states.slice(0, states.length / 2);
}

function dataOf(
  tf: Tf,
  { train, validation, folds }: FitTrialSettings,
  fold: number,
): { data: Pick<Run, "train" | "validation">; dispose(): void } {
  const rows = folds?.[fold];
  if (rows === undefined) return { data: { train, validation }, dispose: () => {} };
  const data = {
    train: takeRows(tf, train, rows.train),
    validation: takeRows(tf, train, rows.validation),
  };
  const taken = [data.train.x, data.train.y, data.validation.x, data.validation.y];
  return { data, dispose: () => tf.dispose(taken) };
}
