/** Runs cells on the main thread, one after the other. */
import type { CellOutcome, ExpressionOutcome, MimeBundle, RunCell } from "../bridge/contract";
import { createLastResult, freeGlobals } from "./bindings";
import { runInCell } from "./cell-context";
import { createTask, interruptedOutcome, type Task } from "./cell-task";
import { disposeAll, type Thrown } from "./disposal";
import { toErrorInfo } from "./error-info";
import type { Evaluated, Repl } from "./repl";

/** What the evaluator stands on. */
export interface EvaluatorOptions {
  readonly repl: Repl;
  /** How a value is shown; may reject, for a display method of the user. */
  resultBundle(value: unknown): MimeBundle | Promise<MimeBundle>;
  /** Awaits for the running cell: rejects when it is interrupted. */
  wait(value: unknown): unknown;
  /** Resolves when what the cell has begun to display is sent. */
  settled(): Promise<void>;
  /** Resolves on the next turn of the event loop. */
  nextTurn(): Promise<void>;
  /** Tells the server thread how a cell ended. */
  done(outcome: CellOutcome): void;
}

/** Runs cells, and what else the server thread waits for. */
export interface Evaluator {
  /** What runs now. */
  readonly current: Task | undefined;
  /** What has begun last; it may have ended. */
  readonly last: Task | undefined;
  /** Runs a cell, unless it was refused. */
  runCell(cell: RunCell): void;
  /** Runs `work` as if it were a cell; `done` hears that it has ended, or was interrupted. */
  runWork(id: number, work: () => void, done: (outcome: CellOutcome) => void): void;
  /** Makes a task that is yet to come end as soon as it begins. */
  refuse(id: number): void;
  /** Ends a task as interrupted, whatever its code does. */
  giveUp(task: Task): void;
}

/** Returns an evaluator that has run nothing. */
export function createEvaluator(options: EvaluatorOptions): Evaluator {
  const refused = new Set<number>();
  const lastResult = createLastResult();
  let current: Task | undefined;
  let last: Task | undefined;

  const end = (task: Task, outcome: CellOutcome) => {
    if (task.ended) return;
    task.ended = true;
    if (current === task) current = undefined;
    task.tell(outcome);
  };
  const begin = (task: Task): boolean => {
    last = task;
    current = task;
    if (!refused.delete(task.context.id)) return true;
    end(task, interruptedOutcome(task));
    return false;
  };

  return {
    get current() {
      return current;
    },
    get last() {
      return last;
    },
    runCell(cell) {
      const task = createTask(cell, options.done);
      if (!begin(task)) return;
      lastResult.declared(cell.bindings);
      runInCell(task.context, () => execute(task, cell, options)).then(
        (outcome) => {
          if (outcome.error === undefined) lastResult.set(task.value);
          end(task, outcome);
        },
        (problem: unknown) => end(task, failure(task, problem)),
      );
    },
    runWork(id, work, done) {
      const task = createTask({ id, label: "", allowStdin: false }, done);
      if (!begin(task)) return;
      try {
        runInCell(task.context, work);
      } finally {
        end(task, { id, interrupted: false, expressions: {} });
      }
    },
    refuse(id) {
      refused.add(id);
    },
    giveUp(task) {
      end(task, interruptedOutcome(task));
    },
  };
}

/** Runs a cell's code, disposes what it used, prints its result, evaluates the expressions. */
async function execute(task: Task, cell: RunCell, options: EvaluatorOptions): Promise<CellOutcome> {
  freeGlobals(cell.bindings);
  const first = toThrown(await evaluate(cell.js, options.repl));
  const last = await disposeAll(task.disposables, first, options.wait);
  if (last !== undefined || task.context.dead) return failure(task, last?.thrown);
  await options.wait(options.settled());
  // Node reports promises that nobody handled at the end of this turn; that belongs to the cell.
  await options.wait(options.nextTurn());
  const result = task.value === undefined ? undefined : await options.resultBundle(task.value);
  const expressions = await evaluateAll(task, cell.expressions, options);
  if (task.context.dead) return interruptedOutcome(task);
  const outcome = { id: cell.id, interrupted: false, expressions };
  return result === undefined ? outcome : { ...outcome, result };
}

async function evaluateAll(
  task: Task,
  expressions: RunCell["expressions"],
  options: EvaluatorOptions,
): Promise<Record<string, ExpressionOutcome>> {
  const outcomes: Record<string, ExpressionOutcome> = {};
  for (const [name, js] of Object.entries(expressions)) {
    if (task.context.dead) break;
    outcomes[name] = await evaluateOne(task, js, options);
  }
  return outcomes;
}

async function evaluateOne(
  task: Task,
  js: string,
  options: EvaluatorOptions,
): Promise<ExpressionOutcome> {
  try {
    task.expression = undefined;
    const thrown = toThrown(await evaluate(js, options.repl));
    if (thrown !== undefined) return { ok: false, error: toErrorInfo(thrown.thrown) };
    return { ok: true, bundle: await options.resultBundle(task.expression) };
  } catch (problem) {
    return { ok: false, error: toErrorInfo(problem) };
  } finally {
    task.expression = undefined;
  }
}

function evaluate(js: string, repl: Repl): Promise<Evaluated> {
  return new Promise((resolve) => {
    repl.evaluate(js, resolve);
  });
}

function toThrown(end: Evaluated): Thrown | undefined {
  if (end.kind === "done") return undefined;
  if (end.kind === "thrown") return end;
  return { thrown: new Error(`the cell was ended from outside: ${end.message}`) };
}

function failure(task: Task, thrown: unknown): CellOutcome {
  if (task.context.dead) return interruptedOutcome(task, thrown);
  const { id } = task.context;
  return { id, error: toErrorInfo(thrown), interrupted: false, expressions: {} };
}
