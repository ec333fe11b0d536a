import { DeclarationError } from "./declaration-error";
import { show } from "./show";

/** Any function, whatever it takes. */
export type AnyFunction = (...args: never[]) => unknown;

declare const result: unique symbol;

/** A call that is to be made, of a function whose result is a `T`, awaited. */
export interface Call<out T> {
  readonly kind: "call";
  readonly fn: AnyFunction;
  readonly args: readonly unknown[];
  /** For the compiler alone. */
  readonly [result]?: (() => T) | undefined;
}

const callbacks = new WeakSet<AnyFunction>();
/** What makes the function, by what stands for it in the declaration. */
const makers = new WeakMap<AnyFunction, () => AnyFunction>();

/**
 * Returns the call of the student's function with these arguments. It is made when the test runs, on
 * copies of the arguments, so that no test spoils the data of another.
 *
 * @throws DeclarationError when the first argument is no function
 * @example
 * import { call, equals, test } from "@headroom/checks";
 * const half = (x: number) => x / 2;
 * test("four", call(half, 4), equals(2)).title; // => "four"
 */
export function call<F extends AnyFunction>(
  fn: F,
  ...args: Parameters<F>
): Call<Awaited<ReturnType<F>>> {
  requireFunction("call", fn);
  return { kind: "call", fn, args };
}

/**
 * Returns the same function, marked as an argument that the student's function is to call. When
 * student code runs in a process of its own, the call comes back to the test's process, where such a
 * function may count, remember or throw.
 *
 * @throws DeclarationError when it is no function
 */
export function callback<F extends AnyFunction>(fn: F): F {
  requireFunction("callback", fn);
  callbacks.add(fn);
  return fn;
}

/**
 * Returns what stands for a callback that is made anew whenever the test runs: one declaration is run
 * for many students, and a function that counts or hands out numbers has to begin again for each.
 *
 * @param make returns the function
 * @throws DeclarationError when it is no function
 */
export function freshCallback<F extends AnyFunction>(make: () => F): F {
  requireFunction("freshCallback", make);
  const standIn = (() => {
    throw new Error("a fresh callback is made when its test runs: hand it to call(...) as it is.");
  }) as AnyFunction as F;
  makers.set(standIn, make);
  return standIn;
}

/** Returns the arguments with fresh callbacks made. */
export function madeArguments(args: readonly unknown[]): unknown[] {
  const made: unknown[] = [];
  for (let at = 0; at < args.length; at++) {
    const arg = args[at];
    const make = typeof arg === "function" ? makers.get(arg as AnyFunction) : undefined;
    made[at] = make ? callback(make()) : arg;
  }
  return made;
}

/** Returns true for a function that `callback` has marked. */
export function isCallback(value: unknown): value is AnyFunction {
  return typeof value === "function" && callbacks.has(value as AnyFunction);
}

function requireFunction(what: string, fn: unknown): void {
  if (typeof fn === "function") return;
  throw new DeclarationError(
    `${what}(...) got ${show(fn)} where it needs a function: give the function itself, then its arguments, as in call(f1Score, 68, 9, 18).`,
  );
}
