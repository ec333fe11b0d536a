/** `await` and `for await` of cells: as JavaScript's own, but an interrupt rejects them. */
import { inspect, types } from "node:util";
import { type CellContext, currentCell } from "./cell-context";
import { InterruptedError } from "./interrupted-error";

// Kept from before any cell runs: `await` does not look at what a cell makes of Promise.prototype.
const promiseThen = Promise.prototype.then;
const promiseResolve = Promise.resolve.bind(Promise);

/**
 * What a cell awaits instead of `value`: it settles as `value` does, unless the cell is interrupted.
 * Throws InterruptedError if the cell has been interrupted already. `at` is the place in the cell.
 */
export function wait(value: unknown, at: string): unknown {
  const cell = currentCell();
  if (cell.dead) throw new InterruptedError(at);
  // These wait for nothing, and a promise around them would cost a turn of the microtask queue.
  if (!mayWait(value)) return value;
  if (cell.id === 0) return value;
  return interruptible(cell, value, at);
}

function mayWait(value: unknown): boolean {
  if (value === null || (typeof value !== "object" && typeof value !== "function")) return false;
  return types.isPromise(value) || types.isProxy(value) || "then" in value;
}

function interruptible(cell: CellContext, value: unknown, at: string): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const interrupt = () => reject(new InterruptedError(at));
    cell.pending.add(interrupt);
    const settled = Reflect.apply(promiseThen, promiseResolve(value), [
      (result: unknown) => {
        cell.pending.delete(interrupt);
        resolve(result);
      },
      (problem: unknown) => {
        cell.pending.delete(interrupt);
        reject(problem);
      },
    ]);
    void settled;
  });
}

/**
 * What a cell's `for await` goes over instead of `iterable`. Its iterator throws a TypeError, as
 * JavaScript's does, if `iterable` has neither kind of iterator.
 */
export function iterate(iterable: unknown, at: string): AsyncIterable<unknown> {
  return { [Symbol.asyncIterator]: () => interruptibleIterator(iteratorOf(iterable), at) };
}

function iteratorOf(iterable: unknown): AsyncIterator<unknown> {
  const own = iterable as Partial<AsyncIterable<unknown> & Iterable<unknown>> | null | undefined;
  const makeAsync = own?.[Symbol.asyncIterator];
  if (makeAsync !== undefined && makeAsync !== null) return makeAsync.call(own);
  if (typeof own?.[Symbol.iterator] !== "function") {
    throw new TypeError(`${inspect(iterable, { depth: 0 })} is not async iterable`);
  }
  // A generator turns a synchronous iterator into an asynchronous one as `for await` does.
  return fromSynchronous(own as Iterable<unknown>);
}

async function* fromSynchronous(iterable: Iterable<unknown>): AsyncGenerator<unknown> {
  yield* iterable;
}

function interruptibleIterator(inner: AsyncIterator<unknown>, at: string): AsyncIterator<unknown> {
  const { next } = inner;
  const result = async (step: unknown): Promise<IteratorResult<unknown>> => {
    const found = await wait(step, at);
    if (found !== null && (typeof found === "object" || typeof found === "function")) {
      return found as IteratorResult<unknown>;
    }
    throw new TypeError(`Iterator result ${inspect(found, { depth: 0 })} is not an object`);
  };
  return {
    next: () => result(next.call(inner)),
    return: async (value?: unknown) => {
      const end = inner.return;
      if (end === undefined || end === null) return { done: true, value };
      return result(end.call(inner));
    },
  };
}
