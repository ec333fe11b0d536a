/** The student's program is no more: it ended, stalled, or was ended. The message says why. */
export class GoneError extends Error {
  override name = "GoneError";
}

/** A function that the submission should define is not there. */
export class MissingFunctionError extends Error {
  override name = "MissingFunctionError";
}
