/** Trials in several processes. Node only. */
import { availableParallelism } from "node:os";
import { isAbsolute } from "node:path";
import { DefinitionError, WorkerError } from "../errors";
import { badOption, requireWhole } from "../option-checks";
import { SilenceWatch } from "./silence-watch";
import type { Executor, TrialHooks, TrialTask } from "./trial-program";
import type { WorkerProgram } from "./worker-contract";
import { WorkerProcess, type WorkerSettings } from "./worker-process";

/** How trials are spread over processes. */
export interface WorkerPoolOptions {
  /** How many processes, at least 1. */
  readonly count: number;
  readonly program: WorkerProgram;
  /** The threads of each; by default the processor's cores are shared out evenly. */
  readonly threads?: number;
  /**
   * So many seconds after its start a trial is given up. Without it a trial that hangs is never ended, since
   * nobody can tell it from a long one: it is only pointed out after five minutes without a sign of it.
   */
  readonly trialTimeout?: number;
  /** So many seconds after an abort a trial that has not reported is broken off; 5 by default. */
  readonly graceTime?: number;
}

const OWNER = "workerPool";
const GRACE_SECONDS = 5;

/**
 * Returns an executor that runs trials in processes of their own. They start when they are first
 * needed. One that crashes, runs out of memory or exceeds `trialTimeout` takes only its trial with it, which
 * rejects with WorkerError, and another takes its place. Close it, or the processes stay as long as this one.
 *
 * @throws DefinitionError for options that can't be
 */
export function workerPool(options: WorkerPoolOptions): Executor {
  return new WorkerPool(options);
}

/** A trial that waits for a process. */
interface Waiting {
  start(slot: number): void;
  reject(error: unknown): void;
}

class WorkerPool implements Executor {
  readonly width: number;
  readonly #settings: WorkerSettings;
  readonly #workers: (WorkerProcess | undefined)[];
  readonly #free: number[];
  readonly #ending = new Set<Promise<void>>();
  readonly #queue: Waiting[] = [];
  readonly #silences = new SilenceWatch();
  #closed = false;

  constructor({ count, program, threads, trialTimeout, graceTime }: WorkerPoolOptions) {
    requireWhole(OWNER, "count", count, 1);
    if (threads !== undefined) requireWhole(OWNER, "threads", threads, 1);
    requireSeconds("trialTimeout", trialTimeout);
    requireSeconds("graceTime", graceTime);
    if (!isAbsolute(program.module)) {
      throw new DefinitionError(
        "bad-module",
        `workerPool: program.module: expected an absolute path, got "${program.module}".`,
        { module: program.module },
      );
    }
    this.width = count;
    this.#settings = {
      program,
      threads: threads ?? Math.max(1, Math.floor(availableParallelism() / count)),
      trialTimeout: trialTimeout === undefined ? undefined : trialTimeout * 1000,
      graceTime: (graceTime ?? GRACE_SECONDS) * 1000,
    };
    this.#workers = Array.from({ length: count }, () => undefined);
    this.#free = Array.from({ length: count }, (_, slot) => slot);
  }

  readonly run = async (task: TrialTask, hooks: TrialHooks): Promise<void> => {
    const slot = await this.#slot(hooks.signal);
    try {
      const worker = this.#worker(slot);
      if (this.#settings.trialTimeout !== undefined) await worker.run(task, hooks);
      else await this.#watch(worker, task, hooks);
    } finally {
      this.#release(slot);
    }
  };

  /** Runs a trial, and points out where it is silent for long. */
  async #watch(worker: WorkerProcess, task: TrialTask, hooks: TrialHooks): Promise<void> {
    const listening = this.#silences.listen((silence) =>
      hooks.warn?.(silenceText(task.id, worker.pid, silence)),
    );
    try {
      await worker.run(task, {
        ...hooks,
        define(...parameter) {
          listening.heard();
          hooks.define(...parameter);
        },
        note(attributes) {
          listening.heard();
          hooks.note(attributes);
        },
        report(metrics, step) {
          listening.heard();
          return hooks.report(metrics, step);
        },
      });
    } finally {
      listening.end();
    }
  }

  async close(): Promise<void> {
    this.#closed = true;
    for (const { reject } of this.#queue.splice(0)) reject(closed());
    for (const worker of this.#workers) this.#end(worker);
    await Promise.all(this.#ending);
  }

  /** Resolves with a process's place when one is free; trials get theirs in the order of the calls. */
  #slot(signal: AbortSignal): Promise<number> {
    return new Promise((resolve, reject) => {
      if (this.#closed) throw closed();
      signal.throwIfAborted();
      const free = this.#free.shift();
      if (free !== undefined) {
        resolve(free);
        return;
      }
      const abort = () => {
        this.#queue.splice(this.#queue.indexOf(waiting), 1);
        reject(signal.reason);
      };
      const waiting: Waiting = {
        start(slot) {
          signal.removeEventListener("abort", abort);
          resolve(slot);
        },
        reject(error) {
          signal.removeEventListener("abort", abort);
          reject(error);
        },
      };
      signal.addEventListener("abort", abort, { once: true });
      this.#queue.push(waiting);
    });
  }

  #release(slot: number): void {
    const next = this.#queue.shift();
    if (next === undefined) this.#free.push(slot);
    else next.start(slot);
  }

  #worker(slot: number): WorkerProcess {
    if (this.#closed) throw closed();
    const known = this.#workers[slot];
    if (known?.isAlive) return known;
    this.#end(known);
    const fresh = new WorkerProcess(this.#settings);
    this.#workers[slot] = fresh;
    return fresh;
  }

  #end(worker: WorkerProcess | undefined): void {
    if (worker === undefined) return;
    const gone: Promise<void> = worker.close().finally(() => this.#ending.delete(gone));
    this.#ending.add(gone);
  }
}

function silenceText(trial: string, pid: number | undefined, silence: number): string {
  const minutes = Math.round(silence / 60_000);
  return (
    `Trial ${trial} has told nothing for ${minutes} minutes. If it hangs, end its process, ${pid}, and the search ` +
    "goes on without this trial; the option trialTimeout (seconds) does so by itself."
  );
}

function closed(): WorkerError {
  return new WorkerError("pool-closed", "The worker pool is closed; it runs no trials any more.");
}

function requireSeconds(name: string, value: number | undefined): void {
  if (value === undefined || (value > 0 && Number.isFinite(value))) return;
  throw badOption(OWNER, name, value, "a number of seconds above 0");
}
