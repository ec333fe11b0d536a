import { requireWhole } from "../option-checks";
import type { Values } from "../search-space/parameter";
import { byScore, rankingObjective } from "../trials/objective";
import type { Budget, Trial } from "../trials/trial";
import { carriedValues } from "./carried-values";
import { drawUntried } from "./draw-untried";
import {
  type HyperbandSchedule,
  type HyperbandScheduleOptions,
  hyperbandSchedule,
} from "./hyperband-schedule";
import type { Oracle, Plan, Proposal, StudyView } from "./oracle";
import { randomSeed } from "./random-seed";

/** What Hyperband is made from. */
export interface HyperbandOptions extends HyperbandScheduleOptions {
  /** A whole number; left to chance unless given. */
  readonly seed?: number;
  /** So many trials at most, promotions included; the schedule's own number unless given. */
  readonly maxTrials?: number;
  /**
   * What a failed trial is to its round. "lost" (unless given, as in Keras Tuner): it is taken off, so the
   * round promotes fewer, perhaps none, and the bracket stays incomplete. "last": it counts as the
   * worst, so the round promotes as many as planned while there are completed trials.
   */
  readonly failed?: "lost" | "last";
}

/** A bracket that was opened: its rounds' trials, in the order of creation. */
export interface OpenedBracket {
  /** From 0, in the order in which brackets are opened. */
  readonly bracketNumber: number;
  /** The bracket's kind: how many promotions it allows for. */
  readonly bracket: number;
  readonly rounds: readonly (readonly Trial[])[];
}

/**
 * Returns Hyperband (Li et al. 2018): random trials are trained for a few epochs, the best of them go on for
 * more, in brackets that differ in how strictly they select. A promotion is a new trial whose budget
 * says which one it continues.
 *
 * Trial for trial `keras_tuner.oracles.HyperbandOracle` 1.4.8. Pruned trials, which that doesn't know, count
 * as the worst of their round; and while nothing is known of the space, where that gives up, one trial
 * without values finds out.
 *
 * @throws DefinitionError for options out of range
 */
export function hyperband(options: HyperbandOptions): Oracle {
  const { seed = randomSeed(), maxTrials, failed = "lost" } = options;
  const schedule = hyperbandSchedule(options);
  if (maxTrials !== undefined) {
    requireWhole("hyperband", "maxTrials", maxTrials, 1);
  }
  const { iterations } = schedule;
  return {
    name: "hyperband",
    options: { ...options, ...(iterations === Number.POSITIVE_INFINITY && { iterations: null }) },
    seed,
    maxTrials,
    propose(view, draws) {
      const brackets = openedBrackets(view, schedule);
      for (const bracket of brackets) {
        const { bracket: kind, rounds } = bracket;
        if (rounds[kind].length >= schedule.size(kind, kind)) {
          continue;
        }
        if (rounds[0].length < schedule.size(kind, 0)) {
          return drawn(
            drawUntried(view, draws),
            firstBudget(schedule, bracket.bracketNumber),
            view,
          );
        }
        const promotion = promote(bracket, schedule, view, failed);
        if (promotion !== undefined) {
          return promotion;
        }
      }
      if (brackets.length === schedule.brackets * schedule.iterations) {
        return waitOrStop(view);
      }
      return drawn(drawUntried(view, draws), firstBudget(schedule, brackets.length), view);
    },
    place(view) {
      const brackets = openedBrackets(view, schedule);
      const free = brackets.find(
        ({ bracket, rounds }) => rounds[0].length < schedule.size(bracket, 0),
      );
      const last = schedule.brackets * schedule.iterations - 1;
      const number = free?.bracketNumber ?? Math.min(brackets.length, last);
      return firstBudget(schedule, number);
    },
    plan: () => plan(schedule, maxTrials),
  };
}

/**
 * Returns the brackets that were opened so far, in that order. One without trials is the last, and was opened
 * in vain: no new values could be drawn for it.
 */
