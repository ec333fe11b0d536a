import type { Study } from "../study/study";
import { withReport } from "../trials/metric-history";
import { withCombinedObjective } from "../trials/objective";
import type { Trial } from "../trials/trial";

/**
 * Returns a judge of a trial's reports, which knows only of trials that had ended when it first began:
 * what it says does not depend on how fast the others are since then. It returns why to end the trial,
 * or undefined to go on.
 */
export function judgeByStart(
  { pruner, objective, objectives }: Study,
  begun: Trial,
  others: readonly Trial[],
): (metrics: Readonly<Record<string, number>>, step: number) => string | undefined {
  let trial = begun;
  let newest = -1;
  return (metrics, step) => {
    if (pruner === undefined) return undefined;
    const combined = withCombinedObjective(objectives, metrics);
    trial = { ...trial, metrics: withReport(trial.metrics, step, combined) };
    // Another execution repeats steps that were judged already.
    if (step <= newest) return undefined;
    newest = step;
    return pruner.judge(trial, others, objective);
  };
}
