import type { Values } from "../search-space/parameter";
import type { SearchSpace } from "../search-space/search-space";
import type { Objective } from "../trials/objective";
import type { Budget, Trial } from "../trials/trial";

/** What an oracle sees of a study. */
export interface StudyView {
  readonly space: SearchSpace;
  /** Several are added up, those to be maximised with a minus sign; see `trials/objective.ts`. */
  readonly objectives: readonly Objective[];
  /** In the order of creation; also those that run, wait or failed. */
  readonly trials: readonly Trial[];
  /** Trials in the order in which they ended for good. */
  readonly ended: readonly Trial[];
  /** The numbers of trials in the order in which their runs ended, also of runs that were tried again. */
  readonly endedRuns: readonly number[];
  /** How many trials there were when drawing last came to nothing; undefined if it never did. */
  readonly lastVainDraw: number | undefined;
  /** The id that the trial to come will have. */
  readonly nextId: string;
  /** Whether a trial with these values was proposed before. Budgets don't count, origins do. */
  hasTried(values: Values, promotedFrom?: string): boolean;
}

/** Random numbers that depend on the study's seed and on how many were drawn, on nothing else. */
export interface Draws {
  /** Returns the next number of the study's seed state, in [0, 1), as Python's `random.Random(state).random()`. */
  next(): number;
}

/** What an oracle answers. */
export type Proposal =
  /** Run a trial with these values, which name every active parameter and no other. */
  | { readonly kind: "run"; readonly values: Values; readonly budget?: Budget }
  /** Nothing until a running trial has ended. */
  | { readonly kind: "wait" }
  /** Nothing any more. */
  | { readonly kind: "stop" };

/** How much a search will do, as far as that is known before it starts. */
export interface Plan {
  /** Undefined where it depends on the results. */
  readonly trials: number | undefined;
  /** Epochs of training in all; undefined where the budget is not the oracle's. */
  readonly epochs: number | undefined;
  /** In the order of the run; empty for oracles without a schedule. */
  readonly rounds: readonly PlannedRound[];
}

/** A round of a bracket. */
export interface PlannedRound {
  readonly bracketNumber: number;
  readonly bracket: number;
  readonly round: number;
  /** How many trials. */
  readonly size: number;
  readonly initialEpoch: number;
  readonly epochs: number;
}

/** Proposes trials: a function of what it sees and of random numbers, without memory and without I/O. */
export interface Oracle {
  /** As `hyperband`. */
  readonly name: string;
  /** All that it was made with, as JSON: a study goes on only with an equal oracle. */
  readonly options: Readonly<Record<string, unknown>>;
  /** The seed state from which the study draws. */
  readonly seed: number;
  /** The number of trials after which the study stops asking; undefined for the oracle's own end. */
  readonly maxTrials: number | undefined;
  /** Returns what to do next. Throws SearchError where it can't go on. */
  propose(view: StudyView, draws: Draws): Proposal;
  /** Returns the budget of a trial whose values were given by hand; without it such trials have none. */
  place?(view: StudyView): Budget | undefined;
  /** Returns what will be done. */
  plan(): Plan;
}
