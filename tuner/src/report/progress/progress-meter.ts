import { isBetter } from "../../trials/objective";
import type { Trial } from "../../trials/trial";
import type { ProgressStudy } from "./progress";

/** A moment of a search, as displays show it. */
export interface ProgressView {
  readonly study: ProgressStudy;
  readonly ended: { readonly completed: number; readonly pruned: number; readonly failed: number };
  /** How many trials there will be; undefined where that depends on the results. */
  readonly trialsPlanned: number | undefined;
  /** Epochs that were trained, and are to be; undefined where budgets are not in epochs. */
  readonly epochs: { readonly done: number; readonly planned: number } | undefined;
  /** From 0 to 1, of the epochs where they are known, else of the trials. */
  readonly share: number | undefined;
  readonly best: (Trial & { readonly score: number }) | undefined;
  /** Milliseconds since the search was begun or resumed. */
  readonly elapsed: number;
  /** Milliseconds, if it goes on as it did since then. */
  readonly left: number | undefined;
}

/** Knows what had been done when a search began, so that resumed ones are timed rightly. */
export class ProgressMeter {
  private readonly startedAt: number;
  private readonly doneBefore: number;
  private readonly trialsPlanned: number | undefined;
  private readonly epochsPlanned: number | undefined;

  /** @param clock milliseconds since 1970 */
  constructor(
    study: ProgressStudy,
    private readonly clock: () => number,
  ) {
    const { trials, epochs } = study.oracle.plan();
    this.trialsPlanned = finite(trials) ?? study.oracle.maxTrials;
    this.epochsPlanned = finite(epochs);
    this.startedAt = clock();
    this.doneBefore = this.done(study);
  }

  /** Returns how far a study is now. */
  view(study: ProgressStudy): ProgressView {
    const count = (...statuses: Trial["status"][]) =>
      study.trials.filter(({ status }) => statuses.includes(status)).length;
    const planned = this.epochsPlanned ?? this.trialsPlanned;
    const done = this.done(study);
    const elapsed = Math.max(0, this.clock() - this.startedAt);
    const doneNow = done - this.doneBefore;
    return {
      study,
      ended: { completed: count("COMPLETED"), pruned: count("PRUNED"), failed: count("FAILED") },
      trialsPlanned: this.trialsPlanned,
      epochs:
        this.epochsPlanned === undefined
          ? undefined
          : { done: Math.floor(done), planned: this.epochsPlanned },
      share: planned === undefined ? undefined : Math.min(1, planned === 0 ? 1 : done / planned),
      best: bestOf(study),
      elapsed,
      left:
        planned === undefined || doneNow <= 0
          ? undefined
          : (elapsed / doneNow) * Math.max(0, planned - done),
    };
  }

  /** What is done, in epochs where the plan counts them, else in trials. */
  private done({ trials, executionsPerTrial, objective }: ProgressStudy): number {
    return trials.reduce((sum, trial) => {
      const isOver = hasEnded(trial);
      if (this.epochsPlanned === undefined || trial.budget === undefined) {
        return sum + (this.epochsPlanned === undefined && isOver ? 1 : 0);
      }
      const epochs = trial.budget.epochs - trial.budget.initialEpoch;
      // Pruned and failed trials won't train what they were given: their part of the plan is over.
      if (isOver) return sum + epochs;
      const reports = trial.metrics.get(objective.name) ?? [];
      const values = reports.reduce((total, report) => total + report.values.length, 0);
      return sum + Math.min(epochs, values / executionsPerTrial);
    }, 0);
  }
}

/** Returns whether a trial is over for good. */
export function hasEnded({ status }: Trial): boolean {
  return status === "COMPLETED" || status === "PRUNED" || status === "FAILED";
}

/** A search without an end has no share of it. */
function finite(planned: number | undefined): number | undefined {
  return planned === Number.POSITIVE_INFINITY ? undefined : planned;
}

function bestOf({ trials, objective }: ProgressStudy): ProgressView["best"] {
  let best: ProgressView["best"];
  for (const trial of trials) {
    const { score, status } = trial;
    if (status !== "COMPLETED" || score === undefined || Number.isNaN(score)) continue;
    if (best === undefined || isBetter(objective.direction, score, best.score)) {
      best = { ...trial, score };
    }
  }
  return best;
}
