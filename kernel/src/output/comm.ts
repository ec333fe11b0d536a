import type { CommKind, CommMessage } from "../bridge/contract";
import { currentCell } from "../evaluation/cell-context";
import { connection } from "./connection";
import { toJson } from "./json-value";
import { newId } from "./new-id";

/** What comes with a message beside its data. */
export interface CommExtras {
  readonly metadata?: Readonly<Record<string, unknown>>;
  readonly buffers?: readonly Uint8Array[];
}

/** Called with a message's data, and with what else it brings. */
export type CommHandler<T> = (data: T, extras: Required<CommExtras>) => unknown;

/** Something through which it is stopped: call it to no longer listen. */
export type Unsubscribe = () => void;

const open = new Map<string, Comm<unknown, unknown>>();
const targets = new Map<string, (comm: Comm<unknown, unknown>, data: unknown) => unknown>();

/**
 * A line between the notebook's front end and a cell, in both directions. `Received` and `Sent` are
 * the types of what comes and what goes.
 */
export class Comm<Received = unknown, Sent = unknown> {
  private readonly messageHandlers = new Set<CommHandler<Received>>();
  private readonly closeHandlers = new Set<CommHandler<unknown>>();

  /** Use `openComm`, or `onComm` for those that the front end opens. */
  constructor(
    readonly target: string,
    readonly id: string,
  ) {
    open.set(id, this as Comm<unknown, unknown>);
  }

  get isClosed(): boolean {
    return open.get(this.id) !== (this as Comm<unknown, unknown>);
  }

  /**
   * Sends data, as JSON has it, and bytes.
   *
   * @throws Error if the comm is closed
   */
  send(data: Sent, extras: CommExtras = {}): void {
    if (this.isClosed) {
      throw new Error(`The comm ${this.id} (${this.target}) is closed. Open another: openComm().`);
    }
    post("comm_msg", this.id, data, extras);
  }

  /** Calls `handler` with each message that comes. */
  onMessage(handler: CommHandler<Received>): Unsubscribe {
    this.messageHandlers.add(handler);
    return () => void this.messageHandlers.delete(handler);
  }

  /** Calls `handler` when the front end closes the comm. */
  onClose(handler: CommHandler<unknown>): Unsubscribe {
    this.closeHandlers.add(handler);
    return () => void this.closeHandlers.delete(handler);
  }

  /** Closes it; the front end is told. Does nothing if it is closed. */
  close(data: unknown = {}, extras: CommExtras = {}): void {
    if (this.isClosed) return;
    open.delete(this.id);
    post("comm_close", this.id, data, extras);
  }

  /** Hands on what came from the front end. */
  receive(message: CommMessage): void {
    const extras = { metadata: message.metadata, buffers: message.buffers };
    if (message.kind === "comm_close") {
      open.delete(this.id);
      for (const handler of [...this.closeHandlers]) run(() => handler(message.data, extras));
    } else {
      for (const handler of [...this.messageHandlers]) {
        run(() => handler(message.data as Received, extras));
      }
    }
  }
}

/**
 * Opens a comm to the front end's part of that name.
 *
 * @example
 * const comm = openComm<{ clicks: number }>("my-widget", { label: "Press" });
 * comm.onMessage(({ clicks }) => console.log(clicks));
 */
export function openComm<Received = unknown, Sent = unknown>(
  target: string,
  data: unknown = {},
  extras: CommExtras = {},
): Comm<Received, Sent> {
  const comm = new Comm<Received, Sent>(target, newId());
  post("comm_open", comm.id, data, extras, target);
  return comm;
}

/**
 * Calls `handler` when the front end opens a comm for `target`; one handler per target, the newest.
 * Returns the function that ends it.
 *
 * @example
 * onComm<{ text: string }>("echo", (comm, data) => comm.send(data));
 */
export function onComm<Received = unknown, Sent = unknown>(
  target: string,
  handler: (comm: Comm<Received, Sent>, data: unknown) => unknown,
): Unsubscribe {
  const own = handler as (comm: Comm<unknown, unknown>, data: unknown) => unknown;
  targets.set(target, own);
  connection()?.port.post({ type: "comm-target", name: target, open: true });
  return () => {
    if (targets.get(target) !== own) return;
    targets.delete(target);
    connection()?.port.post({ type: "comm-target", name: target, open: false });
  };
}

/** Hands a message of the front end to the code that listens. What that throws is reported. */
export function receiveComm(message: CommMessage): void {
  if (message.kind === "comm_open") {
    const target = message.targetName ?? "";
    const handler = targets.get(target);
    if (handler === undefined) {
      post("comm_close", message.commId, {}, {});
      return;
    }
    const comm = new Comm<unknown, unknown>(target, message.commId);
    run(() => handler(comm, message.data));
    return;
  }
  open.get(message.commId)?.receive(message);
}

/** An error of one handler must not keep the others from hearing; it is reported as uncaught. */
function run(handler: () => unknown): void {
  try {
    handler();
  } catch (error) {
    // At once, and not in a microtask: the report must come under this request.
    if (!process.emit("uncaughtException", error as Error)) throw error;
  }
}

function post(
  kind: CommKind,
  commId: string,
  data: unknown,
  extras: CommExtras,
  targetName?: string,
): void {
  const message: CommMessage = {
    kind,
    commId,
    ...(targetName !== undefined && { targetName }),
    data: toJson(data) ?? {},
    metadata: toJson(extras.metadata ?? {}) as Record<string, unknown>,
    buffers: (extras.buffers ?? []).map((bytes) => Uint8Array.from(bytes)),
  };
  connection()?.port.post({ type: "comm", id: currentCell().id, message });
}
