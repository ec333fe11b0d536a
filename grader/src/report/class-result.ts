/** What a report is made of: verdicts, and what nbgrader's gradebook adds to them. */
import type { Verdict } from "../queue/verdict";

/** A mark that a person gives. */
export interface ManualMark {
  /** The cell's nbgrader id. */
  readonly id: string;
  readonly maximum: number;
  /** null until it is given. */
  readonly score: number | null;
}

/** What the gradebook knows of a student's submission. */
export interface GradebookEntry {
  readonly student: string;
  /** With marks by hand and extra credit, after the penalty. */
  readonly total: number;
  readonly maximum: number;
  readonly manual: readonly ManualMark[];
  /** Points taken off because it came late; 0 or more. */
  readonly latePenalty: number;
  /** 0 where it came in time, or nothing is due. */
  readonly secondsLate: number;
}

/** A student in a report. */
export interface ClassRow {
  readonly verdict: Verdict;
  /** Absent until the marks are in the gradebook. */
  readonly entry?: GradebookEntry | undefined;
}

/** A class's results in an assignment. */
export interface ClassResult {
  /** `NN-slug` */
  readonly assignment: string;
  readonly title: string;
  /** In the order of the students' names. */
  readonly rows: readonly ClassRow[];
}
