import path from "node:path";

const KERNEL_FOLDER = path.dirname(__dirname);

/** Where code asked for something that may fail later, when its frames are no longer on the stack. */
export interface CallSite {
  readonly stack: string;
}

/** Returns the place of whoever called `callee`. */
export function callSite(callee: (...args: never[]) => unknown): CallSite {
  const site = { stack: "" };
  Error.captureStackTrace(site, callee);
  return site;
}

/** Adds the call's frames to an error that has none of them. Returns the error. */
export function addCallSite(error: unknown, site: CallSite): unknown {
  if (!(error instanceof Error) || typeof error.stack !== "string") return error;
  const frames = site.stack.split("\n").filter((line) => isFrame(line));
  const [first] = frames;
  if (first === undefined || error.stack.includes(first.trim())) return error;
  try {
    error.stack = [error.stack, ...frames].join("\n");
  } catch {
    // a frozen error stays as it is
  }
  return error;
}

function isFrame(line: string): boolean {
  return /^\s+at /.test(line) && !line.includes(KERNEL_FOLDER);
}
