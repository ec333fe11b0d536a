/**
 * Node checks that its stack of async ids unwinds properly, and ends the process if it does not.
 * Code that the inspector terminates never unwinds it. So the checks are switched off just before,
 * and on again, with an empty stack, once the event loop turns.
 */
import { type AsyncHook, createHook } from "node:async_hooks";

/** Switches Node's checks off and on. */
export interface AsyncChecks {
  /** Inside the code that is to be terminated. */
  disarm(): void;
  /** On a clean turn of the event loop; does nothing unless disarmed. */
  rearm(): void;
}

/** Node's own counters, as long as it lets them be seen. */
interface AsyncWrap {
  readonly async_hook_fields: Uint32Array;
  readonly constants: { readonly kTotals: number; readonly kCheck: number };
  clearAsyncIdStack(): void;
}

/** Parts of `process` that Node has but does not document. */
interface UndocumentedProcess {
  binding?(name: string): unknown;
  _fatalException?(error: unknown, fromPromise: boolean): boolean;
}

/** Returns the way to switch the checks that this version of Node allows. */
export function createAsyncChecks(): AsyncChecks {
  const wrap = asyncWrap();
  return wrap === undefined ? checksByHooks() : checksByCounters(wrap);
}

function asyncWrap(): AsyncWrap | undefined {
  try {
    const wrap = (process as UndocumentedProcess).binding?.("async_wrap") as
      | Partial<AsyncWrap>
      | undefined;
    const isWhole =
      wrap?.async_hook_fields !== undefined &&
      wrap.constants?.kTotals !== undefined &&
      wrap.constants.kCheck !== undefined &&
      typeof wrap.clearAsyncIdStack === "function";
    return isWhole ? (wrap as AsyncWrap) : undefined;
  } catch {
    return undefined;
  }
}

/** Node 20 and 22, where AsyncLocalStorage itself is a hook. */
function checksByCounters(wrap: AsyncWrap): AsyncChecks {
  const { kTotals, kCheck } = wrap.constants;
  let saved: { totals: number; check: number } | undefined;
  return {
    disarm() {
      const fields = wrap.async_hook_fields;
      saved ??= { totals: fields[kTotals] ?? 0, check: fields[kCheck] ?? 0 };
      fields[kTotals] = 0;
      fields[kCheck] = 0;
    },
    rearm() {
      if (saved === undefined) return;
      wrap.clearAsyncIdStack();
      wrap.async_hook_fields[kTotals] = saved.totals;
      wrap.async_hook_fields[kCheck] = saved.check;
      saved = undefined;
    },
  };
}

/** Node 24 and newer: only hooks of the user switch the checks on, so these are taken off. */
function checksByHooks(): AsyncChecks {
  const enabled = followEnabledHooks();
  let disarmed: AsyncHook[] | undefined;
  return {
    disarm() {
      if (enabled.size === 0) return;
      disarmed = [...(disarmed ?? []), ...enabled];
      for (const hook of disarmed) hook.disable();
    },
    rearm() {
      if (disarmed === undefined) return;
      const hooks = disarmed;
      disarmed = undefined;
      clearStackByException();
      for (const hook of hooks) hook.enable();
    },
  };
}

/** Returns the set of hooks that are on, kept up to date. */
function followEnabledHooks(): Set<AsyncHook> {
  const enabled = new Set<AsyncHook>();
  const prototype: AsyncHook = Object.getPrototypeOf(createHook({}));
  const { enable, disable } = prototype;
  prototype.enable = function (this: AsyncHook) {
    enabled.add(this);
    return enable.call(this);
  };
  prototype.disable = function (this: AsyncHook) {
    enabled.delete(this);
    return disable.call(this);
  };
  return enabled;
}

/** Node empties the stack of async ids after an uncaught exception that somebody handles. */
function clearStackByException(): void {
  const undocumented = process as UndocumentedProcess;
  if (undocumented._fatalException === undefined) return;
  if (process.hasUncaughtExceptionCaptureCallback()) return;
  process.setUncaughtExceptionCaptureCallback(() => undefined);
  try {
    undocumented._fatalException(new Error("clears the stack of async ids"), false);
  } finally {
    process.setUncaughtExceptionCaptureCallback(null);
  }
}
