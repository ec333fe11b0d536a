import type { Assignment } from "../assignment/assignment";
import type { Submission } from "../intake/submission";
import type { Judgement } from "../judge/judgement";
import type { KnownWrongAnswer } from "./verdict";

/** How a submission is to be judged beside others. */
export interface Seat {
  /** No two submissions that are judged at the same time have the same. */
  readonly slot: number;
  /** Without a sandbox. */
  readonly trust: boolean;
  readonly signal: AbortSignal;
}

/** What the queue must know of an assignment. */
export interface Examiner {
  readonly assignment: Assignment;
  /** The exam's hash. */
  readonly hash: string;
  /** The points of all exercises. */
  readonly maximum: number;
  /** Called once, before the first submission is judged; not where all have their verdicts. */
  prepare(): Promise<void>;
  /** Judges a submission's cells; rejects where it can't, which is never the student's fault. */
  judge(cells: Submission["cells"], seat: Seat): Promise<Judgement>;
  /** Returns the author's wrong answers that a judgement shows. */
  knownWrongAnswers(judgement: Judgement): readonly KnownWrongAnswer[];
}
