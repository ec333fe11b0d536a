/** Timers of interrupted cells never fire. */
import timers from "node:timers";
import { type CellContext, currentCell } from "./cell-context";

type Callback = (...args: unknown[]) => unknown;
type Schedule = (callback: Callback, ...args: unknown[]) => object;

/** What the rest of the kernel uses: timers that no interrupt silences. */
export const kernelTimers = {
  setTimeout: globalThis.setTimeout,
  clearTimeout: globalThis.clearTimeout,
  setImmediate: globalThis.setImmediate,
} as const;

interface WaitingImmediate {
  readonly cell: CellContext;
  readonly handle: NodeJS.Immediate;
}

/** Immediates of cells that have not run yet. */
const immediates = new Set<WaitingImmediate>();

/** How many immediates are remembered before those that ended otherwise are looked for. */
const MANY = 1000;
let purgeAt = MANY;

/** Whether callbacks of the cell must no longer run. */
function isSilenced(cell: CellContext): boolean {
  return cell.dead && cell.grace !== true;
}

/** Replaces Node's timers, global and by module, by ones that know their cell. */
export function guardTimers(): void {
  guard("setTimeout", forCells(timers.setTimeout as unknown as Schedule));
  guard("setInterval", forCells(timers.setInterval as unknown as Schedule));
  guard("setImmediate", immediatesForCells(timers.setImmediate as unknown as Schedule));
  guardPromiseTimers();
}

/**
 * Puts Node's count of immediates right after code was terminated: Node forgets the others of the
 * same turn, but goes on counting them, and would never sleep again. Those of living cells run.
 */
export function restoreImmediates(): void {
  const lost = [...immediates];
  immediates.clear();
  for (const { cell, handle } of lost) {
    const run: unknown = Reflect.get(handle, "_onImmediate");
    const args: unknown = Reflect.get(handle, "_argv");
    const mayRun = !isSilenced(cell) && typeof run === "function" && !isDone(handle);
    clearImmediate(handle);
    if (!mayRun) continue;
    const values: unknown[] = Array.isArray(args) ? args : [];
    kernelTimers.setImmediate(() => Reflect.apply(run, handle, values));
  }
}

function isDone(handle: NodeJS.Immediate): boolean {
  return Reflect.get(handle, "_destroyed") === true;
}

function guard(name: "setTimeout" | "setInterval" | "setImmediate", guarded: Schedule): void {
  const original = timers[name];
  Object.defineProperties(guarded, Object.getOwnPropertyDescriptors(original));
  Reflect.set(timers, name, guarded);
  Reflect.set(globalThis, name, guarded);
}

function forCells(schedule: Schedule): Schedule {
  return (callback, ...args) => {
    const cell = currentCell();
    if (typeof callback !== "function" || cell.id === 0) return schedule(callback, ...args);
    const guarded = function (this: unknown, ...values: unknown[]): unknown {
      return isSilenced(cell) ? undefined : Reflect.apply(callback, this, values);
    };
    return schedule(guarded, ...args);
  };
}

function immediatesForCells(schedule: Schedule): Schedule {
  return (callback, ...args) => {
    const cell = currentCell();
    if (typeof callback !== "function" || cell.id === 0) return schedule(callback, ...args);
    const guarded = function (this: unknown, ...values: unknown[]): unknown {
      immediates.delete(waiting);
      return isSilenced(cell) ? undefined : Reflect.apply(callback, this, values);
    };
    const handle = schedule(guarded, ...args) as NodeJS.Immediate;
    const waiting = { cell, handle };
    immediates.add(waiting);
    if (immediates.size > purgeAt) purge();
    return handle;
  };
}

/** Forgets immediates that were cleared. */
function purge(): void {
  for (const waiting of immediates) if (isDone(waiting.handle)) immediates.delete(waiting);
  purgeAt = Math.max(MANY, 2 * immediates.size);
}

/**
 * The timers that return promises do not settle for an interrupted cell. `util.promisify` finds them
 * here, too.
 */
function guardPromiseTimers(): void {
  const { promises } = timers;
  const { setTimeout, setImmediate } = promises;
  Reflect.set(promises, "setTimeout", (...args: Parameters<typeof setTimeout>) =>
    alive(setTimeout(...args)),
  );
  Reflect.set(promises, "setImmediate", (...args: Parameters<typeof setImmediate>) =>
    alive(setImmediate(...args)),
  );
}

function alive<T>(promise: Promise<T>): Promise<T> {
  const cell = currentCell();
  if (cell.id === 0) return promise;
  return new Promise((resolve, reject) => {
    promise.then(
      (value) => {
        if (!isSilenced(cell)) resolve(value);
      },
      (problem: unknown) => {
        if (!isSilenced(cell)) reject(problem);
      },
    );
  });
}
