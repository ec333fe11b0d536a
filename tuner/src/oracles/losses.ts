import { rankingObjective } from "../trials/objective";
import type { Trial } from "../trials/trial";
import type { StudyView } from "./oracle";

/** A trial that ended with a score, as a model sees it: less is better, and every loss is finite. */
export interface ScoredTrial {
  readonly trial: Trial;
  readonly loss: number;
}

/** What a study has found out so far. Each list in the order of creation. */
export interface Losses {
  readonly completed: readonly ScoredTrial[];
  readonly pruned: readonly ScoredTrial[];
  /** Those that failed for good, or were pruned before they had a score. */
  readonly failed: readonly Trial[];
  /** Those whose result is still to come. */
  readonly pending: readonly Trial[];
}

/** Returns the trials by what is known of them. Infinite scores count as the worst or best finite one. */
export function lossesOf(view: StudyView): Losses {
  const sign = rankingObjective(view.objectives).direction === "max" ? -1 : 1;
  const scored: { trial: Trial; loss: number }[] = [];
  const failed: Trial[] = [];
  const pending: Trial[] = [];
  for (const trial of view.trials) {
    const { status, score } = trial;
    if (status === "RUNNING" || status === "WAITING" || status === "INVALID") {
      pending.push(trial);
    } else if (status === "FAILED" || score === undefined || Number.isNaN(score)) {
      failed.push(trial);
    } else {
      scored.push({ trial, loss: sign * score });
    }
  }
  let least = Number.POSITIVE_INFINITY;
  let most = Number.NEGATIVE_INFINITY;
  for (const { loss } of scored) {
    if (Number.isFinite(loss)) {
      least = Math.min(least, loss);
      most = Math.max(most, loss);
    }
  }
  if (least > most) {
    [least, most] = [0, 0];
  }
  for (const entry of scored) {
    entry.loss = Math.min(most, Math.max(least, entry.loss));
  }
  return {
    completed: scored.filter(({ trial }) => trial.status === "COMPLETED"),
    pruned: scored.filter(({ trial }) => trial.status !== "COMPLETED"),
    failed,
    pending,
  };
}
