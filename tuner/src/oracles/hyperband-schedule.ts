import { DefinitionError } from "../errors";
import { log, pow } from "../numerics/exact-math";
import { requireWhole } from "../option-checks";
import type { PlannedRound } from "./oracle";

/**
 * Hyperband's arithmetic (Li et al. 2018), rounded as Keras Tuner 1.4.8 does. A bracket of kind b has rounds
 * 0 to b; each promotes about one in `factor` trials to `factor` times as many epochs. The kinds are run
 * from the highest, which begins with many short trials, down to 0, which trains all in full.
 */
export interface HyperbandSchedule {
  readonly maxEpochs: number;
  readonly factor: number;
  /** How many kinds of brackets there are. */
  readonly brackets: number;
  /** How often all brackets are run; Infinity for a search without an end of its own. */
  readonly iterations: number;
  /** The kind of the bracket that is opened as this one, from 0. */
  kind(bracketNumber: number): number;
  /** How many trials a round has, if none fails. */
  size(bracket: number, round: number): number;
  /** The epoch before which a round's trials end; 0 for round -1. */
  epochs(bracket: number, round: number): number;
  /** Returns the rounds of one iteration, in the order of the run. */
  rounds(): PlannedRound[];
}

/** What a schedule is made from. */
export interface HyperbandScheduleOptions {
  /** The most that one trial is trained. */
  readonly maxEpochs: number;
  /** How many trials compete for one promotion; 3 unless given. */
  readonly factor?: number;
  /** How often all brackets are run, at least 1; 1 unless given. */
  readonly iterations?: number;
  /** The least that a trial is trained before it is judged; 1 unless given, as in Keras Tuner. */
  readonly minEpochs?: number;
}

/**
 * Returns the schedule.
 *
 * @throws DefinitionError for numbers out of range.
 */
export function hyperbandSchedule(options: HyperbandScheduleOptions): HyperbandSchedule {
  const { maxEpochs, factor = 3, iterations = 1, minEpochs = 1 } = options;
  requireWhole("hyperband", "maxEpochs", maxEpochs, 1);
  requireWhole("hyperband", "factor", factor, 2);
  if (iterations !== Number.POSITIVE_INFINITY) {
    requireWhole("hyperband", "iterations", iterations, 1);
  }
  requireWhole("hyperband", "minEpochs", minEpochs, 1);
  if (minEpochs > maxEpochs) {
    throw new DefinitionError(
      "out-of-range",
      `hyperband: minEpochs (${minEpochs}) is more than maxEpochs (${maxEpochs})`,
      { minEpochs, maxEpochs },
    );
  }
  let brackets = 0;
  for (let epochs = maxEpochs; epochs >= minEpochs; epochs /= factor) {
    brackets++;
  }
  // The last round of bracket 0, from which the others' sizes follow so that all cost about the same.
  const lastSize = Math.ceil(1 + log(maxEpochs / minEpochs) / log(factor));
  const table = (of: (bracket: number, round: number) => number) =>
    Array.from({ length: brackets }, (_, bracket) =>
      Array.from({ length: bracket + 1 }, (_, round) => of(bracket, round)),
    );
  const sizes = table((bracket, round) =>
    Math.ceil((lastSize / (bracket + 1)) * pow(factor, bracket - round)),
  );
  const ends = table((bracket, round) => Math.ceil(maxEpochs / pow(factor, bracket - round)));
  const size = (bracket: number, round: number) => sizes[bracket][round];
  const epochs = (bracket: number, round: number) => (round < 0 ? 0 : ends[bracket][round]);
  return {
    maxEpochs,
    factor,
    brackets,
    iterations,
    kind: (bracketNumber) => brackets - 1 - (bracketNumber % brackets),
    size,
    epochs,
    rounds: () =>
      Array.from({ length: brackets }, (_, bracketNumber) => brackets - 1 - bracketNumber).flatMap(
        (bracket, bracketNumber) =>
          Array.from({ length: bracket + 1 }, (_, round) => ({
            bracketNumber,
            bracket,
            round,
            size: size(bracket, round),
            initialEpoch: epochs(bracket, round - 1),
            epochs: epochs(bracket, round),
          })),
      ),
  };
}
