import { DefinitionError } from "../errors";
import { pow } from "../numerics/exact-math";
import { requireWhole } from "../option-checks";
import { byScore, rankingObjective } from "../trials/objective";
import type { Budget, Trial } from "../trials/trial";
import { carriedValues } from "./carried-values";
import { drawUntried } from "./draw-untried";
import type { Oracle, StudyView } from "./oracle";
import { randomSeed } from "./random-seed";

/** What ASHA is made from. */
export interface AshaOptions {
  /** R: the most that one trial is trained, in epochs. */
  readonly maxEpochs: number;
  /** r: the least that a trial is trained before it is judged; 1 unless given. */
  readonly minEpochs?: number;
  /** eta: the best 1/eta of a rung are promoted, to eta times as many epochs; 3 unless given. */
  readonly factor?: number;
  /** s: so many of the lowest rungs are left out, so that selection is less strict; 0 unless given. */
  readonly earlyStoppingRate?: number;
  /** So many sets of values are drawn; then only promotions follow. */
  readonly configurations?: number;
  /** So many trials at most, promotions included. This or `configurations` must be given. */
  readonly maxTrials?: number;
  /** A whole number; left to chance unless given. */
  readonly seed?: number;
}

/**
 * Returns ASHA, asynchronous successive halving (Li et al. 2020, "A System for Massively Parallel
 * Hyperparameter Tuning", algorithm 2): a worker that asks gets a promotion from the highest rung k whose
 * best floor(|rung k| / eta) trials are not all promoted yet, else new random values. It never waits
 * for a rung to fill, so it suits many workers. |rung k| counts the trials that reported there; one
 * that was pruned or failed reported nothing, and is never promoted.
 *
 * Rung k trains until min(R, r eta^(s + k)) epochs; the last rung is the first one with R.
 *
 * @throws DefinitionError for options out of range
 */
export function asha(options: AshaOptions): Oracle {
  const { configurations, maxTrials, factor = 3, seed = randomSeed() } = options;
  const rungs = rungEpochs(options);
  if (configurations === undefined && maxTrials === undefined) {
    throw new DefinitionError(
      "no-end",
      "asha: expected configurations or maxTrials; without either the search has no end",
    );
  }
  requireWhole("asha", "configurations", configurations ?? 1, 1);
  requireWhole("asha", "maxTrials", maxTrials ?? 1, 1);
  return {
    name: "asha",
    options: { ...options },
    seed,
    maxTrials,
    propose(view, draws) {
      const trials = byRung(view, rungs.length);
      const promoted = promotable(trials, factor, view);
      if (promoted !== undefined) {
        const { trial, round } = promoted;
        const budget = { ...budgetOf(rungs, round + 1), promotedFrom: trial.id };
        return { kind: "run", values: carriedValues(trial, view), budget };
      }
      const hasMore = configurations === undefined || trials[0].length < configurations;
      const values = hasMore ? drawUntried(view, draws) : undefined;
      if (values !== undefined) {
        return { kind: "run", values, budget: budgetOf(rungs, 0) };
      }
      const runs = view.trials.some(({ status }) => status === "RUNNING");
      return { kind: runs ? "wait" : "stop" };
    },
    place: () => budgetOf(rungs, 0),
    plan: () => ({ trials: maxTrials, epochs: undefined, rounds: [] }),
  };
}

/** The epochs before which the trials of each rung end. */
function rungEpochs(options: AshaOptions): readonly number[] {
  const { maxEpochs, minEpochs = 1, factor = 3, earlyStoppingRate = 0 } = options;
  requireWhole("asha", "maxEpochs", maxEpochs, 1);
  requireWhole("asha", "minEpochs", minEpochs, 1);
  requireWhole("asha", "factor", factor, 2);
  requireWhole("asha", "earlyStoppingRate", earlyStoppingRate, 0);
  const first = minEpochs * pow(factor, earlyStoppingRate);
  if (first > maxEpochs) {
    throw new DefinitionError(
      "out-of-range",
      `asha: the lowest rung has ${first} epochs (minEpochs x factor^earlyStoppingRate), more than ` +
        `maxEpochs, ${maxEpochs}`,
      { first, maxEpochs },
    );
  }
  const rungs: number[] = [];
  for (let epochs = first; epochs < maxEpochs; epochs *= factor) {
    rungs.push(epochs);
  }
  return [...rungs, maxEpochs];
}

function budgetOf(rungs: readonly number[], round: number): Budget {
  const initialEpoch = round === 0 ? 0 : rungs[round - 1];
  const bracket = rungs.length - 1;
  return { initialEpoch, epochs: rungs[round], bracket, bracketNumber: 0, round };
}

function byRung(view: StudyView, count: number): Trial[][] {
  const rungs = Array.from({ length: count }, (): Trial[] => []);
  for (const trial of view.trials) {
    if (trial.budget !== undefined) {
      rungs[trial.budget.round].push(trial);
    }
  }
  return rungs;
}

/** The best trial to be promoted from the highest rung that has one; of equal scores the earlier. */
function promotable(
  rungs: readonly (readonly Trial[])[],
  factor: number,
  { objectives }: StudyView,
): { readonly trial: Trial; readonly round: number } | undefined {
  const compare = byScore(rankingObjective(objectives).direction);
  for (let round = rungs.length - 2; round >= 0; round--) {
    const promoted = new Set(rungs[round + 1].map(({ budget }) => budget?.promotedFrom));
    const reported = rungs[round].filter(({ status }) => status === "COMPLETED");
    const trial = reported.reduce<Trial | undefined>(
      (best, one) =>
        promoted.has(one.id) || (best !== undefined && compare(best, one) <= 0) ? best : one,
      undefined,
    );
    if (trial !== undefined) {
      const better = reported.filter((one) => compare(one, trial) < 0 || isEqualBefore(one, trial));
      if (better.length < Math.floor(reported.length / factor)) {
        return { trial, round };
      }
    }
  }
  return undefined;
}

function isEqualBefore(one: Trial, other: Trial): boolean {
  return one.score === other.score && one.number < other.number;
}
