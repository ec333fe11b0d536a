import type { AnyFunction } from "./call";
import { copyArguments } from "./copy-arguments";
import type { Caller } from "./outcome";
import { startTimer, stopTimer } from "./primordials";
import { snapshot } from "./snapshot";
import { describeThrown } from "./thrown";

/**
 * Returns a caller that calls the function in this process, on copies of the arguments, and takes its
 * result as data, as it would come from another process.
 *
 * @param seconds how long it waits for a promise; an endless loop it can't end
 */
export function localCaller(seconds: number): Caller {
  return async (fn, args) => {
    const given = copyArguments(args);
    try {
      const value = await within(seconds, invoke(fn, given));
      return { value: snapshot(value), argumentsAfter: snapshot(given) as unknown[] };
    } catch (error) {
      return { threw: describeThrown(error) };
    }
  };
}

async function invoke(fn: AnyFunction, args: readonly unknown[]): Promise<unknown> {
  return await (fn as (...args: unknown[]) => unknown)(...args);
}

async function within(seconds: number, work: Promise<unknown>): Promise<unknown> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = startTimer(() => {
      const error = new Error(
        `it had not finished after ${seconds} s: does its promise ever settle?`,
      );
      error.name = "TimeoutError";
      reject(error);
    }, seconds * 1000);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    stopTimer(timer);
  }
}
