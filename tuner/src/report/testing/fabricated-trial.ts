import type { Report, Trial } from "../../trials/trial";

/** What to say about a made-up trial; the rest is that of one that has completed. */
export type TrialFacts = Partial<Omit<Trial, "metrics">> & {
  /** By metric: one value, or one for each execution, at steps 0, 1, ... */
  readonly metrics?: Readonly<Record<string, readonly (number | readonly number[])[]>>;
};

/** Returns a trial that never ran, for tests. */
export function fabricatedTrial(number: number, facts: TrialFacts = {}): Trial {
  const { metrics = {}, ...rest } = facts;
  const history = Object.entries(metrics).map(([name, values]): [string, Report[]] => [
    name,
    values.map((value, step) => ({ step, values: typeof value === "number" ? [value] : value })),
  ]);
  return {
    id: String(number).padStart(4, "0"),
    number,
    status: "COMPLETED",
    values: {},
    budget: undefined,
    runs: 1,
    score: undefined,
    bestStep: undefined,
    message: undefined,
    startedAt: number * 60_000,
    endedAt: number * 60_000 + 45_000,
    attributes: {},
    metrics: new Map(history),
    ...rest,
  };
}
