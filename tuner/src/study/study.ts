import { DefinitionError } from "../errors";
import type { Oracle, StudyView } from "../oracles/oracle";
import type { Pruner } from "../pruners/pruner";
import { HyperParameters } from "../search-space/hyperparameters";
import { defaultOf } from "../search-space/make-parameter";
import type { Parameter, Scalar, Values } from "../search-space/parameter";
import type { SearchSpace } from "../search-space/search-space";
import type { StudyEvent } from "../storage/study-event";
import { byScore, type Objective, withCombinedObjective } from "../trials/objective";
import type { Trial } from "../trials/trial";
import type { Answer } from "./answer";
import { completeValues } from "./enqueued-values";
import { requireFewFailures } from "./failures";
import { type Importable, importable } from "./imported-trials";
import { MetSpaces } from "./met-spaces";
import { nextTrial } from "./next-trial";
import { StudyLog } from "./study-log";
import { type StudyOptions, type StudySettings, settingsOf } from "./study-options";
import type { StudyState } from "./study-state";
import { type RunEnd, verdict } from "./verdict";

/** Is told of every event, after it happened and was stored. */
export type StudyListener = (event: StudyEvent, study: Study) => void;

/**
 * A search as it goes on: hands out trials, takes reports, ranks. Everything that happens is an event;
 * what the study knows is what its events add up to, so a study that is read back from its storage
 * goes on exactly where it stood.
 *
 * @throws DefinitionError for options that can't be
 * @throws StorageError where the storage holds a study with another oracle or objective
 */
export class Study {
  readonly name: string;
  readonly objectives: readonly Objective[];
  /** By which trials are ranked. */
  readonly objective: Objective;
  readonly oracle: Oracle;
  readonly executionsPerTrial: number;
  /** Ends trials that aren't worth going on. */
  readonly pruner: Pruner | undefined;
  readonly #settings: StudySettings;
  readonly #log: StudyLog;
  readonly #state: StudyState;
  readonly #met = new MetSpaces(() => this.space);

  constructor(options: StudyOptions) {
    const settings = settingsOf(options);
    this.name = settings.name;
    this.objectives = settings.objectives;
    this.objective = settings.objective;
    this.executionsPerTrial = settings.executionsPerTrial;
    this.oracle = options.oracle;
    this.pruner = options.pruner;
    this.#settings = settings;
    this.#log = new StudyLog(settings, options.oracle, options.storage);
    this.#state = this.#log.state;
    this.addParameters(options.space?.parameters ?? []);
  }

  /** In the order of creation. */
  get trials(): readonly Trial[] {
    return this.#state.trials;
  }

  /** Those that are over, in the order in which they ended. */
  get ended(): readonly Trial[] {
    return this.#state.ended;
  }

  /** By worker. */
  get running(): ReadonlyMap<string, Trial> {
    return this.#state.running;
  }

  /** Trials to be tried again; the last one is next. */
  get retryQueue(): readonly Trial[] {
    return this.#state.retryQueue;
  }

  /** What is known of the space so far. */
  get space(): SearchSpace {
    return this.#state.space;
  }

  /** The seed of the next draw. */
  get seedState(): number {
    return this.#state.seedState;
  }

  /** What an oracle sees. */
  get view(): StudyView {
    return this.#state;
  }

  /** @throws DefinitionError for an id that the study doesn't have. */
  trial(id: string): Trial {
    const trial = this.#state.trials[Number(id)];
    if (trial?.id !== id) {
      throw new DefinitionError("unknown-trial", `the study has no trial "${id}"`, { id });
    }
    return trial;
  }

  /** Returns the best completed trials, best first; of equal ones the earlier first. */
  best(count = 1): readonly Trial[] {
    return this.trials
      .filter(({ status }) => status === "COMPLETED")
      .sort(byScore(this.objective.direction))
      .slice(0, count);
  }

