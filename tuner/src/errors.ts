/**
 * Errors by what the caller does next. Each has a `code` that programs can compare, and `data` with
 * the values that were at fault; its text names the thing, says what was expected, and the cure.
 */

/** What all errors of the tuner have in common. */
export class TunerError extends Error {
  override name = "TunerError";
  /** What went wrong, for programs. */
  readonly code: string;
  /** The values that were at fault. */
  readonly data: Readonly<Record<string, unknown>>;

  constructor(code: string, message: string, data: Readonly<Record<string, unknown>> = {}) {
    super(message);
    this.code = code;
    this.data = data;
  }
}

/** A definition that can't be: of a search space, an oracle, a pruner, a search. Mend the program. */
export class DefinitionError extends TunerError {
  override name = "DefinitionError";
}

/** Thrown by a trial's code to give up this trial without another try. */
export class FailedTrialError extends TunerError {
  override name = "FailedTrialError";

  constructor(message: string, data: Readonly<Record<string, unknown>> = {}) {
    super("failed-trial", message, data);
  }
}

/** Thrown by a trial's code that a pruner has told to stop. The trial counts as PRUNED. */
export class PrunedTrialError extends TunerError {
  override name = "PrunedTrialError";

  constructor(message = "the pruner ended this trial") {
    super("pruned-trial", message);
  }
}

/** A trial was broken off from outside, as by a notebook's interrupt: it is to be run again, later. */
export class InterruptedTrialError extends TunerError {
  override name = "InterruptedTrialError";

  constructor() {
    super("interrupted-trial", "the training was interrupted in the middle of an epoch");
  }
}

/** The search can't go on: too many failures in a row, or its oracle can propose nothing. */
export class SearchError extends TunerError {
  override name = "SearchError";
}

/** A study can't be read or written: it is in use, damaged, or another study's. */
export class StorageError extends TunerError {
  override name = "StorageError";
}

/** The process that ran a trial ended before the trial did. The trial may be tried again in another. */
export class WorkerError extends TunerError {
  override name = "WorkerError";
}
