import { requireWhole } from "../option-checks";
import type { StepValue } from "./reported-values";

/** At which steps a pruner looks at a trial. */
export interface PruningStepOptions {
  /** Trials are left alone before this step; 0 by default. */
  readonly warmupSteps?: number;
  /**
   * Looks every so many steps, counted from `warmupSteps`; 1 by default. Where nothing was reported
   * at such a step, it looks at the next report.
   */
  readonly intervalSteps?: number;
}

/**
 * Returns whether a trial's newest report is one to look at: the first of its interval.
 *
 * @param owner whose options they are, for the error
 * @throws DefinitionError `out-of-range`, at once
 */
export function pruningSteps(
  owner: string,
  { warmupSteps = 0, intervalSteps = 1 }: PruningStepOptions,
): (reports: readonly StepValue[]) => boolean {
  const warmup = requireWhole(owner, "warmupSteps", warmupSteps, 0);
  const interval = requireWhole(owner, "intervalSteps", intervalSteps, 1);
  return (reports) => {
    const step = reports.at(-1)?.step;
    if (step === undefined || step < warmup) return false;
    const intervalStart = Math.floor((step - warmup) / interval) * interval + warmup;
    return (reports.at(-2)?.step ?? -1) < intervalStart;
  };
}
