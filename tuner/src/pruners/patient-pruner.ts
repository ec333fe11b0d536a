import { requireNumber, requireWhole } from "../option-checks";
import type { JudgeAsked } from "./asked-reports";
import type { Pruner } from "./pruner";
import { bestOf, reportedValues, type StepValue } from "./reported-values";

const OWNER = "the patient pruner";

/** How long a trial may go without getting better. */
export interface PatientPrunerOptions {
  /** Asked when patience has run out; without one the trial ends. */
  readonly pruner?: Pruner;
  /** How many reports in a row may bring nothing better. */
  readonly patience: number;
  /** By how much the values may have become worse without counting as worse; 0 by default. */
  readonly minDelta?: number;
}

/**
 * Returns a pruner that waits: it ends a trial, or asks another pruner whether to, only if the best
 * of its last `patience + 1` values is worse than the best before them.
 *
 * Options, defaults and decisions are those of Optuna 5.0.0's `PatientPruner`.
 *
 * @throws DefinitionError `out-of-range`
 */
export function patientPruner(options: PatientPrunerOptions): Pruner {
  const patience = requireWhole(OWNER, "patience", options.patience, 0);
  const range = [0, Number.POSITIVE_INFINITY] as const;
  const minDelta = requireNumber(OWNER, "minDelta", options.minDelta ?? 0, range);
  const inner = options.pruner;
  const judge: JudgeAsked = (trial, others, metric, wasAsked = () => true) => {
    const spans = (reports: readonly StepValue[]) => {
      const values = reports.map(({ value }) => value);
      const start = Math.max(0, values.length - patience - 1);
      return {
        before: bestOf(values.slice(0, start), metric.direction),
        since: bestOf(values.slice(start), metric.direction),
      };
    };
    const isOut = (reports: readonly StepValue[]) => {
      const { before, since } = spans(reports);
      // False where one of them is NaN: no number there, or no report before.
      return metric.direction === "max" ? before - minDelta > since : before + minDelta < since;
    };
    const reports = reportedValues(trial, metric.name);
    if (!isOut(reports)) return undefined;
    if (inner !== undefined) {
      const ask: JudgeAsked = inner.judge.bind(inner);
      return ask(trial, others, metric, (earlier) => wasAsked(earlier) && isOut(earlier));
    }
    const { before, since } = spans(reports);
    return `the last ${patience + 1} values of ${metric.name} reached ${since}, after ${before}`;
  };
  return { name: inner === undefined ? "patient" : `patient ${inner.name}`, judge };
}
