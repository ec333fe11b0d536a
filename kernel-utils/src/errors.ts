/** What went wrong, as a word that a program can test. */
export type ErrorCode =
  | "wrong-type"
  | "empty-input"
  | "length-mismatch"
  | "unknown-label"
  | "one-class"
  | "not-finite"
  | "out-of-range"
  | "missing-column"
  | "missing-file"
  | "missing-package"
  | "corrupt-file"
  | "no-network"
  | "data-leak"
  | "already-fitted"
  | "fold-failed"
  | "check-failed";

/** Facts behind an error (names, counts, positions), for programs that read it. */
export type ErrorData = Readonly<Record<string, unknown>>;

/**
 * The base of every error that this library throws on purpose. Its message says what was expected,
 * what came and how to cure it; `code` and `data` say the same to a program.
 */
export class HeadroomError extends Error {
  override readonly name: string = "HeadroomError";
  readonly code: ErrorCode;
  readonly data: ErrorData;

  constructor(code: ErrorCode, message: string, data: ErrorData = {}) {
    super(message);
    this.code = code;
    this.data = data;
  }
}

/** An argument can't be used as it is: the caller mends the call. */
export class InputError extends HeadroomError {
  override readonly name = "InputError";
}

/** A data file is missing, damaged or out of reach: the caller restores the file and tries again. */
export class DataFileError extends HeadroomError {
  override readonly name = "DataFileError";
}

/** A statement that a lesson makes about its own numbers does not hold. */
export class CheckError extends HeadroomError {
  override readonly name = "CheckError";
}

/** A fold's training or scoring failed: `cause` is the error, `data` says which fold it was. */
export class FoldError extends HeadroomError {
  override readonly name = "FoldError";
}
