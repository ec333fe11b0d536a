/** What a tuner is told: of the search, and of one run of it. */
import { DefinitionError } from "./errors";
import type { ObjectiveFunction } from "./execution/function-trial";
import type { SearchEnd, SearchLimits } from "./execution/search-loop";
import type { Executor } from "./execution/trial-program";
import type { Oracle } from "./oracles/oracle";
import type { ModuleExport } from "./platform";
import type { Pruner } from "./pruners/pruner";
import type { Progress } from "./report/progress/progress";
import type { DeclaredSpace } from "./search-space/declared-space";
import type { TypedValues, Values } from "./search-space/parameter";
import type { SearchSpace } from "./search-space/search-space";
import type { StudyStorage } from "./storage/study-storage";
import type { CheckpointStore } from "./tfjs/checkpoint-store";
import type { ModelBuilder } from "./tfjs/fit-trial";
import type { ObjectiveLike } from "./trials/objective";

/** How a search is defined. @typeParam V the type of the values, as a declared space infers it */
export interface TunerOptions<V extends TypedValues = Values> {
  /** Builds and compiles a model: what is searched is its training. Give this or `run`. */
  readonly build?: ModelBuilder;
  /** Where workers find `build`, if it is not all by itself; see `SearchOptions.workers`. */
  readonly buildModule?: ModuleExport;
  /** Any function of the hyperparameters: returns the objective. Give this or `build`. */
  readonly run?: ObjectiveFunction;
  /** Proposes the trials: `hyperband(...)`, `randomSearch(...)`, ... */
  readonly oracle: Oracle;
  /** A metric, as `val_accuracy`, whose direction is inferred; `{name, direction}`; or several. */
  readonly objective: ObjectiveLike | readonly ObjectiveLike[];
  /** Declared with `defineSpace`; without it `build` or `run` defines it by running. */
  readonly space?: DeclaredSpace<V> | SearchSpace;
  /** Ends trials that are not worth going on; none by default. */
  readonly pruner?: Pruner;
  /** How often each trial is run; metrics are averaged. 1 by default. */
  readonly executionsPerTrial?: number;
  /** How often a trial that threw is tried again; 0 by default. */
  readonly maxRetriesPerTrial?: number;
  /** So many failures in a row end the search; 3 by default. */
  readonly maxConsecutiveFailedTrials?: number;
  /** `study` by default. */
  readonly name?: string;
  /** Node: where the study is kept, so that it can go on after any end. In memory by default. */
  readonly folder?: string;
  /** Keeps the study, instead of a folder. */
  readonly storage?: StudyStorage;
  /** Keeps the models, instead of a folder. */
  readonly checkpoints?: CheckpointStore;
  /** How many of the best models are kept; 1 by default. */
  readonly keepModels?: number;
  /** Fits the place by default: notebook, terminal, log; `false` for none. */
  readonly progress?: Progress | false;
}

/** How a search runs. */
export interface SearchOptions extends SearchLimits {
  /** Breaks the search off; what has finished stays, the rest is run again when it goes on. */
  readonly signal?: AbortSignal;
  /**
   * True, or the number of trials that are on their way at a time (4): then results don't depend on the
   * number of processes, nor on their speed.
   */
  readonly deterministic?: boolean | number;
  /** Runs the trials; in this process, one after the other, by default. */
  readonly executor?: Executor;
  /**
   * Node: trains models in so many other processes; in this one by default. `build` and `fit` are sent
   * there as text, so they may use `tf`, what they import or define themselves, and nothing else; or
   * `buildModule` tells where `build` is exported.
   */
  readonly workers?: number;
  /**
   * With `workers`: so many seconds after its start a trial is given up. Without it a trial that hangs is never
   * ended, since nobody can tell it from a long one: the progress display points it out after five minutes
   * without a sign of it.
   */
  readonly trialTimeout?: number;
}

/** How a search ended. */
export interface SearchReport {
  /** Why: `finished` where the oracle had nothing more to propose. */
  readonly end: SearchEnd;
  /** Trials that were completed in all. */
  readonly completed: number;
}

/**
 * Returns the options.
 *
 * @throws DefinitionError unless there is either a builder or a function
 */
export function requireOne<V extends TypedValues>(options: TunerOptions<V>): TunerOptions<V> {
  if ((options.build === undefined) === (options.run === undefined)) {
    throw new DefinitionError(
      "build-or-run",
      "new Tuner: expected either build (a function that returns a compiled model) or run (any " +
        "function that returns the objective), and not both.",
    );
  }
  return options;
}