export function openedBrackets(view: StudyView, schedule: HyperbandSchedule): OpenedBracket[] {
  const brackets: (OpenedBracket & { readonly rounds: Trial[][] })[] = [];
  const open = () => {
    const bracketNumber = brackets.length;
    const bracket = schedule.kind(bracketNumber);
    const rounds = Array.from({ length: bracket + 1 }, (): Trial[] => []);
    brackets.push({ bracketNumber, bracket, rounds });
  };
  open();
  for (const trial of view.trials) {
    if (trial.budget !== undefined) {
      while (brackets.length <= trial.budget.bracketNumber) {
        open();
      }
      brackets[trial.budget.bracketNumber].rounds[trial.budget.round].push(trial);
    }
  }
  const { bracket, rounds } = brackets[brackets.length - 1];
  const newest = rounds[0].at(-1)?.number ?? -1;
  const full = rounds[0].length >= schedule.size(bracket, 0);
  const more = brackets.length < schedule.brackets * schedule.iterations;
  if (full && more && view.lastVainDraw !== undefined && view.lastVainDraw > newest) {
    open();
  }
  return brackets;
}

/** The best trial of a round that isn't promoted yet, if enough have ended to be sure that it is. */
function promote(
  { bracketNumber, bracket, rounds }: OpenedBracket,
  schedule: HyperbandSchedule,
  view: StudyView,
  failed: "lost" | "last",
): Proposal | undefined {
  for (let round = 1; round < rounds.length; round++) {
    const selected = new Set(rounds[round].map(({ budget }) => budget?.promotedFrom));
    const waiting = rounds[round - 1].filter(({ id }) => !selected.has(id));
    const candidates = waiting.filter(({ status }) => status === "COMPLETED");
    const last = waiting.filter(
      ({ status }) => status === "PRUNED" || (failed === "last" && status === "FAILED"),
    );
    // Trials that the rounds before can't send any more: nobody waits for them.
    const settled = rounds.slice(0, round - 1).every((trials) => trials.every(isOver));
    const missing =
      failed === "last" && settled
        ? schedule.size(bracket, round - 1) - rounds[round - 1].length
        : 0;
    const thrownOut = schedule.size(bracket, round - 1) - schedule.size(bracket, round);
    if (candidates.length > 0 && candidates.length + last.length + missing > thrownOut) {
      const { direction } = rankingObjective(view.objectives);
      const [best] = candidates.sort(byScore(direction));
      const budget: Budget = {
        initialEpoch: schedule.epochs(bracket, round - 1),
        epochs: schedule.epochs(bracket, round),
        bracket,
        bracketNumber,
        round,
        promotedFrom: best.id,
      };
      return { kind: "run", values: carriedValues(best, view), budget };
    }
  }
  return undefined;
}

/** The proposal of values that were drawn; where there are none, running trials may still be promoted. */
function drawn(values: Values | undefined, budget: Budget, view: StudyView): Proposal {
  return values === undefined ? waitOrStop(view) : { kind: "run", values, budget };
}

function waitOrStop({ trials }: StudyView): Proposal {
  return trials.some(({ status }) => status === "RUNNING") ? { kind: "wait" } : { kind: "stop" };
}

function isOver({ status }: Trial): boolean {
  return status === "COMPLETED" || status === "PRUNED" || status === "FAILED";
}

function firstBudget(schedule: HyperbandSchedule, bracketNumber: number): Budget {
  const bracket = schedule.kind(bracketNumber);
  const epochs = schedule.epochs(bracket, 0);
  return { initialEpoch: 0, epochs, bracket, bracketNumber, round: 0 };
}

function plan(schedule: HyperbandSchedule, maxTrials: number | undefined): Plan {
  const { brackets, iterations } = schedule;
  const once = schedule.rounds();
  if (iterations === Number.POSITIVE_INFINITY) {
    return { trials: maxTrials, epochs: undefined, rounds: once };
  }
  let left = maxTrials ?? Number.POSITIVE_INFINITY;
  const rounds = Array.from({ length: iterations }, (_, iteration) =>
    once.map((round) => {
      const size = Math.min(round.size, left);
      left -= size;
      return { ...round, size, bracketNumber: round.bracketNumber + iteration * brackets };
    }),
  ).flat();
  const planned = rounds.filter(({ size }) => size > 0);
  return {
    trials: planned.reduce((sum, { size }) => sum + size, 0),
    epochs: planned.reduce((sum, r) => sum + r.size * (r.epochs - r.initialEpoch), 0),
    rounds: planned,
  };
}
