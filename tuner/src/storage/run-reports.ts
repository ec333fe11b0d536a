import type { Objective } from "../trials/objective";
import type { StudyEvent } from "./study-event";

/** By objective and step, in the order in which they came. */
type Reports = ReadonlyMap<string, ReadonlyMap<number, readonly number[]>>;

/** What a trial has reported of the objectives. */
export interface RunReports {
  readonly reports: Reports;
  /** Those of the runs before, but for interrupted ones. */
  readonly earlier: Reports;
  /** Whether its last run was interrupted, and nothing was reported since. */
  readonly interrupted: boolean;
}

/** What a new trial has reported. */
export const noReports: RunReports = { reports: new Map(), earlier: new Map(), interrupted: false };

/** Returns a trial's reports with another one, as the study counts them: those of one step are averaged. */
export function reportsWith(
  known: RunReports,
  { step, metrics }: Extract<StudyEvent, { type: "report" }>,
  objectives: readonly Objective[],
): Reports {
  const reports = new Map(known.interrupted ? rewound(known, step) : known.reports);
  for (const { name } of objectives) {
    const value = metrics[name];
    if (value === undefined) continue;
    const steps = new Map(reports.get(name));
    steps.set(step, [...(steps.get(step) ?? []), value]);
    reports.set(name, steps);
  }
  return reports;
}

/** Returns the mean, NaN of nothing. */
export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** A run after an interrupted one takes the place of what that had reported from the step on at which it begins. */
function rewound({ reports, earlier }: RunReports, from: number): Reports {
  return new Map(
    [...reports].map(([name, steps]) => {
      const before = [...steps].filter(([step]) => step < from);
      const others = [...(earlier.get(name) ?? [])].filter(([step]) => step >= from);
      return [name, new Map([...before, ...others])];
    }),
  );
}
