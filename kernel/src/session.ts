/**
 * `@headroom/kernel/session`: cells run in this process as a notebook runs them, without Jupyter. For
 * programs that need what a cell does and not what a front end shows: there are no threads, no
 * interrupts, no captured output, and types are not checked.
 *
 * @packageDocumentation
 */
import { type CellName, compileCell } from "./cell/compile-cell";
import { compileExpression } from "./cell/compile-expression";
import { CellSyntaxError } from "./cell/compiled-cell";
import { createLastResult, freeGlobals } from "./evaluation/bindings";
import { defineCellRuntime } from "./evaluation/cell-runtime";
import { createTask, type Task } from "./evaluation/cell-task";
import { defineDisposeSymbols, disposeAll } from "./evaluation/disposal";
import type { Interruption } from "./evaluation/interruption";
import { createRepl, type Evaluated, type Repl } from "./evaluation/repl";
import { kernelTimers } from "./evaluation/timers";
import { createCellModules } from "./modules/cell-modules";

export { type CellName, compileCell } from "./cell/compile-cell";
export type {
  BindingKind,
  CellSyntaxError,
  CheckMode,
  CompiledCell,
  Directives,
  Place,
} from "./cell/compiled-cell";

/** How a cell or an expression ended. */
export type CellEnd =
  /** `value` is that of the last expression; undefined where there is none, or a `;` ends it. */
  | { readonly ok: true; readonly value: unknown }
  /** `syntax` is true for code that is no TypeScript: none of it has run. */
  | { readonly ok: false; readonly thrown: unknown; readonly syntax: boolean };

/** V8's debugger, by which cells run, is gone: the process has been asked to end itself, for one. */
export class AbortedError extends Error {
  override readonly name = "AbortedError";

  constructor(reason: string) {
    super(`this process can run no more cells (${reason}): start another one`);
  }
}

/** What a session is made with. */
export interface CellSessionOptions {
  /** The folder from which cells import: the notebook's. */
  readonly folder: string;
  /** What cells get for these modules, by name, whether or not such packages are installed. */
  readonly builtins?: Readonly<Record<string, object>>;
}

/** Runs cells, one after the other. Await each before the next. */
export interface CellSession {
  /**
   * Runs a cell of TypeScript; stays open for as long as the cell waits for something. Rejects with an
   * AbortedError where this process can run no more cells.
   */
  run(code: string): Promise<CellEnd>;
  /** As `run`, for one expression: its value. */
  evaluate(expression: string): Promise<CellEnd>;
}

/**
 * Returns the session of this process, in which nothing has run. What cells declare are globals, as in
 * a notebook, so a process has one session. Throws an Error for a second one.
 */
export function createCellSession({ folder, builtins = {} }: CellSessionOptions): CellSession {
  if (hasSession)
    throw new Error("this process has a session: start another process for another one");
  hasSession = true;
  defineDisposeSymbols();
  const repl = createRepl();
  const lastResult = createLastResult();
  let current: Task | undefined;
  defineCellRuntime({
    evaluator: {
      get current() {
        return current;
      },
    },
    modules: createCellModules({ folder, builtins }),
    interruption: NO_INTERRUPTION,
  });
  let cells = 0;
  const begin = (name: CellName): Task => {
    current = createTask({ ...name, allowStdin: false }, () => undefined);
    return current;
  };
  return {
    async run(code) {
      const name = { id: ++cells, label: `In[${cells}]` };
      const task = begin(name);
      const compiled = attempt(() => compileCell(code, name));
      if (!compiled.ok) return compiled;
      const names = [...compiled.value.bindings.keys()];
      freeGlobals(names);
      lastResult.declared(names);
      const first = thrownBy(await evaluate(compiled.value.js, repl));
      const last = await disposeAll(task.disposables, first, (value) => value);
      // Node reports promises that nobody handled at the end of this turn: that belongs to the cell.
      await nextTurn();
      if (last !== undefined) return { ok: false, thrown: last.thrown, syntax: false };
      lastResult.set(task.value);
      return { ok: true, value: task.value };
    },
    async evaluate(expression) {
      const task = begin({ id: 0, label: "expression" });
      const compiled = attempt(() => compileExpression(expression));
      if (!compiled.ok) return compiled;
      const failure = thrownBy(await evaluate(compiled.value, repl));
      if (failure !== undefined) return { ok: false, thrown: failure.thrown, syntax: false };
      return { ok: true, value: task.expression };
    },
  };
}

let hasSession = false;

// A cell may replace the global one; the session goes on.
const OwnPromise = Promise;

/** Nobody interrupts: whoever wants a cell to end, ends the process. */
const NO_INTERRUPTION: Pick<Interruption, "softly" | "firmly"> = {
  softly: () => "ended",
  firmly: () => "stale",
};

function attempt<T>(
  compile: () => T,
): { ok: true; value: T } | { ok: false; thrown: CellSyntaxError; syntax: true } {
  try {
    return { ok: true, value: compile() };
  } catch (error) {
    if (!(error instanceof CellSyntaxError)) throw error;
    return { ok: false, thrown: error, syntax: true };
  }
}

function evaluate(js: string, repl: Repl): Promise<Evaluated> {
  return new OwnPromise((resolve) => {
    repl.evaluate(js, resolve);
  });
}

function thrownBy(end: Evaluated): { thrown: unknown } | undefined {
  if (end.kind === "aborted") throw new AbortedError(end.message);
  return end.kind === "done" ? undefined : end;
}

function nextTurn(): Promise<void> {
  return new OwnPromise((resolve) => {
    kernelTimers.setImmediate(resolve);
  });
}