  /**
   * Hands out a trial: the worker's own if it has one, else the last one that is to be tried again,
   * else the first that was enqueued, else what the oracle proposes.
   *
   * @throws SearchError where the oracle can't go on
   */
  ask(worker = "0"): Answer {
    const own = this.#state.running.get(worker);
    if (own !== undefined) {
      return { status: "RUNNING", trial: own, again: true };
    }
    const next = nextTrial(this.#state, this.oracle);
    if (next.status !== "RUNNING") {
      if (next.seedState !== this.seedState) {
        this.#log.record({ type: "draws", seedState: next.seedState });
      }
      return { status: next.status };
    }
    const { number, values, budget, again, seedState } = next;
    this.#log.record({
      type: "start",
      trial: number,
      worker,
      values,
      ...(budget === undefined ? {} : { budget }),
      seedState,
      at: this.#settings.clock(),
    });
    return { status: "RUNNING", trial: this.trials[number], again };
  }

  /** Returns what a trial's builder is to get; what it defines goes to the study. */
  hyperparameters(id: string): HyperParameters {
    const { number, values } = this.trial(id);
    return new HyperParameters({
      space: this.#met.of(number),
      values,
      define: (parameter) => this.define(id, parameter),
    });
  }

  /**
   * Takes a parameter that a running trial has met, and returns its value there. What the study did not
   * know it learns for good when the trial ends.
   *
   * @throws DefinitionError for a parameter that contradicts the space
   */
  define(id: string, parameter: Parameter): Scalar {
    const trial = this.trial(id);
    if (trial.status === "RUNNING") {
      const values = this.#met.meet(trial, parameter);
      if (values !== undefined) this.#log.record({ type: "define", trial: trial.number, values });
    }
    return trial.values[parameter.name] ?? defaultOf(parameter);
  }

  /** Makes parameters known before a trial has met them. @throws DefinitionError for contradicting ones */
  addParameters(parameters: readonly Parameter[]): void {
    let space = this.space;
    const added = parameters.filter((parameter) => {
      const before = space;
      space = space.add(parameter);
      return space !== before;
    });
    if (added.length > 0) {
      this.#log.record({ type: "space", parameters: added });
    }
  }

  /**
   * Takes a running trial's metrics. At a step that was reported before (by another execution, or by
   * a run that broke off) the mean counts.
   *
   * @throws DefinitionError where an objective is missing, or the trial is not running
   */
  report(id: string, metrics: Readonly<Record<string, number>>, step = 0): void {
    const { number } = this.#runningTrial(id);
    const combined = withCombinedObjective(this.objectives, metrics);
    this.#log.record({ type: "report", trial: number, step, metrics: combined });
  }

  /**
   * Returns why the pruner would end a running trial now; undefined if it may go on. It is asked only
   * about a trial's highest step so far, not while another execution repeats earlier ones.
   */
  prunedBecause(id: string): string | undefined {
    const trial = this.#runningTrial(id);
    if (!this.#state.isAtHighestStep(trial.number)) {
      return undefined;
    }
    const others = this.trials.filter(({ number }) => number !== trial.number);
    return this.pruner?.judge(trial, others, this.objective);
  }

  /**
   * Ends a running trial and returns what became of it: INVALID if it is to be tried again.
   *
   * @throws SearchError where too many trials failed in a row; the end is recorded all the same
   * @throws DefinitionError for a completed trial that never reported the objective
   */
  end(id: string, end: RunEnd): Trial {
    const trial = this.#runningTrial(id);
    const { number } = trial;
    const { maxRetries, maxFailures } = this.#settings;
    const result = verdict(trial, end, this.objective, this.#state.tries(number), maxRetries);
    this.addParameters(this.#met.of(number).parameters);
    this.#met.forget(number);
    this.#log.record({ type: "end", trial: number, ...result, at: this.#settings.clock() });
    if (result.status === "FAILED") {
      requireFewFailures(this.ended, maxFailures);
    }
    return this.trial(id);
  }

  /**
   * Takes the trials back that a process or one worker was running when it broke off. They are tried
   * again, last first, and this doesn't count as a try. Returns them.
   */
  interrupted(worker?: string): readonly Trial[] {
    const gone = [...this.running].filter(([name]) => worker === undefined || name === worker);
    for (const [, { number }] of gone) {
      this.#met.forget(number);
      this.#log.record({
        type: "end",
        trial: number,
        status: "WAITING",
        at: this.#settings.clock(),
      });
    }
    return gone.map(([, { id }]) => this.trial(id));
  }

  /**
   * Has these values tried before anything that the oracle proposes; parameters that are not named get
   * their defaults. Returns the waiting trial.
   *
   * @throws DefinitionError for values that can't be
   */
  enqueue(values: Values): Trial {
    const trial = this.trials.length;
    const complete = completeValues(this.space, values);
    this.#log.record({ type: "enqueue", trial, values: complete, at: this.#settings.clock() });
    return this.trials[trial];
  }

  /**
   * Takes over what another study found (a warm start): its completed and pruned trials that fit this
   * space. They count as tried, but not against `maxTrials`. Returns them.
   *
   * @throws DefinitionError for a study with other objectives
   */
  import(source: Importable): readonly Trial[] {
    const first = this.trials.length;
    for (const found of importable(source, this.objectives, this.space)) {
      this.#log.record({
        type: "import",
        trial: this.trials.length,
        ...found,
        at: this.#settings.clock(),
      });
    }
    return this.trials.slice(first);
  }

  /** Notes something about a trial; any JSON, by name. */
  note(id: string, attributes: Readonly<Record<string, unknown>>): void {
    this.#log.record({ type: "attributes", trial: this.trial(id).number, attributes });
  }

  /** Calls the listener after every event. Returns a function that ends this. */
  on(listener: StudyListener): () => void {
    return this.#log.on((event) => listener(event, this));
  }

  #runningTrial(id: string): Trial {
    const trial = this.trial(id);
    if (trial.status !== "RUNNING") {
      throw new DefinitionError(
        "trial-not-running",
        `trial ${id} is ${trial.status}; only a running one reports and ends`,
        { id, status: trial.status },
      );
    }
    return trial;
  }
}
