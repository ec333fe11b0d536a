/** Errors on their way between processes: the tuner's keep their class, all others their name. */
import {
  DefinitionError,
  FailedTrialError,
  InterruptedTrialError,
  PrunedTrialError,
  SearchError,
  StorageError,
  TunerError,
} from "../errors";

/** An error as plain data. */
export interface WireError {
  readonly name: string;
  readonly message: string;
  readonly stack: string | undefined;
  /** Of the tuner's own errors. */
  readonly code?: string;
  /** Of the tuner's own errors; what of it JSON can hold. */
  readonly data?: Readonly<Record<string, unknown>>;
}

/** How the tuner's errors are made anew. */
const MAKERS: Readonly<Record<string, (error: WireError) => Error>> = {
  DefinitionError: ({ code = "", message, data }) => new DefinitionError(code, message, data),
  FailedTrialError: ({ message, data }) => new FailedTrialError(message, data),
  InterruptedTrialError: () => new InterruptedTrialError(),
  PrunedTrialError: ({ message }) => new PrunedTrialError(message),
  SearchError: ({ code = "", message, data }) => new SearchError(code, message, data),
  StorageError: ({ code = "", message, data }) => new StorageError(code, message, data),
};

/** Returns an error as plain data; anything else that was thrown, too. */
export function toWire(thrown: unknown): WireError {
  if (!(thrown instanceof Error)) {
    return { name: "Error", message: String(thrown), stack: undefined };
  }
  const { name, message, stack } = thrown;
  if (!(thrown instanceof TunerError)) return { name, message, stack };
  return { name, message, stack, code: thrown.code, data: plain(thrown.data) };
}

/** Returns the error again, with the stack that it had in its own process. */
export function fromWire(wire: WireError): Error {
  const maker = Object.hasOwn(MAKERS, wire.name) && wire.code !== undefined && MAKERS[wire.name];
  const error = maker ? maker(wire) : Object.assign(new Error(wire.message), { name: wire.name });
  if (wire.stack !== undefined) error.stack = wire.stack;
  return error;
}

function plain(data: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const entries = Object.entries(data).filter(([, value]) => isPlain(value));
  return Object.fromEntries(entries);
}

function isPlain(value: unknown): boolean {
  try {
    return JSON.stringify(value) !== undefined;
  } catch {
    return false;
  }
}
