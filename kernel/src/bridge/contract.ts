/**
 * Everything that crosses the border between the two threads. User code runs on the main thread;
 * sockets, protocol, compiler and type checker live on the server thread (a worker), which
 * answers while a cell computes.
 *
 * Only input asks backwards: `prompt` blocks the main thread until the server thread has the answer.
 */
import type { MessagePort } from "node:worker_threads";

/** Formats by MIME type. JSON types are values, not texts; binary formats are base64. */
export type MimeData = Record<string, unknown>;

/** What Jupyter shows: formats by MIME type, and facts about them. */
export interface MimeBundle {
  readonly data: MimeData;
  readonly metadata: Record<string, unknown>;
}

/** An error as it travels: what is needed to show it, since the object itself may not travel. */
export interface ErrorInfo {
  readonly name: string;
  readonly message: string;
  /** V8's text, `Name: message` first, then one frame a line; empty if a non-error was thrown. */
  readonly stack: string;
  /** What else the error carries (own properties, `cause`, `errors`), printed; may be empty. */
  readonly details: string;
}

/** A compiled cell on its way to the main thread. */
export interface RunCell {
  /** The server thread's number of the cell, unique in a kernel's life. */
  readonly id: number;
  /** What stack frames and messages call it: `In[3]`. */
  readonly label: string;
  /** JavaScript for V8's REPL mode. */
  readonly js: string;
  /** The names that it binds at its top level. */
  readonly bindings: readonly string[];
  /** Whether the front end answers requests for input. */
  readonly allowStdin: boolean;
  /** Expressions to evaluate after the cell: JavaScript by name. */
  readonly expressions: Readonly<Record<string, string>>;
}

/** How a `user_expressions` entry ended. */
export type ExpressionOutcome =
  | { readonly ok: true; readonly bundle: MimeBundle }
  | { readonly ok: false; readonly error: ErrorInfo };

/** How a cell ended. */
export interface CellOutcome {
  readonly id: number;
  readonly error?: ErrorInfo;
  /** True when an interrupt ended it; `error` is then an InterruptedError. */
  readonly interrupted: boolean;
  /** The value of the last expression; undefined for none. */
  readonly result?: MimeBundle;
  readonly expressions: Readonly<Record<string, ExpressionOutcome>>;
}

export type CommKind = "comm_open" | "comm_msg" | "comm_close";

/** A comm's message, in either direction; fields as in Jupyter's protocol. */
export interface CommMessage {
  readonly kind: CommKind;
  readonly commId: string;
  /** For `comm_open` only. */
  readonly targetName?: string;
  readonly data: unknown;
  readonly metadata: Record<string, unknown>;
  readonly buffers: readonly Uint8Array[];
}

/** From the server thread to the main thread. */
export type ToMain =
  | { readonly type: "run"; readonly cell: RunCell }
  /** Ends the cell if it still runs: the event loop turns, so it is waiting for something. */
  | { readonly type: "cancel"; readonly id: number }
  /** The answer to an `input` request that did not block. */
  | { readonly type: "input"; readonly answer: InputAnswer }
  /** `id` is the request's number, for output that the handler writes. */
  | { readonly type: "comm"; readonly id: number; readonly message: CommMessage }
  | { readonly type: "exit"; readonly code: number };

/** From the main thread to the server thread. */
export type ToServer =
  /** The main thread can take work. */
  | { readonly type: "ready" }
  /** `id` 0: output of no cell that is known. */
  | {
      readonly type: "stream";
      readonly id: number;
      readonly name: "stdout" | "stderr";
      readonly text: string;
    }
  | {
      readonly type: "display";
      readonly id: number;
      readonly bundle: MimeBundle;
      /** Names the output, so that it can be replaced. */
      readonly displayId?: string;
      /** True replaces what was displayed under `displayId`. */
      readonly update: boolean;
    }
  | { readonly type: "clear"; readonly id: number; readonly wait: boolean }
  | { readonly type: "done"; readonly outcome: CellOutcome }
  /** The answer to `cancel`. */
  | { readonly type: "cancelled"; readonly id: number }
  /** The main thread waits (on `Signal.drained`) until all output so far has been sent. */
  | { readonly type: "drain" }
  | {
      readonly type: "input";
      readonly id: number;
      /** What the front end shows; undefined: what the cell last wrote without a line's end. */
      readonly prompt: string | undefined;
      readonly password: boolean;
      /** True: the main thread waits on `Signal.input`; false: it wants a message `input`. */
      readonly blocking: boolean;
    }
  /** Code of the user listens for comms of this target (or no longer does). */
  | { readonly type: "comm-target"; readonly name: string; readonly open: boolean }
  | { readonly type: "comm"; readonly id: number; readonly message: CommMessage }
  /** The answer to `comm`: its handlers have run. */
  | { readonly type: "comm-done"; readonly id: number }
  | {
      readonly type: "uncaught";
      readonly id: number;
      readonly error: ErrorInfo;
      /** True for a promise that nobody handled. */
      readonly rejection: boolean;
    }
  /** The process ends (`process.exit`); the main thread waits on `Signal.exited`. */
  | { readonly type: "exiting"; readonly code: number };

