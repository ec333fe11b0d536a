import { fileURLToPath } from "node:url";
import type { Place } from "../cell/compiled-cell";

/** A frame of V8's stack text. */
export interface StackFrame {
  /** The function as V8 names it, with `async` and `new`; empty at top level. */
  readonly name: string;
  /** A cell's label, a path, `node:fs`; empty where V8 gives no place. */
  readonly file: string;
  readonly place: Place;
}

const FRAME = /^\s+at (.*)$/;
const NAMED = /^(.*) \((.*)\)$/;
const LOCATION = /^(.*):(\d+):(\d+)$/;

/**
 * Returns the frames of an error's stack text, whose head `Name: message` may have many lines; file
 * URLs become paths without a query.
 */
export function parseStack(stack: string, message: string): StackFrame[] {
  const head = message === "" ? -1 : stack.indexOf(message);
  const text = head < 0 ? stack : stack.slice(head + message.length);
  return text.split("\n").flatMap((line) => readFrame(line) ?? []);
}

/** Returns the frame that a line of V8's stack text tells; undefined for any other line. */
export function readFrame(line: string): StackFrame | undefined {
  const text = FRAME.exec(line)?.[1];
  return text === undefined ? undefined : parseFrame(text);
}

function parseFrame(text: string): StackFrame {
  const named = NAMED.exec(text);
  const isAsync = named === null && text.startsWith("async ");
  const name = named?.[1] ?? (isAsync ? "async" : "");
  const location = LOCATION.exec(named?.[2] ?? (isAsync ? text.slice("async ".length) : text));
  if (location === null) return { name: text, file: "", place: { line: 0, column: 0 } };
  const [, file = "", line, column] = location;
  return { name, file: toPath(file), place: { line: Number(line), column: Number(column) } };
}

function toPath(file: string): string {
  if (!file.startsWith("file:")) return file.replace(/\?.*$/, "");
  try {
    return fileURLToPath(file.replace(/[?#].*$/, ""));
  } catch {
    return file;
  }
}

/** Returns V8's text of a frame, without the indentation. */
export function formatFrame({ name, file, place }: StackFrame): string {
  if (file === "") return `at ${name}`;
  const location = `${file}:${place.line}:${place.column}`;
  if (name === "" || name === "async") return `at ${name === "" ? "" : "async "}${location}`;
  return `at ${name} (${location})`;
}
