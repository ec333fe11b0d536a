import type { CellOutcome, ErrorInfo, RunCell } from "../bridge/contract";
import type { CellContext } from "./cell-context";
import type { Disposable } from "./disposal";
import { toErrorInfo } from "./error-info";
import { InterruptedError } from "./interrupted-error";

/** Work for the user that the server thread waits for: a cell, or the handlers of a comm's message. */
export interface Task {
  readonly context: CellContext;
  readonly disposables: Disposable[];
  /** The value of the last expression. */
  value: unknown;
  /** The value of the expression that is being evaluated for `user_expressions`. */
  expression: unknown;
  /** Why it was interrupted, if not by the user. */
  reason: ErrorInfo | undefined;
  /** How often the server thread has asked for its end. */
  cancellations: number;
  ended: boolean;
  /** Tells the server thread; once. */
  readonly tell: (outcome: CellOutcome) => void;
}

/** Returns a task that has not begun. */
export function createTask(
  cell: Pick<RunCell, "id" | "label" | "allowStdin">,
  tell: (outcome: CellOutcome) => void,
): Task {
  const { id, label, allowStdin } = cell;
  return {
    context: { id, label, allowStdin, dead: false, pending: new Set() },
    disposables: [],
    value: undefined,
    expression: undefined,
    reason: undefined,
    cancellations: 0,
    ended: false,
    tell,
  };
}

/** How an interrupted task ends, whatever its code made of the interrupt. `thrown` tells where it was. */
export function interruptedOutcome(task: Task, thrown?: unknown): CellOutcome {
  const error = toErrorInfo(thrown instanceof InterruptedError ? thrown : new InterruptedError());
  const stack = thrown instanceof InterruptedError ? error.stack : "";
  return {
    id: task.context.id,
    error: task.reason === undefined ? { ...error, stack } : { ...task.reason, stack },
    interrupted: true,
    expressions: {},
  };
}

/** Rejects everything that the cell waits for, and all that it will wait for. */
export function killCell(cell: CellContext): void {
  cell.dead = true;
  const waiting = [...cell.pending];
  cell.pending.clear();
  for (const interrupt of waiting) interrupt();
}
