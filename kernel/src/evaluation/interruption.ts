/** The main thread's side of an interrupt. Most of it runs in the middle of the code that it ends. */
import { type ErrorInfo, type InterruptState, Signal } from "../bridge/contract";
import { loadsNow } from "../whole-loads";
import type { AsyncChecks } from "./async-checks";
import { killCell, type Task } from "./cell-task";
import type { Evaluator } from "./evaluator";
import type { Operations } from "./operations";
import type { Repl } from "./repl";
import { type Beneath, stackBeneath } from "./stack-beneath";
import { kernelTimers, restoreImmediates } from "./timers";
import type { TrainingGuard } from "./training";

/** What an interruption stands on. */
export interface InterruptionOptions {
  readonly evaluator: Evaluator;
  readonly repl: Repl;
  readonly checks: AsyncChecks;
  readonly training: TrainingGuard;
  readonly operations: Operations;
  readonly signals: Int32Array;
  /** How many modules load now. */
  loading(): number;
  /** Forgets modules whose loading was ended. */
  abandonModules(): void;
}

/** What the server thread calls to end code. */
export interface Interruption {
  /** Marks the cell and rejects its awaits: code that waits ends by itself, `finally` and all. */
  softly(id: number, deadline: number, reason?: ErrorInfo): InterruptState;
  /** Ends the code that runs beneath, unless a task after `upTo` has begun. */
  firmly(upTo: number, force: boolean): InterruptState;
  /** On a clean turn of the event loop: ends the task if it has not ended. */
  cancel(id: number): void;
  /** On any clean turn: puts right what a termination left behind. */
  cleanUp(): void;
}

/** Returns the main thread's side of interrupts. */
export function createInterruption(options: InterruptionOptions): Interruption {
  const { evaluator, repl, checks, training, operations, signals } = options;
  let terminated = false;

  const end = (beneath: Beneath, upTo: number, force: boolean): InterruptState => {
    if (!beneath.anything) return "waiting";
    if (loadsNow() || beneath.builtin) return "kernel";
    // Without a task it is none that the user waits for.
    const mayEnd = beneath.user || (force && evaluator.current !== undefined);
    if (!mayEnd) return "kernel";
    const spoilsModule = options.loading() > 0 && (beneath.loader || !beneath.cell);
    if (spoilsModule && !force) return "importing";
    if (beneath.hook && !force) return "kernel";
    if (!force && operations.defer(() => firmly(upTo, false))) return "kernel";
    terminated = true;
    checks.disarm();
    repl.terminate();
    return "terminated";
  };
  const firmly = (upTo: number, force: boolean): InterruptState => {
    if ((evaluator.last?.context.id ?? 0) > upTo) return "stale";
    return end(stackBeneath(firmly, isCellLabel), upTo, force);
  };

  const softly = (id: number, deadline: number, reason?: ErrorInfo): InterruptState => {
    const task = evaluator.current;
    if (task === undefined || task.context.id !== id) {
      if (id <= (evaluator.last?.context.id ?? 0)) return "ended";
      evaluator.refuse(id);
      return "ahead";
    }
    task.reason = reason;
    const trains = training.requestStop(task.context);
    if (trains) task.context.grace = true;
    killCell(task.context);
    const beneath = stackBeneath(softly, isCellLabel);
    if (!beneath.anything) return "waiting";
    if (Date.now() > deadline) return end(beneath, id, false);
    return trains ? "training" : "running";
  };

  const cleanUp = () => {
    if (!terminated) return;
    terminated = false;
    checks.rearm();
    operations.reset();
    // The code that would have reset it was ended.
    Atomics.store(signals, Signal.childProcess, 0);
    restoreImmediates();
    options.abandonModules();
  };

  return {
    softly,
    firmly,
    cleanUp,
    cancel(id) {
      cleanUp();
      const task = evaluator.current;
      if (task?.context.id !== id) return;
      killCell(task.context);
      endSoon(task, evaluator);
    },
  };
}

/** Gives rejected awaits two turns to end the task, with their place; a second request does not wait. */
function endSoon(task: Task, evaluator: Evaluator): void {
  const { setImmediate } = kernelTimers;
  const giveUp = () => evaluator.giveUp(task);
  task.cancellations++;
  if (task.cancellations > 1) giveUp();
  else setImmediate(() => setImmediate(giveUp));
}

function isCellLabel(script: string): boolean {
  return script.startsWith("In[");
}
