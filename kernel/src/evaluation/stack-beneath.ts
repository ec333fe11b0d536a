/** What runs beneath a function that the inspector calls in the middle of other code. */
import { dirname } from "node:path";

/** How many frames are looked at; deep recursion has user code in its first ones. */
const FRAMES = 200;
const KERNEL_FOLDER = dirname(__dirname);

/** What an interrupt found. */
export interface Beneath {
  /** Something runs; otherwise the thread waits for events. */
  readonly anything: boolean;
  /** Some of it is neither the kernel's nor Node's. */
  readonly user: boolean;
  /** Some of it is text of a cell. */
  readonly cell: boolean;
  /** Node's loader of ES modules is among it. */
  readonly loader: boolean;
  /** Node loads a part of itself: one that is ended in between stays half made. */
  readonly builtin: boolean;
}

/**
 * Returns what runs beneath the caller. `isCell` tells the names of cells from those of files.
 * `caller` and what it calls are left out, and so is the inspector's own expression.
 */
export function stackBeneath(
  caller: (...args: never[]) => unknown,
  isCell: (script: string) => boolean,
): Beneath {
  const scripts = scriptsBeneath(caller);
  const isUser = (script: string) =>
    script !== "" && !script.startsWith("node:") && !isKernel(script);
  return {
    anything: scripts.length > 0,
    user: scripts.some(isUser),
    cell: scripts.some(isCell),
    loader: scripts.some((script) => script.startsWith("node:internal/modules/esm")),
    builtin: scripts.includes("node:internal/bootstrap/realm"),
  };
}

function isKernel(script: string): boolean {
  return script.startsWith(KERNEL_FOLDER) || script.startsWith(`file://${KERNEL_FOLDER}`);
}

/** The names of the scripts on the stack, innermost first; empty names for code without one. */
function scriptsBeneath(caller: (...args: never[]) => unknown): string[] {
  const { prepareStackTrace, stackTraceLimit } = Error;
  const holder: { stack?: unknown } = {};
  try {
    Error.stackTraceLimit = FRAMES;
    Error.prepareStackTrace = (_error, frames) =>
      frames.filter((frame) => !frame.isAsync()).map((frame) => frame.getScriptNameOrSourceURL());
    Error.captureStackTrace(holder, caller);
    const names = Array.isArray(holder.stack) ? holder.stack : [];
    // The last thing called is the inspector's expression, which has no name.
    return names.slice(1).map((name: unknown) => (typeof name === "string" ? name : ""));
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
    if (prepareStackTrace === undefined) Reflect.deleteProperty(Error, "prepareStackTrace");
    else Error.prepareStackTrace = prepareStackTrace;
  }
}
