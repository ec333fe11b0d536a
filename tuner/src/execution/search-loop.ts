/** Runs a study's trials until there is nothing more to do, or no more is allowed. */
import {
  DefinitionError,
  FailedTrialError,
  InterruptedTrialError,
  PrunedTrialError,
} from "../errors";
import type { Study } from "../study/study";
import type { Trial } from "../trials/trial";
import { judgeByStart } from "./judge-by-start";
import { nextTurn } from "./next-turn";
import type { Executor, TrialHooks, TrialTask } from "./trial-program";
import { trialSeed } from "./trial-seed";
import { Turns } from "./turns";

/** How far a search goes at most; it may go on later. */
export interface SearchLimits {
  /** So many trials are begun in this run. */
  readonly maxTrials?: number | undefined;
  /** No trial is begun after so many epochs in this run. */
  readonly maxEpochs?: number | undefined;
  /** After so many seconds running trials are broken off; they are tried again when it goes on. */
  readonly maxSeconds?: number | undefined;
}

/** What a search loop stands on. */
export interface SearchLoopOptions {
  readonly study: Study;
  readonly executor: Executor;
  readonly limits?: SearchLimits;
  /** Breaks the search off; running trials are tried again when it goes on. */
  readonly signal?: AbortSignal | undefined;
  /**
   * The number of trials that are on their way at a time, whatever the number of processes: then the
   * results do not depend on which of them is fast. Undefined: as many as there are processes.
   */
  readonly width?: number | undefined;
  /** Is told what those who watch the search may want to act upon, and which trial it is about. */
  readonly warn?: (message: string, trial: string) => void;
}

/** Why a search ended. */
export type SearchEnd =
  /** The oracle has nothing more to propose. */
  "finished" | "trials" | "epochs" | "seconds" | "aborted";

/**
 * Runs trials and returns why it stopped. Trials that a process left running when it broke off are run
 * again first.
 *
 * @throws SearchError where too many trials failed in a row
 * @throws DefinitionError of a trial's code: it would fail in every trial
 */
export async function runSearch(options: SearchLoopOptions): Promise<SearchEnd> {
  return new SearchLoop(options).run();
}

/** A trial on its way. */
interface Running {
  readonly worker: string;
  readonly trial: Trial;
  readonly ended: Promise<TrialEnd>;
  /** Kept back until the end, where the order of ends is fixed. */
  readonly reports: (() => void)[];
}

interface TrialEnd {
  readonly error?: unknown;
}

class SearchLoop {
  readonly #study: Study;
  readonly #executor: Executor;
  readonly #limits: SearchLimits;
  readonly #isDeterministic: boolean;
  readonly #workers: readonly string[];
  readonly #running = new Map<string, Running>();
  readonly #turns: Turns;
  readonly #warn: SearchLoopOptions["warn"];
  readonly #abort = new AbortController();
  readonly #signal: AbortSignal | undefined;
  readonly #aborted = () => this.#stop("aborted");
  #end: SearchEnd | undefined;
  #begun = 0;
  #epochs = 0;

