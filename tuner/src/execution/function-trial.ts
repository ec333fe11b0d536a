/** Trials of any function: not only models are searched. */
import { DefinitionError, PrunedTrialError } from "../errors";
import { HyperParameters } from "../search-space/hyperparameters";
import { defaultOf } from "../search-space/make-parameter";
import { SearchSpace } from "../search-space/search-space";
import type { Budget } from "../trials/trial";
import type { TrialHooks, TrialProgram, TrialTask } from "./trial-program";

/** What an objective function gets besides the hyperparameters. */
export interface TrialContext {
  readonly id: string;
  readonly budget: Budget | undefined;
  /** Fixes the trial's random numbers, where the function draws any. 0 to 2^32 - 1. */
  readonly seed: number;
  /** From 0 to the study's `executionsPerTrial` - 1. */
  readonly execution: number;
  /** Aborts when the search does. */
  readonly signal: AbortSignal;
  /**
   * Tells metrics of a step, a whole number from 0; a number is that of the objective. Rejects with
   * PrunedTrialError where a pruner ends the trial: let it through.
   */
  report(metrics: number | Readonly<Record<string, number>>, step: number): Promise<void>;
  /** Notes anything about the trial that JSON can hold. */
  note(attributes: Readonly<Record<string, unknown>>): void;
}

/**
 * What a search minimises or maximises: returns the objective, or metrics by name; nothing where it
 * has reported.
 */
export type ObjectiveFunction = (
  hp: HyperParameters,
  context: TrialContext,
) => Result | Promise<Result> | Promise<void>;

type Result = number | Readonly<Record<string, number>> | undefined;

/** Returns the program of a trial that calls a function; `objective` is what a mere number is. */
export function functionTrial(run: ObjectiveFunction, objective: string): TrialProgram {
  return async (task, hooks) => {
    for (let execution = 0; execution < task.executions; execution++) {
      let reported = false;
      let lastStep = 0;
      const report = async (found: number | Readonly<Record<string, number>>, step: number) => {
        reported = true;
        lastStep = Math.max(lastStep, step);
        const metrics = typeof found === "number" ? { [objective]: found } : found;
        const reason = await hooks.report(metrics, step);
        hooks.signal.throwIfAborted();
        if (reason !== undefined) throw new PrunedTrialError(reason);
      };
      const { id, budget, seed } = task;
      const { signal, note } = hooks;
      const context = { id, budget, seed, execution, signal, report, note };
      const result: unknown = await run(trialHyperParameters(task, hooks), context);
      if (isResult(result)) await report(result, lastStep);
      else if (!reported) throw noResult(result);
    }
  };
}

/** Returns what a trial's code defines its parameters with. */
export function trialHyperParameters(task: TrialTask, hooks: TrialHooks): HyperParameters {
  let space = new SearchSpace();
  for (const parameter of task.parameters) space = space.add(parameter);
  return new HyperParameters({
    space,
    values: task.values,
    define(parameter) {
      const value = defaultOf(parameter);
      hooks.define(parameter, value);
      return value;
    },
  });
}

function isResult(result: unknown): result is number | Readonly<Record<string, number>> {
  if (typeof result === "number") return true;
  if (typeof result !== "object" || result === null) return false;
  return Object.values(result).every((value) => typeof value === "number");
}

function noResult(result: unknown): DefinitionError {
  return new DefinitionError(
    "no-result",
    "The objective function returned " +
      `${result === null ? "null" : typeof result} and reported nothing; expected the objective as ` +
      "a number, metrics by name ({val_loss: 0.3}), or calls of context.report.",
  );
}
