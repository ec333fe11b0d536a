import type { Place } from "../cell/compiled-cell";

/** What can go wrong before a module runs. Messages say what was wanted, what was found, and the cure. */

/** A module that is not there; `code` is Node's, so that programs which look for it find it. */
export class ModuleNotFoundError extends Error {
  override readonly name = "Error";

  constructor(
    message: string,
    readonly code: "ERR_MODULE_NOT_FOUND" | "MODULE_NOT_FOUND",
  ) {
    super(message);
  }
}

/** A module that is there but cannot be used: no such export, no TypeScript, or not as asked. */
export class ModuleSyntaxError extends SyntaxError {
  override readonly name = "SyntaxError";
}

/** A name that a module does not export. */
export class MissingExportError extends ModuleSyntaxError {
  readonly #exportName: string;

  constructor(message: string, exportName: string) {
    super(message);
    this.#exportName = exportName;
  }

  /** No property of its own, since those are printed. */
  get exportName(): string {
    return this.#exportName;
  }
}

/** The error for a file whose text is wrong at `place`, which its message and its stack name. */
export function syntaxErrorAt(message: string, file: string, place: Place): ModuleSyntaxError {
  const error = new ModuleSyntaxError(`${message} (${file}:${place.line}:${place.column})`);
  placeError(error, file, place);
  return error;
}

/**
 * Makes an error look as if it had been thrown in the given file: its stack starts with that place,
 * then come the frames of those who asked.
 */
export function placeError(error: Error, file: string, place: Place): void {
  const frames = (error.stack ?? "").split("\n").filter((line) => /^\s+at /.test(line));
  const title = `${error.name}: ${error.message}`;
  error.stack = [title, `    at ${file}:${place.line}:${place.column}`, ...frames].join("\n");
}

/** Returns the line and column, both from 1, of an offset in `text`. */
export function placeOf(text: string, offset: number): Place {
  const before = text.slice(0, offset).split(/\r\n|[\n\r]/);
  return { line: before.length, column: (before.at(-1) ?? "").length + 1 };
}
