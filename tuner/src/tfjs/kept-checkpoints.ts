import type { Plan, PlannedRound } from "../oracles/oracle";
import type { Study } from "../study/study";
import type { Trial } from "../trials/trial";

/**
 * Returns the ids of the trials whose checkpoints are still needed: those of the `keep` best ones, those of trials that
 * may be promoted, and those that a running or waiting trial continues. Of a bracket that is over none
 * is, so that disk use doesn't grow with the number of brackets.
 */
export function neededCheckpoints(study: Study, plan: Plan, keep: number): ReadonlySet<string> {
  const { trials } = study;
  const needed = new Set(study.best(keep).map(({ id }) => id));
  const sizes = new Map(plan.rounds.map((round) => [key(round), round.size]));
  const placed = new Map<string, number>();
  for (const { budget } of trials) {
    if (budget !== undefined) placed.set(key(budget), (placed.get(key(budget)) ?? 0) + 1);
  }
  for (const trial of trials) {
    const { budget, status } = trial;
    if (budget === undefined) continue;
    if (budget.promotedFrom !== undefined && isOpen(status)) needed.add(budget.promotedFrom);
    if (status !== "COMPLETED" || budget.round >= budget.bracket) continue;
    const next = key({ ...budget, round: budget.round + 1 });
    const places = sizes.get(next) ?? Number.POSITIVE_INFINITY;
    if ((placed.get(next) ?? 0) < places) needed.add(trial.id);
  }
  return needed;
}

function key({ bracketNumber, round }: Pick<PlannedRound, "bracketNumber" | "round">): string {
  return `${bracketNumber} ${round}`;
}

function isOpen(status: Trial["status"]): boolean {
  return status === "RUNNING" || status === "WAITING" || status === "INVALID";
}