/** What the front end's user answered, or that an interrupt ended the question. */
export type InputAnswer = { readonly value: string } | { readonly interrupted: true };

/**
 * Places in the Int32Array that the threads share, all 0 at first. By the first three the server
 * thread wakes the main thread (0 -> 1); the others tell of synchronous child processes.
 */
export const Signal = {
  /** An answer to blocking input lies in the input port. */
  input: 0,
  /** All output so far has been handed to the operating system. */
  drained: 1,
  /** Replies are sent and sockets closed: the process may end. */
  exited: 2,
  /** Set by the main thread: non-zero while it is inside a child process (spawnSync, execSync). */
  childProcess: 3,
  /**
   * Set by the server thread: non-zero once an interrupt has ended such a process, so that its end
   * is not the command's own.
   */
  childKilled: 4,
} as const;

/** How many places the shared array has. */
export const SIGNALS = Object.keys(Signal).length;

/** What the server thread is started with (`workerData`). */
export interface ServerData {
  readonly connectionFile: string;
  /** The notebook's folder. */
  readonly folder: string;
  readonly signals: Int32Array;
  /** Answers to blocking input go in here. */
  readonly inputPort: MessagePort;
  /** The process that started the kernel; the kernel ends when it does. */
  readonly parentPid: number;
}

/**
 * The global by which compiled cells reach the kernel. It is not enumerable and not declared to the
 * type checker, so that nobody meets it by chance.
 */
export const RUNTIME = "__kernel";

/** What the main thread was doing when an interrupt came. */
export type InterruptState =
  /** The cell has not begun; it will end at once when it does. */
  | "ahead"
  /** The cell has ended already. */
  | "ended"
  /** Nothing runs: the cell waits for something, and has been told. */
  | "waiting"
  /** Code runs and has been told to stop. */
  | "running"
  /** A model trains and has been asked to stop after this batch. */
  | "training"
  /** A module loads; ending that would spoil it for good. */
  | "importing"
  /** Code of the kernel or of Node runs, or code that they call, which should take no time: ask again. */
  | "kernel"
  /** The running code has been ended. */
  | "terminated"
  /** Another task has begun since. */
  | "stale";

/** What compiled cells call. `at` is the place in the cell, `In[3]:2:7`, for the stack. */
export interface CellRuntime {
  /** `await value`: as `await`, but an interrupt rejects it there. */
  wait(value: unknown, at: string): unknown;
  /** `for await (... of iterable)`. */
  iterate(iterable: unknown, at: string): AsyncIterable<unknown>;
  /** `import(specifier, options)` */
  import(specifier: unknown, options?: unknown): Promise<object>;
  /** A static import; `names` are those that the module must export. */
  load(specifier: string, names: readonly string[], attributes?: object): Promise<object>;
  /** The value of the cell's last expression. */
  result(id: number, value: unknown): void;
  /** `using`: `value` is disposed when the cell ends. Returns it. */
  use(id: number, value: unknown, isAsync: boolean): unknown;
  readonly require: NodeJS.Require;
  readonly meta: ImportMeta;
  readonly dirname: string;
  readonly filename: string;
  /** The result of one of `expressions`. */
  expression(value: unknown): void;
  /**
   * Called by the server thread inside running code. After `deadline` (as Date.now) it is firm: a
   * native call has held it up, and the user has the reply. `reason` replaces the usual error.
   */
  interruptSoftly(id: number, deadline: number, reason?: ErrorInfo): InterruptState;
  /**
   * Called by the server thread inside running code: ends that code, unless there is none or a task
   * with a number above `upTo` has begun. `force` ends the loading of a module, too.
   */
  interruptFirmly(upTo: number, force: boolean): InterruptState;
  /** Called by the server thread: collects garbage, and returns the bytes of what remains. */
  usedAfterCollection(): number;
}
