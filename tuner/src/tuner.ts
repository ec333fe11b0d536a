/** The tuner: a search from its definition to its results. */
import type { LayersModel } from "@tensorflow/tfjs";
import { DefinitionError } from "./errors";
import { functionTrial } from "./execution/function-trial";
import { runSearch, type SearchEnd } from "./execution/search-loop";
import { serialExecutor } from "./execution/serial-executor";
import type { Executor } from "./execution/trial-program";
import type { Plan } from "./oracles/oracle";
import { platform } from "./platform";
import { type Progress, silentProgress } from "./report/progress/progress";
import { automaticProgress } from "./report/progress/terminal-progress";
import { resultsSummary, searchSpaceSummary } from "./report/results-summary";
import { Results } from "./results";
import { HyperParameters } from "./search-space/hyperparameters";
import type { TypedValues, Values } from "./search-space/parameter";
import type { SearchSpace } from "./search-space/search-space";
import type { StudyStorage } from "./storage/study-storage";
import { Study } from "./study/study";
import { type CheckpointStore, memoryCheckpoints } from "./tfjs/checkpoint-store";
import { neededCheckpoints } from "./tfjs/kept-checkpoints";
import { isTrainingData, ModelSearch, type ModelSearchOptions } from "./tfjs/model-search";
import type { TrainingData } from "./tfjs/training-data";
import {
  requireOne,
  type SearchOptions,
  type SearchReport,
  type TunerOptions,
} from "./tuner-options";

const DEFAULT_WIDTH = 4;

/**
 * Searches hyperparameters.
 *
 * @typeParam V the type of the values, as a declared space infers it
 * @throws DefinitionError for options that can't be
 * @throws StorageError where the folder is in use, damaged, or holds another search
 *
 * @example
 * import { float, defineSpace, randomSearch, Tuner } from "@headroom/tuner";
 * const tuner = new Tuner({
 *   space: defineSpace({ x: float({ min: -2, max: 2 }) }),
 *   run: (hp) => (Number(hp.get("x")) - 1) ** 2,
 *   oracle: randomSearch({ maxTrials: 30, seed: 42 }),
 *   objective: { name: "error", direction: "min" },
 *   progress: false,
 * });
 * (await tuner.search()).end; // => "finished"
 * tuner.results.best.values.x > 0.8; // => true
 */
export class Tuner<V extends TypedValues = Values> {
  /** The trials, and what has happened to them: ask and tell by hand, or listen. */
  readonly study: Study;
  /** What was found so far. */
  readonly results: Results<V>;
  readonly #options: TunerOptions<V>;
  readonly #storage: StudyStorage | undefined;
  readonly #checkpoints: CheckpointStore;
  readonly #progress: Progress;
  /** Of the search that runs, or that was broken off without a `finally`, as cells of notebooks are. */
  #executor: Executor | undefined;

  constructor(options: TunerOptions<V>) {
    this.#options = requireOne(options);
    const { folder, name = "study", space } = options;
    const kept = folder === undefined ? undefined : platform().openFolder(folder, name);
    this.#storage = options.storage ?? kept?.storage;
    this.#checkpoints = options.checkpoints ?? kept?.checkpoints ?? memoryCheckpoints();
    this.#progress =
      options.progress === false ? silentProgress : (options.progress ?? automaticProgress());
    try {
      this.study = new Study({
        ...options,
        name,
        objectives: options.objective,
        storage: this.#storage,
        space: space as SearchSpace | undefined,
      });
    } catch (error) {
      this.#storage?.close();
      throw error;
    }
    this.results = new Results<V>(this.study);
  }

  /** Returns what the search will do, as far as it is known before: trials, epochs, brackets. */
  plan(): Plan {
    return this.study.oracle.plan();
  }

