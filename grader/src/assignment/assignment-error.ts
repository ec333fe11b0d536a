/** Something in a text source that its author must mend. */
export interface Problem {
  /** Counted from 1. */
  readonly line: number;
  /** What is wrong, what was expected, and how to mend it. */
  readonly message: string;
}

/** A text source that is no assignment; the message tells every problem with its file and line. */
export class AssignmentError extends Error {
  override readonly name = "AssignmentError";

  constructor(
    readonly file: string,
    readonly problems: readonly Problem[],
  ) {
    super(problems.map(({ line, message }) => `${file}:${line}: ${message}`).join("\n"));
  }
}
