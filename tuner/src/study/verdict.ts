import { DefinitionError } from "../errors";
import { bestReport } from "../trials/metric-history";
import type { Objective } from "../trials/objective";
import type { Trial } from "../trials/trial";

/** How a run ended, as its worker saw it. */
export interface RunEnd {
  /** INVALID: it threw, and may be tried again. FAILED: it threw, and it is of no use to try again. */
  readonly status: "COMPLETED" | "PRUNED" | "INVALID" | "FAILED";
  /** Why, as text. */
  readonly message?: string | undefined;
}

/** What becomes of the trial. */
export interface Verdict {
  /** INVALID: it will be tried again. */
  readonly status: RunEnd["status"];
  readonly score?: number;
  readonly bestStep?: number;
  readonly message?: string;
}

/**
 * Returns what becomes of a trial whose run ended: a score that is no number makes the run invalid, and
 * too many invalid runs make the trial a failed one.
 *
 * @param tries how many of its runs had ended before
 * @param maxRetries how many more runs a trial gets after the first
 * @throws DefinitionError for a completed run that never reported the objective
 */
export function verdict(
  trial: Trial,
  end: RunEnd,
  objective: Objective,
  tries: number,
  maxRetries: number,
): Verdict {
  const best = bestReport(trial.metrics.get(objective.name), objective.direction);
  const message = end.message === undefined ? {} : { message: end.message };
  const retried = { status: tries < maxRetries ? "INVALID" : "FAILED" } as const;
  switch (end.status) {
    case "FAILED":
      return { status: "FAILED", ...message };
    case "INVALID":
      return { ...retried, ...message };
    case "PRUNED":
      return { status: "PRUNED", ...scoreOf(best), ...message };
    case "COMPLETED":
      if (best === undefined) {
        throw new DefinitionError(
          "objective-not-reported",
          `trial ${trial.id} ended without a report of the objective "${objective.name}"; ` +
            `its metrics are: ${[...trial.metrics.keys()].join(", ") || "none"}`,
          { trial: trial.id, objective: objective.name },
        );
      }
      return Number.isNaN(best.score)
        ? { ...retried, message: `${objective.name} is NaN at every step` }
        : { status: "COMPLETED", ...scoreOf(best), ...message };
  }
}

function scoreOf(best: ReturnType<typeof bestReport>): Pick<Verdict, "score" | "bestStep"> {
  return best?.step === undefined ? {} : { score: best.score, bestStep: best.step };
}