  /**
   * Searches models: trains each trial's on `train`, as `model.fit` does. Goes on where an earlier
   * search ended or was broken off.
   *
   * @throws SearchError where too many trials failed in a row
   * @throws DefinitionError for data or options that can't be
   */
  async search(
    train: TrainingData,
    options?: ModelSearchOptions & SearchOptions,
  ): Promise<SearchReport>;
  /** Searches any function. */
  async search(options?: SearchOptions): Promise<SearchReport>;
  async search(
    first: TrainingData | SearchOptions = {},
    second: ModelSearchOptions & SearchOptions = {},
  ): Promise<SearchReport> {
    const { build, run } = this.#options;
    await this.#executor?.close();
    if (run !== undefined) {
      const options = first as SearchOptions;
      if (options.workers !== undefined) throw noModelWorkers();
      const program = functionTrial(run, this.study.objective.name);
      return this.#search(options.executor ?? serialExecutor(program), options);
    }
    if (build === undefined || !isTrainingData(first)) {
      throw new DefinitionError(
        "no-data",
        "search: expected the data to train on, {x, y}, since this tuner builds models.",
      );
    }
    const models = await ModelSearch.open(build, first, second, this.study, this.#checkpoints);
    try {
      await this.#discover(models);
      return await this.#search(this.#modelExecutor(models, second), second);
    } finally {
      models.close();
    }
  }

  /** Has these values tried first; parameters that are not named get their defaults. */
  enqueue(values: Values): void {
    this.study.enqueue(values);
  }

  /** Returns the values of the best trials, best first, as a builder gets them. */
  getBestHyperparameters(count = 1): HyperParameters[] {
    const { space } = this.study;
    return this.study.best(count).map(({ values }) => new HyperParameters({ space, values }));
  }

  /**
   * Returns the models of the best trials, best first, with the weights of their best epochs; as many as were
   * kept (`keepModels`). Their scores were chosen as the best of many, so they are optimistic: judge
   * a model on data that the search has not seen.
   *
   * @throws StorageError `no-checkpoint` where the weights were not kept
   */
  async getBestModels(count = 1): Promise<LayersModel[]> {
    const { build } = this.#options;
    if (build === undefined) {
      throw new DefinitionError("no-models", "This tuner runs a function; it has no models.");
    }
    const models: LayersModel[] = [];
    for (const { id } of this.study.best(count)) {
      models.push(await ModelSearch.rebuild(build, this.study, id, this.#checkpoints));
    }
    return models;
  }

  /** Returns the best trials in words, best first. */
  resultsSummary(count = 10): string {
    const { folder } = this.#options;
    const directory = folder === undefined ? {} : { directory: folder };
    return resultsSummary(this.study.trials, this.study.objectives, { count, ...directory });
  }

  /** Returns what is searched, in words. */
  searchSpaceSummary(): string {
    return searchSpaceSummary(this.study.space);
  }

  /** Lets others open the study; it can't be searched any further here. */
  close(): void {
    this.#storage?.close();
  }

  /** Builds a model once, with the defaults, where nobody has told what the space is. */
  async #discover(models: ModelSearch): Promise<void> {
    if (this.#options.space !== undefined || this.study.trials.length > 0) return;
    const { parameters } = await models.discover();
    this.study.addParameters(parameters);
  }

  #modelExecutor(
    models: ModelSearch,
    { executor, workers, trialTimeout }: SearchOptions,
  ): Executor {
    if (executor !== undefined) return executor;
    if (workers === undefined) return serialExecutor(models.program);
    const { buildModule } = this.#options;
    return platform().modelWorkers({
      count: workers,
      settings: models.settings,
      native: models.isNative,
      ...(buildModule === undefined ? {} : { buildModule }),
      ...(trialTimeout === undefined ? {} : { trialTimeout }),
    });
  }

  async #search(
    executor: Executor,
    { deterministic, ...options }: SearchOptions,
  ): Promise<SearchReport> {
    const { study } = this;
    const progress = this.#progress;
    this.#executor = executor;
    progress.begin(study);
    const plan = study.oracle.plan();
    const forget = study.on((event) => {
      progress.update(event, study);
      if (event.type === "end") this.#tidy(plan);
    });
    let end: SearchEnd | undefined;
    try {
      const width = deterministic === true ? DEFAULT_WIDTH : deterministic || undefined;
      const { signal } = options;
      const warn = (message: string, trial: string) => progress.warn?.(message, trial);
      end = await runSearch({ study, executor, limits: options, signal, width, warn });
      const completed = study.trials.filter(({ status }) => status === "COMPLETED").length;
      return { end, completed };
    } finally {
      forget();
      const outcome = end === undefined ? "failed" : end === "finished" ? "finished" : "stopped";
      progress.end(outcome, study);
      await executor.close();
    }
  }

  /** Deletes checkpoints that nothing can need any more. */
  #tidy(plan: Plan): void {
    const { study } = this;
    const needed = neededCheckpoints(study, plan, this.#options.keepModels ?? 1);
    // A trial that ran ahead of its turn has its checkpoint, although it has not ended yet.
    const running = new Set([...study.running.values()].map(({ id }) => id));
    for (const id of this.#checkpoints.ids()) {
      if (!needed.has(id) && !running.has(id)) this.#checkpoints.remove(id);
    }
  }
}

function noModelWorkers(): DefinitionError {
  return new DefinitionError(
    "no-models",
    "search: workers train models; this tuner runs a function. Put it into a module and give " +
      "executor: workerPool({ count, program: { module } }) of @headroom/tuner/node.",
  );
}
