/** `using` at a cell's top level: what is disposed when the cell ends. */
import { inspect } from "node:util";

/** One thing to dispose. */
export interface Disposable {
  readonly value: unknown;
  readonly dispose: (this: unknown) => unknown;
  /** Its disposal is awaited. */
  readonly isAsync: boolean;
}

/** What was thrown; an object, since undefined can be thrown too. */
export interface Thrown {
  readonly thrown: unknown;
}

const symbols = Symbol as unknown as { dispose?: symbol; asyncDispose?: symbol };

/** Gives versions of Node that lack them the symbols that TypeScript's `using` needs. */
export function defineDisposeSymbols(): void {
  for (const name of ["dispose", "asyncDispose"] as const) {
    if (symbols[name] !== undefined) continue;
    const value = Symbol(`Symbol.${name}`);
    Object.defineProperty(Symbol, name, { value });
  }
}

/**
 * Returns how to dispose `value`; undefined for null and undefined, which need none. Throws a
 * TypeError for a value without the method.
 */
export function toDisposable(value: unknown, isAsync: boolean): Disposable | undefined {
  if (value === null || value === undefined) return undefined;
  const method =
    (isAsync && methodOf(value, symbols.asyncDispose)) || methodOf(value, symbols.dispose);
  if (method) return { value, dispose: method, isAsync };
  const wanted = isAsync ? "[Symbol.asyncDispose]() or [Symbol.dispose]()" : "[Symbol.dispose]()";
  throw new TypeError(
    `using needs a value with a method ${wanted}, not ${inspect(value, { depth: 0 })}`,
  );
}

function methodOf(value: object, key: symbol | undefined): Disposable["dispose"] | undefined {
  if (key === undefined) return undefined;
  const method: unknown = Reflect.get(Object(value), key, value);
  if (method === undefined || method === null) return undefined;
  if (typeof method === "function") return method as Disposable["dispose"];
  throw new TypeError(`${key.description} of ${inspect(value, { depth: 0 })} is not a function`);
}

/**
 * Disposes all, the last first, and empties the list. Returns what has been thrown in the end: `first`,
 * or the error of a disposal, which holds what was thrown before it.
 */
export async function disposeAll(
  disposables: Disposable[],
  first: Thrown | undefined,
  wait: (value: unknown) => unknown,
): Promise<Thrown | undefined> {
  let last = first;
  for (let next = disposables.pop(); next !== undefined; next = disposables.pop()) {
    try {
      const done = Reflect.apply(next.dispose, next.value, []);
      if (next.isAsync) await wait(done);
    } catch (problem) {
      last = { thrown: last === undefined ? problem : suppressed(problem, last.thrown) };
    }
  }
  return last;
}

/** As the SuppressedError of newer versions of Node. */
function suppressed(error: unknown, earlier: unknown): Error {
  const problem = new Error("An error was suppressed during disposal.");
  problem.name = "SuppressedError";
  return Object.assign(problem, { error, suppressed: earlier });
}
