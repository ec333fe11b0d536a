/** What a search over models needs besides its study: TensorFlow, data as tensors, trial programs. */
import type { LayersModel } from "@tensorflow/tfjs";
import { DefinitionError, StorageError } from "../errors";
import type { TrialProgram } from "../execution/trial-program";
import { platform } from "../platform";
import { HyperParameters } from "../search-space/hyperparameters";
import type { SearchSpace } from "../search-space/search-space";
import type { Study } from "../study/study";
import type { CheckpointStore } from "./checkpoint-store";
import {
  bestState,
  buildModel,
  type FitTrialSettings,
  fitTrial,
  type ModelBuilder,
  type TrialFitOptions,
} from "./fit-trial";
import { Leftovers } from "./leftovers";
import { restoreState } from "./model-state";
import { withSeededRandomness } from "./seeded-math-random";
import { loadTensorFlow, type Tf } from "./tensorflow";
import type { Trainer, Training } from "./trainer";
import {
  countSamples,
  type Fold,
  type OwnedData,
  requireRows,
  type TrainingData,
  toTensors,
} from "./training-data";

/** How models are trained; besides what is named here, as `model.fit`. */
export interface ModelSearchOptions extends TrialFitOptions {
  /** Each epoch is judged on these; see also `validationSplit`. */
  readonly validation?: TrainingData;
  /** Instead: each trial is trained once for each fold, and the metrics are averaged. */
  readonly folds?: readonly Fold[];
  /** Instead of options that are the same for every trial: options by its values. */
  readonly fit?: (hp: HyperParameters) => TrialFitOptions;
  /**
   * Node: who trains the models. By default `@headroom/trainer` where it is installed and tfjs-node
   * computes, which is several times faster; TensorFlow.js itself otherwise. The two differ in rounding,
   * and in the order of the samples.
   */
  readonly training?: Training;
}

/** The names of the options that are not `model.fit`'s. */
const OWN = [
  "validation",
  "folds",
  "fit",
  "training",
  "signal",
  "deterministic",
  "executor",
  "workers",
  "trialTimeout",
  "maxTrials",
  "maxEpochs",
  "maxSeconds",
];

/** A search over models while it runs. */
export class ModelSearch {
  /** Runs a trial. */
  readonly program: TrialProgram;
  /** What the program was made of, for programs in other processes. */
  readonly settings: FitTrialSettings;
  readonly #tf: Tf;
  readonly #owned: readonly OwnedData[];

  private constructor(tf: Tf, settings: FitTrialSettings, owned: readonly OwnedData[]) {
    this.program = fitTrial(tf, settings);
    this.settings = settings;
    this.#tf = tf;
    this.#owned = owned;
  }

  /** Loads TensorFlow and takes the data in. @throws DefinitionError for what can't be */
  static async open(
    build: ModelBuilder,
    train: TrainingData,
    options: ModelSearchOptions,
    { objectives }: Study,
    checkpoints: CheckpointStore,
  ): Promise<ModelSearch> {
    const { validation, folds, fit, training } = options;
    if (validation !== undefined && folds !== undefined) {
      throw new DefinitionError(
        "validation-or-folds",
        "search: expected validation or folds, not both: a fold brings its own validation data.",
      );
    }
    const tf = await loadTensorFlow();
    const trainer = await findTrainer(tf, training);
    const owned = [toTensors(tf, "train", train)];
    if (validation !== undefined) owned.push(toTensors(tf, "validation", validation));
    const [first, second] = owned.map(({ data }) => data);
    requireFolds(folds, countSamples(first as NonNullable<typeof first>));
    const settings: FitTrialSettings = {
      build,
      train: first as NonNullable<typeof first>,
      validation: second,
      folds,
      fit: fit ?? without(options, OWN),
      objectives,
      checkpoints,
      trainer,
    };
    return new ModelSearch(tf, settings, owned);
  }

  /** Whether the native TensorFlow computes. */
  get isNative(): boolean {
    return this.#tf.getBackend() === "tensorflow";
  }

  /** Builds a model with the defaults and returns the space that this defined. */
  async discover(): Promise<SearchSpace> {
    const hp = new HyperParameters();
    await withSeededRandomness(0, async () => {
      const leftovers = new Leftovers(this.#tf);
      try {
        await buildModel(this.settings.build, hp);
      } finally {
        leftovers.dispose();
      }
    });
    return hp.space;
  }

  /** Returns a trial's model with the weights of its best epoch. */
  static async rebuild(
    build: ModelBuilder,
    { space, trials }: Study,
    id: string,
    checkpoints: CheckpointStore,
  ): Promise<LayersModel> {
    const bytes = checkpoints.read(id);
    const trial = trials.find((one) => one.id === id);
    const state = bytes === undefined ? undefined : bestState(bytes);
    if (state === undefined || trial === undefined) {
      throw new StorageError(
        "no-checkpoint",
        `The weights of trial ${id} were not kept (keepModels tells how many are). Train the model again with its values: ` +
          "build(tuner.getBestHyperparameters()[0]).",
        { id },
      );
    }
    const model = await buildModel(build, new HyperParameters({ space, values: trial.values }));
    restoreState(await loadTensorFlow(), model, state);
    return model;
  }

  /** Disposes the data. */
  close(): void {
    for (const { dispose } of this.#owned) dispose();
  }
}

/** Whether something looks like data to train on. */
export function isTrainingData(value: object): value is TrainingData {
  return "x" in value && "y" in value;
}

async function findTrainer(tf: Tf, training: Training | undefined): Promise<Trainer | undefined> {
  if (training === "stock") return undefined;
  const found = await platform().loadTrainer(tf);
  if (found === undefined && training === "compiled") {
    throw new DefinitionError(
      "no-trainer",
      'search: training: "compiled" needs @headroom/trainer and @tensorflow/tfjs-node, in Node. Install ' +
        "them, or leave the option out.",
    );
  }
  return found;
}

function requireFolds(folds: readonly Fold[] | undefined, samples: number): void {
  if (folds?.length === 0) {
    throw new DefinitionError("bad-fold", "folds: expected at least one {train, validation}.");
  }
  for (const { train, validation } of folds ?? []) {
    requireRows(train, samples);
    requireRows(validation, samples);
  }
}

function without(options: object, names: readonly string[]): TrialFitOptions {
  return Object.fromEntries(Object.entries(options).filter(([name]) => !names.includes(name)));
}
