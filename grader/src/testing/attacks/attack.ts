import type { Changes } from "../hostile";

/** A hostile submission, what it earns, and what the instructor is told. */
export interface Attack {
  /** Unique; a few words. */
  readonly name: string;
  /** What it does, in a sentence, as docs/grading-attacks.md says it. */
  readonly does: string;
  /** How it differs from the honest submission of `hostile.ts`. */
  readonly changes: Changes;
  /** Its exact score, of `FULL`; "unreadable" for a file from which nothing can be judged. */
  readonly deserves: number | "unreadable";
  /** A part of a note that the instructor sees; undefined where there is nothing to tell: the answers were just judged. */
  readonly sees?: string;
  /** True to have an honest submission judged at the same time, which must get full marks. */
  readonly beside?: true;
}
