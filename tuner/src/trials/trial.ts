import type { Values } from "../search-space/parameter";

/**
 * RUNNING: a worker has it. WAITING: enqueued, or to be tried again. COMPLETED: it has a score. PRUNED: a
 * pruner ended it; its score is that of what it had reported. INVALID: it threw, or its score is no
 * number, and it may be tried again. FAILED: it is not tried again.
 */
export type TrialStatus = "WAITING" | "RUNNING" | "COMPLETED" | "PRUNED" | "INVALID" | "FAILED";

/** How long a trial trains, and where in a schedule it stands. Epochs count from 0. */
export interface Budget {
  /** The epochs that it has trained already, as another trial. */
  readonly initialEpoch: number;
  /** The epoch before which it ends: it trains `epochs - initialEpoch` of them. */
  readonly epochs: number;
  /** The bracket's kind: how many promotions it allows for. */
  readonly bracket: number;
  /** Which of the brackets, in the order in which they were opened. */
  readonly bracketNumber: number;
  /** How many promotions led here. */
  readonly round: number;
  /** The id of the trial that it continues. */
  readonly promotedFrom?: string;
}

/** The reports of one metric at one step: one for each execution. */
export interface Report {
  readonly step: number;
  readonly values: readonly number[];
}

/** By metric, in the order of the steps. */
export type MetricHistory = ReadonlyMap<string, readonly Report[]>;

/** One set of values, and what came of it. */
export interface Trial {
  /** As Keras Tuner writes it: the number, padded with zeros. */
  readonly id: string;
  /** From 0, in the order of creation. */
  readonly number: number;
  readonly status: TrialStatus;
  readonly values: Values;
  readonly budget: Budget | undefined;
  /** How often it was begun. */
  readonly runs: number;
  readonly metrics: MetricHistory;
  /** The best mean over all steps; undefined before it ended, and where it failed. */
  readonly score: number | undefined;
  /** The step of the score. */
  readonly bestStep: number | undefined;
  /** Why it failed or was pruned. */
  readonly message: string | undefined;
  /** Milliseconds since 1970. */
  readonly startedAt: number | undefined;
  readonly endedAt: number | undefined;
  /** What its maker or its code noted about it; any JSON. */
  readonly attributes: Readonly<Record<string, unknown>>;
}
