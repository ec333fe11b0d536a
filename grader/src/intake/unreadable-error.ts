/** A submission that can't be read. Its text is for the instructor: what is wrong, and what to ask for. */
export class UnreadableError extends Error {
  override name = "UnreadableError";
  /** What went wrong, for programs: "missing", "link", "not-a-file", "too-large", "not-a-notebook". */
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}