  constructor({ study, executor, limits = {}, signal, width, warn }: SearchLoopOptions) {
    this.#study = study;
    this.#executor = executor;
    this.#limits = limits;
    this.#isDeterministic = width !== undefined;
    this.#workers = Array.from({ length: width ?? executor.width }, (_, i) => String(i));
    this.#turns = new Turns(study);
    this.#warn = warn;
    this.#signal = signal;
    if (signal?.aborted) this.#aborted();
    signal?.addEventListener("abort", this.#aborted, { once: true });
  }

  async run(): Promise<SearchEnd> {
    const { maxSeconds: seconds } = this.#limits;
    const timer =
      seconds === undefined ? undefined : setTimeout(() => this.#stop("seconds"), seconds * 1000);
    // Trials that nobody runs any more wait to be tried again.
    this.#study.interrupted();
    try {
      for (;;) {
        this.#fill();
        if (this.#running.size === 0) break;
        const next = await this.#next();
        // In a notebook's cell that was interrupted the search ends here.
        await nextTurn();
        await this.#settle(next);
      }
    } catch (error) {
      this.#abort.abort();
      await Promise.all([...this.#running.values()].map(({ ended }) => ended));
      throw error;
    } finally {
      clearTimeout(timer);
      this.#signal?.removeEventListener("abort", this.#aborted);
      this.#study.interrupted();
    }
    return this.#end ?? "finished";
  }

  #stop(reason: SearchEnd): void {
    this.#end ??= reason;
    this.#abort.abort();
  }

  /** Gives every free worker a trial, as long as there are any. */
  #fill(): void {
    for (const worker of this.#workers) {
      if (this.#running.has(worker)) continue;
      if (this.#isSpent()) return;
      const answer = this.#study.ask(worker);
      if (answer.status !== "RUNNING") return;
      this.#begun++;
      this.#turns.begin(answer.trial);
      this.#running.set(worker, this.#start(worker, this.#study.trial(answer.trial.id)));
    }
  }

  #isSpent(): boolean {
    const { maxTrials: trials, maxEpochs: epochs } = this.#limits;
    if (trials !== undefined && this.#begun >= trials) this.#end ??= "trials";
    if (epochs !== undefined && this.#epochs >= epochs) this.#end ??= "epochs";
    return this.#end !== undefined;
  }

  #start(worker: string, trial: Trial): Running {
    const { id, number, values, budget } = trial;
    const study = this.#study;
    const task: TrialTask = {
      id,
      number,
      values,
      parameters: study.space.parameters,
      budget,
      seed: trialSeed(study.oracle.seed, trial, study.trials),
      executions: study.executionsPerTrial,
    };
    const reports: (() => void)[] = [];
    const hooks: TrialHooks = {
      signal: this.#abort.signal,
      define: (parameter) => void study.define(id, parameter),
      note: (attributes) => study.note(id, attributes),
      warn: (message) => this.#warn?.(message, id),
      report: this.#isDeterministic
        ? this.#keptBack(trial, reports)
        : async (metrics, step) => {
            this.#epochs++;
            study.report(id, metrics, step);
            return study.prunedBecause(id);
          },
    };
    const ended = this.#executor.run(task, hooks).then(
      () => ({}),
      (error: unknown) => ({ error }),
    );
    return { worker, trial, ended, reports };
  }

  /**
   * Reports that are stored when the trial ends, in its turn. Until then the trial is judged by what
   * was known when it began, so that it doesn't matter how fast others are.
   */
  #keptBack(trial: Trial, reports: (() => void)[]): TrialHooks["report"] {
    const study = this.#study;
    const judge = judgeByStart(study, trial, this.#turns.endedBefore(trial));
    return async (metrics, step) => {
      reports.push(() => study.report(trial.id, metrics, step));
      return judge(metrics, step);
    };
  }

  /** The trial that ends next. */
  async #next(): Promise<Running> {
    const running = [...this.#running.values()];
    if (this.#isDeterministic) {
      const first = this.#turns.first(running.map(({ trial }) => trial));
      const next = running.find(({ trial }) => trial.id === first.id) as Running;
      await next.ended;
      return next;
    }
    return Promise.race(running.map((one) => one.ended.then(() => one)));
  }

  async #settle({ worker, trial, ended, reports }: Running): Promise<void> {
    const { error } = await ended;
    this.#running.delete(worker);
    if (isInterrupt(error)) this.#stop("aborted");
    const { signal } = this.#abort;
    const isBroken = error !== undefined && !isResult(error);
    // In a fixed order no trial may end before those have begun that an unbroken search begins first.
    if (signal.aborted && (isBroken || this.#isDeterministic)) {
      this.#study.interrupted(worker);
      return;
    }
    this.#epochs += reports.length;
    for (const report of reports) report();
    this.#turns.end(trial);
    const { id } = trial;
    if (error === undefined) this.#study.end(id, { status: "COMPLETED" });
    else this.#fail(id, error);
  }

  #fail(id: string, error: unknown): void {
    const message = error instanceof Error ? error.message : String(error);
    if (error instanceof PrunedTrialError) this.#study.end(id, { status: "PRUNED", message });
    else if (error instanceof FailedTrialError) this.#study.end(id, { status: "FAILED", message });
    else if (error instanceof DefinitionError) {
      this.#study.end(id, { status: "FAILED", message });
      throw error;
    } else this.#study.end(id, { status: "INVALID", message });
  }
}

/**
 * Whether a trial ended because the user broke off what it is a part of. With an error called InterruptedError
 * a notebook's kernel ends what an interrupted cell was waiting for, also inside a trial's own code.
 */
function isInterrupt(error: unknown): boolean {
  return (
    error instanceof InterruptedTrialError ||
    (error instanceof Error && error.name === "InterruptedError")
  );
}

/** Whether an error says something of the trial itself, even where the search is being broken off. */
function isResult(error: unknown): boolean {
  return [PrunedTrialError, FailedTrialError, DefinitionError].some(
    (kind) => error instanceof kind,
  );
}
