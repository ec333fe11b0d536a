/** Trials in other processes for tests: what they are asked, what they tell, what is left of them. */
import { existsSync, readFileSync } from "node:fs";
import { afterAll, afterEach, beforeAll } from "vitest";
import type { Executor, TrialHooks, TrialTask } from "../execution/trial-program";
import type { WorkerPoolOptions } from "../execution/worker-pool";
import type { Scalar } from "../search-space/parameter";
import { type CompiledTuner, compileTuner } from "./compiled-tuner";

type Pools = typeof import("../execution/worker-pool");
type Errors = typeof import("../errors");

/** The module whose trials do what their value `act` says. */
export const TRIAL_MODULE = new URL("../../fixtures/workers/program.cjs", import.meta.url).pathname;

/** What {@link useWorkers} gives to the tests of a file. */
export interface Workers {
  /** The errors as the processes' own tuner has them. */
  readonly errors: Errors;
  /** Below it lie the compiled modules of the tuner. */
  readonly folder: string;
  /** Two processes with three threads each, for tests that need none of their own. */
  readonly shared: Executor;
  /** Returns processes that are closed when the test is over; one unless told. */
  pool(options?: Partial<WorkerPoolOptions>): Executor;
}

/** Compiles the tuner for the tests of a file, and leaves neither processes nor files behind. */
export function useWorkers(): Workers {
  let tuner: CompiledTuner;
  let shared: Executor;
  const open: Executor[] = [];
  const make = (options: Partial<WorkerPoolOptions>) => {
    const program = { module: TRIAL_MODULE, data: { tuner: tuner.folder } };
    return tuner.load<Pools>("execution/worker-pool").workerPool({ count: 1, program, ...options });
  };
  beforeAll(() => {
    tuner = compileTuner();
    shared = make({ count: 2, threads: 3 });
  });
  afterEach(async () => {
    await Promise.all(open.splice(0).map((pool) => pool.close()));
  });
  afterAll(async () => {
    await shared.close();
    tuner.remove();
  });
  return {
    get errors() {
      return tuner.load<Errors>("errors");
    },
    get folder() {
      return tuner.folder;
    },
    get shared() {
      return shared;
    },
    pool(options = {}) {
      const made = make(options);
      open.push(made);
      return made;
    },
  };
}

/** Returns a trial that does what `act` says. */
export function workerTask(act: string, values: Record<string, Scalar> = {}): TrialTask {
  return {
    id: "0000",
    number: 0,
    values: { act, ...values },
    parameters: [],
    budget: undefined,
    seed: 1,
    executions: 1,
  };
}

/** Returns hooks that collect what a trial tells, but for those given. */
export function listen(over: Partial<TrialHooks> = {}) {
  const notes: Record<string, unknown> = {};
  const reports: unknown[] = [];
  const defined: string[] = [];
  const hooks: TrialHooks = {
    define: ({ name }) => void defined.push(name),
    report: async (metrics, step) => void reports.push({ ...metrics, step }),
    note: (attributes) => void Object.assign(notes, attributes),
    signal: new AbortController().signal,
    ...over,
  };
  return { hooks, notes, reports, defined };
}

/**
 * Returns the error that a trial ends with.
 *
 * @throws Error where it ends with none
 */
export async function errorOf(run: Promise<void>): Promise<InstanceType<Errors["TunerError"]>> {
  try {
    await run;
  } catch (error) {
    return error as InstanceType<Errors["TunerError"]>;
  }
  throw new Error("it has completed");
}

const hasProc = existsSync("/proc/self/stat");

/**
 * True while a process lives. One that has ended and that nobody has asked about is a zombie (Z),
 * where there are any.
 */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !/\) Z/.test(readFileSync(`/proc/${pid}/stat`, "utf8"));
  } catch (error) {
    return (error as NodeJS.ErrnoException).path?.startsWith("/proc") === true && !hasProc;
  }
}
