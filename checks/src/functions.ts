import type { AnyFunction } from "./call";

const remoteNames = new WeakMap<AnyFunction, string>();

/**
 * Returns a stand-in for a student's function that lives in another process: tests are declared with
 * it, and a `Caller` asks the other process.
 *
 * Calling it directly throws an Error that says to use `call(...)`.
 */
export function remoteFunction(name: string): AnyFunction {
  const standIn: AnyFunction = () => {
    throw new Error(
      `${name} is the student's and runs elsewhere: a test asks for it by call(${name}, ...), a property by its own call.`,
    );
  };
  remoteNames.set(standIn, name);
  return standIn;
}

/** Returns the name of a function, or of the one that a stand-in stands for; empty when it has none. */
export function functionName(fn: AnyFunction): string {
  const remote = remoteNames.get(fn);
  if (remote !== undefined) return remote;
  try {
    return typeof fn.name === "string" ? fn.name : "";
  } catch {
    return "";
  }
}
