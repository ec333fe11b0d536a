import { byScore, type Objective, rankingObjective } from "../../trials/objective";
import type { Trial } from "../../trials/trial";
import { budgetText, shortValue, valuesLine } from "../value-text";
import { plotText } from "./figure";

/** A trial that has a finite score. */
export type ScoredTrial = Trial & { readonly score: number };

/** The trials that a figure can place, and the best of them. */
export interface Ranking {
  /** What is ranked by. */
  readonly objective: Objective;
  /** In the order of creation. */
  readonly completed: readonly ScoredTrial[];
  readonly pruned: readonly ScoredTrial[];
  /** The best of the completed ones, the earlier of equals. */
  readonly best: ScoredTrial | undefined;
}

/** Returns the trials with a finite score. */
export function rank(trials: readonly Trial[], objectives: readonly Objective[]): Ranking {
  const objective = rankingObjective(objectives);
  const scored = trials.filter((trial): trial is ScoredTrial => Number.isFinite(trial.score));
  const completed = scored.filter(({ status }) => status === "COMPLETED");
  const [best] = [...completed].sort(byScore(objective.direction));
  return {
    objective,
    completed,
    pruned: scored.filter(({ status }) => status === "PRUNED"),
    best,
  };
}

/** Returns what the pointer shows of a trial. */
export function hoverText(trial: Trial, { name }: Objective): string {
  const lines = [
    `<b>Trial ${trial.id}</b>, ${trial.status.toLowerCase()}`,
    ...(trial.score === undefined ? [] : [`${plotText(name)} ${shortValue(trial.score)}`]),
    ...Object.entries(trial.values).map(
      ([key, value]) => `${plotText(key)} ${plotText(shortValue(value))}`,
    ),
    ...(trial.budget === undefined ? [] : [plotText(budgetText(trial.budget))]),
  ];
  return lines.join("<br>");
}

/** Returns `val_loss 0.3 in trial 0007 (units 32)`. */
export function bestText({ objective, best }: Ranking): string {
  if (best === undefined) return `no completed trial has a ${objective.name}`;
  const values = valuesLine(best.values);
  return `${objective.name} ${shortValue(best.score)} in trial ${best.id} (${values})`;
}

/** Returns the objective as an axis says it. */
export function objectiveTitle({ name, direction }: Objective): string {
  return `${name} (${direction === "max" ? "higher" : "lower"} is better)`;
}
