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
  /** Node calls an async hook, the user's or one of its own: it ends the process if that does not return. */
  readonly hook: boolean;
}

/** Where a frame is. Empty names are of code without one. */
interface Place {
  readonly script: string;
  readonly call: string;
}

const HOOKS = "node:internal/async_hooks";
/** There, too, but it calls what waited for an event. */
const TRAMPOLINE = "callbackTrampoline";

/**
 * Returns what runs beneath the caller. `isCell` tells the names of cells from those of files.
 * `caller` and what it calls are left out, and so is the inspector's own expression.
 */
export function stackBeneath(
  caller: (...args: never[]) => unknown,
  isCell: (script: string) => boolean,
): Beneath {
  const places = placesBeneath(caller);
  const scripts = places.map(({ script }) => script);
  const isUser = (script: string) =>
    script !== "" && !script.startsWith("node:") && !isKernel(script);
  return {
    anything: scripts.length > 0,
    user: scripts.some(isUser),
    cell: scripts.some(isCell),
    loader: scripts.some((script) => script.startsWith("node:internal/modules/esm")),
    builtin: scripts.includes("node:internal/bootstrap/realm"),
    hook: places.some(({ script, call }) => script === HOOKS && call !== TRAMPOLINE),
  };
}

function isKernel(script: string): boolean {
  return script.startsWith(KERNEL_FOLDER) || script.startsWith(`file://${KERNEL_FOLDER}`);
}

/** The places on the stack, innermost first. */
function placesBeneath(caller: (...args: never[]) => unknown): readonly Place[] {
  const { prepareStackTrace, stackTraceLimit } = Error;
  const holder: { stack?: readonly Place[] } = {};
  try {
    Error.stackTraceLimit = FRAMES;
    Error.prepareStackTrace = (_error, frames) =>
      frames
        .filter((frame) => !frame.isAsync())
        .map((frame) => ({
          script: frame.getScriptNameOrSourceURL() ?? "",
          call: frame.getFunctionName() ?? "",
        }));
    Error.captureStackTrace(holder, caller);
    // The last thing called is the inspector's expression, which has no name.
    return holder.stack?.slice(1) ?? [];
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
    if (prepareStackTrace === undefined) Reflect.deleteProperty(Error, "prepareStackTrace");
    else Error.prepareStackTrace = prepareStackTrace;
  }
}
