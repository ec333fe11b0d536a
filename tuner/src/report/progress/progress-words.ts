import type { Trial } from "../../trials/trial";
import { budgetText, durationText, shortValue, valuesLine } from "../value-text";
import type { SearchOutcome } from "./progress";
import type { ProgressView } from "./progress-meter";

/** Returns the counts, as `12 of 30 trials, 41 of 120 epochs, 1 pruned`. */
export function countsText({ ended, trialsPlanned, epochs }: ProgressView): string {
  const over = ended.completed + ended.pruned + ended.failed;
  const planned = trialsPlanned === undefined ? "" : ` of ${trialsPlanned}`;
  return [
    `${over}${planned} trials`,
    ...(epochs === undefined ? [] : [`${epochs.done} of ${epochs.planned} epochs`]),
    ...(ended.pruned > 0 ? [`${ended.pruned} pruned`] : []),
    ...(ended.failed > 0 ? [`${ended.failed} failed`] : []),
  ].join(", ");
}

/** Returns `3:10 gone, about 7:20 left`. */
export function timeText({ elapsed, left }: ProgressView): string {
  const gone = `${durationText(elapsed)} gone`;
  return left === undefined ? gone : `${gone}, about ${durationText(left)} left`;
}

/** Returns `best val_loss 0.31 in trial 0007`, or that there is none yet. */
export function bestText({ best, study }: ProgressView): string {
  const { name } = study.objective;
  if (best === undefined) return `no ${name} yet`;
  return `best ${name} ${shortValue(best.score)} in trial ${best.id}`;
}

/** Returns how far a running trial is: `epoch 3 of 9, val_loss 0.4`. */
export function stepText(trial: Trial, metric: string): string {
  const last = trial.metrics.get(metric)?.at(-1);
  if (last === undefined) return "begins";
  const value = last.values.at(-1) as number;
  const { budget } = trial;
  const step = budget ? `epoch ${last.step + 1} of ${budget.epochs}` : `step ${last.step}`;
  return `${step}, ${metric} ${shortValue(value)}`;
}

/** Returns a line on a trial that has ended. */
export function endText(trial: Trial, metric: string): string {
  const { id, status, score, startedAt, endedAt, budget, message } = trial;
  const took =
    startedAt === undefined || endedAt === undefined
      ? ""
      : ` in ${durationText(endedAt - startedAt)}`;
  const scored = score === undefined ? "" : `, ${metric} ${shortValue(score)}`;
  const why = message === undefined ? "" : `: ${message.split("\n")[0]}`;
  const given = budget === undefined ? "" : `; ${budgetText(budget)}`;
  return `Trial ${id} ${status.toLowerCase()}${took}${scored}${why} (${valuesLine(trial.values)}${given})`;
}

/** Returns how a search ended, and that nothing is lost where it has not finished. */
export function outcomeText(outcome: SearchOutcome, view: ProgressView): string {
  const facts = `${countsText(view)}, ${durationText(view.elapsed)}; ${bestText(view)}.`;
  if (outcome === "finished") return `The search has finished: ${facts}`;
  const how = outcome === "stopped" ? "was stopped" : "was broken off by an error";
  return `The search ${how}: ${facts} ${KEPT}`;
}

/** What users fear when they stop a search. */
export const KEPT = "Nothing that finished is lost: run the search again and it goes on from here.";
