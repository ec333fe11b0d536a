/** Something that the person at the terminal can cure; shown without a stack. */
export class CliError extends Error {
  override readonly name = "CliError";

  /** `message` says what was expected and what came, `cure` what to do about it. */
  constructor(
    message: string,
    readonly cure: string,
  ) {
    super(message);
  }
}

/** A command line that is not understood; `message` says what was expected. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}
