import type { Trial } from "../trials/trial";
import type { Pruner } from "./pruner";
import { reportedValues, type StepValue } from "./reported-values";

/**
 * Tells from a trial's reports until then whether a pruner was asked at the newest of them. A pruner
 * inside another isn't asked at every report, and may depend on at which it was.
 */
export type WasAsked = (reports: readonly StepValue[]) => boolean;

/** A pruner's `judge`, for pruners that depend on when they were asked; always, unless told. */
export type JudgeAsked = (
  ...args: [...Parameters<Pruner["judge"]>, wasAsked?: WasAsked]
) => string | undefined;

/** Returns the reports of a trial at which a pruner was asked. */
export function askedReports(
  trial: Trial,
  metric: string,
  wasAsked: WasAsked | undefined,
): readonly StepValue[] {
  const reports = reportedValues(trial, metric);
  if (wasAsked === undefined) return reports;
  return reports.filter((_, index) => wasAsked(reports.slice(0, index + 1)));
}
