import type { Parameter, Scalar, Values } from "../search-space/parameter";
import type { Budget } from "../trials/trial";

/** A trial to be run, as plain data: it may cross to another process. */
export interface TrialTask {
  readonly id: string;
  readonly number: number;
  readonly values: Values;
  /** What the study knows of the search space. */
  readonly parameters: readonly Parameter[];
  readonly budget: Budget | undefined;
  /** Fixes all random numbers of the trial; depends on the study's seed and the trial's number alone. */
  readonly seed: number;
  /** How often it is run; the reports of one step are averaged. At least 1. */
  readonly executions: number;
}

/** What a running trial tells, and is told. */
export interface TrialHooks {
  /** The trial met a parameter that the study did not know; it goes on with this value. */
  define(parameter: Parameter, value: Scalar): void;
  /**
   * Takes metrics of a step (an epoch, from 0). Resolves with the pruner's reason to end the trial, or
   * with undefined to go on.
   */
  report(metrics: Readonly<Record<string, number>>, step: number): Promise<string | undefined>;
  /** Notes anything about the trial that JSON can hold. */
  note(attributes: Readonly<Record<string, unknown>>): void;
  /** Tells who watches the search something that they may want to act upon; it is stored nowhere. */
  warn?(message: string): void;
  /** Aborts when the trial is to end without a result, since the search does. */
  readonly signal: AbortSignal;
}

/**
 * Runs one trial, wherever it is: resolves when it is complete. Throws PrunedTrialError where a pruner
 * ended it, FailedTrialError to give it up, anything else to have it tried again.
 */
export type TrialProgram = (task: TrialTask, hooks: TrialHooks) => Promise<void>;

/** Runs trials: in this process one after the other, or in several others. */
export interface Executor {
  /** How many trials it runs at a time. */
  readonly width: number;
  /** As a trial program. Rejects with WorkerError where the process that ran it ended. */
  readonly run: TrialProgram;
  /** Ends processes and lets go of files; trials that run are lost. Safe to call twice. */
  close(): Promise<void>;
}
