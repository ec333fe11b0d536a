/** One interrupt, from the request to the moment at which the main thread is free again. */
import {
  type ErrorInfo,
  type InputAnswer,
  type InterruptState,
  RUNTIME,
  Signal,
  type ToMain,
} from "../bridge/contract";
import type { MainInspector } from "./main-inspector";

/** What an attempt works with. */
export interface AttemptMeans {
  readonly signals: Int32Array;
  readonly inspector: Pick<MainInspector, "ask">;
  postToMain(message: ToMain): void;
  /** Answers a pending question; false: nobody waits for an answer. */
  answerInput(answer: InputAnswer): boolean;
  /** Tells the user something under the running cell. */
  tell(text: string): void;
  /** Ends the running cell's request for the user with this error, whatever the main thread does. */
  giveUp(id: number, error: ErrorInfo): void;
  /** Kills the process when the reply is out; Jupyter starts a new one. */
  die(reason: string): void;
  /** Ends the child process for which the main thread waits. */
  killSyncChild(): void;
}

/** What is to be ended. */
export interface AttemptTarget {
  /** The cell; 0 for code that runs although no cell does. */
  readonly id: number;
  /** Tasks with higher numbers are not meant: they have begun since. */
  readonly upTo: number;
  /** Such a task runs: questions and child processes are its own. */
  readonly isOvertaken?: boolean;
  /** Replaces the usual error. */
  readonly reason?: ErrorInfo;
}

/** An interrupt on its way. */
export interface Attempt {
  readonly id: number;
  /** Resolves when the user has the reply. */
  readonly answered: Promise<void>;
  /** Resolves when the main thread is free. */
  readonly over: Promise<void>;
  /** True once the user has the reply although the code goes on. */
  readonly givenUp: boolean;
  /** The user asks again. */
  repeat(): void;
  /** The task has ended on the main thread. */
  taskEnded(): void;
  /** The main thread's event loop has turned. */
  turned(): void;
}

/** Times in ms. */
const PATIENCE = {
  /** For an answer from the middle of running code. */
  answer: 25,
  /** For a cell that was asked to end: its `finally` blocks. */
  soft: 8,
  /** After which code is ended without being asked. */
  late: 300,
  /** For a model that ends its batch. */
  training: 250,
  /** For a module that loads. */
  import: 20,
  /** For a cell whose code was ended. */
  ending: 10,
  /** For code of the kernel's own. */
  kernel: 2,
  /** Before looking again at a main thread that does not answer. */
  stuck: 5,
  /** Until the user has the reply in any case. */
  reply: 1000,
} as const;

/** The text of the error of a process that had to be killed. */
const KILLED =
  "The kernel was interrupted again while a native call would not return, so it was killed: all variables are lost. Jupyter starts a new one.";
const STUCK =
  "The cell is inside a native call, which cannot be stopped from outside. It may end by itself; interrupt again to kill and restart the kernel (all variables will be lost).\n";

/**
 * Starts to end the target: softly (awaits reject, `finally` runs), then firmly (the running code is
 * ended from inside), then by messages to a main thread that waits.
 */
export function startAttempt(target: AttemptTarget, means: AttemptMeans): Attempt {
  const { id } = target;
  const since = performance.now();
  const answered = signal();
  const over = signal();
  let taskEnded = id === 0;
  let again = false;
  let warned = false;
  let givenUp = false;

  const cancel = () => means.postToMain({ type: "cancel", id });
  const endChild = () => {
    if (!target.isOvertaken) endSyncChild(means);
  };
  const isOverdue = () => performance.now() - since > PATIENCE.reply;
  const giveUp = (why: string) => {
    if (givenUp || taskEnded) return;
    givenUp = true;
    const message = `the cell was interrupted; ${why}`;
    means.giveUp(
      id,
      target.reason ?? { name: "InterruptedError", message, stack: "", details: "" },
    );
    answered.resolve();
  };
  const warn = () => {
    if (warned && again) return means.die(KILLED);
    if (warned || !isOverdue()) return;
    warned = true;
    // Only a request that comes after the warning may end the process.
    again = false;
    means.tell(STUCK);
    giveUp("the native call that it is in goes on");
    answered.resolve();
  };
  const softly = async () => {
    const deadline = Date.now() + PATIENCE.late;
    const call = `${RUNTIME}.interruptSoftly(${id}, ${deadline}, ${JSON.stringify(target.reason)})`;
    const state = await means.inspector.ask(call, PATIENCE.answer);
    if (state === undefined) return;
    await within(over, state === "training" ? PATIENCE.training : PATIENCE.soft);
  };
  /** Does what the main thread's state asks for. Returns for how long to wait then. */
  const react = (state: InterruptState | undefined): number => {
    switch (state) {
      case undefined:
        warn();
        return PATIENCE.stuck;
      case "importing":
        if (performance.now() - since > PATIENCE.import) {
          giveUp("the module that it imports goes on loading");
        }
        return PATIENCE.stuck;
      case "kernel":
        return PATIENCE.kernel;
      case "stale":
        over.resolve();
        return 0;
      default:
        cancel();
        if (isOverdue()) giveUp("its code did not end");
        return PATIENCE.ending;
    }
  };
  const pursue = async () => {
    if (!target.isOvertaken) means.answerInput({ interrupted: true });
    endChild();
    if (id !== 0) await softly();
    while (!over.isResolved) {
      endChild();
      const state = await means.inspector.ask(firmly(target.upTo, again), PATIENCE.answer);
      if (over.isResolved) return;
      await within(over, react(state as InterruptState | undefined));
    }
  };
  void over.promise.then(answered.resolve);
  void pursue();

  return {
    id,
    answered: answered.promise,
    over: over.promise,
    get givenUp() {
      return givenUp;
    },
    repeat() {
      again = true;
    },
    taskEnded() {
      if (taskEnded) return;
      taskEnded = true;
      answered.resolve();
      // What the task leaves behind may still run, and would hold up the next one.
      cancel();
    },
    turned() {
      if (taskEnded) over.resolve();
    },
  };
}

/** The expression by which running code ends itself; see InterruptState. */
export function firmly(upTo: number, force: boolean): string {
  return `${RUNTIME}.interruptFirmly(${upTo}, ${force})`;
}

/** A main thread that waits for a child process could not answer. */
function endSyncChild({ signals, killSyncChild }: AttemptMeans): void {
  if (Atomics.load(signals, Signal.childProcess) === 0) return;
  // Before the kill: the main thread may go on before this thread does.
  Atomics.store(signals, Signal.childKilled, 1);
  killSyncChild();
}

interface Resolvable {
  readonly promise: Promise<void>;
  readonly isResolved: boolean;
  readonly resolve: () => void;
}

function signal(): Resolvable {
  let isResolved = false;
  let settle = () => {};
  const promise = new Promise<void>((resolve) => {
    settle = resolve;
  });
  return {
    promise,
    get isResolved() {
      return isResolved;
    },
    resolve() {
      isResolved = true;
      settle();
    },
  };
}

/** Resolves when `event` has come, or after `patience` ms. */
async function within(event: Resolvable, patience: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, patience);
  });
  await Promise.race([event.promise, tooLate]);
  clearTimeout(timer);
}
