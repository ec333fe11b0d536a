import type { MimeBundle, ToServer } from "../bridge/contract";
import type { ServerPort } from "../bridge/server-port";
import { currentCell } from "../evaluation/cell-context";

/** How much may be under way to the server thread before the main thread waits, in bytes. */
export const HIGH_WATER_MARK = 32 * 1024 * 1024;

/** What a message weighs beside its text, in bytes: a million one-letter writes must wait too. */
const MESSAGE_WEIGHT = 200;

/** Sends output to the server thread, under the cell that it belongs to, never too much at once. */
export class Outbox {
  private unsent = 0;

  constructor(private readonly port: ServerPort) {}

  /** Sends text that was written to standard output or standard error. */
  stream(name: "stdout" | "stderr", text: string): void {
    if (text === "") return;
    this.post({ type: "stream", id: currentCell().id, name, text }, text.length);
  }

  /** Sends a rich output; `update` replaces what was displayed under `displayId`. */
  display(bundle: MimeBundle, displayId?: string, update = false): void {
    const id = currentCell().id;
    const name = displayId === undefined ? {} : { displayId };
    this.post({ type: "display", id, bundle, ...name, update }, weigh(bundle));
  }

  /** Removes the cell's outputs; `wait` leaves them until the next one comes. */
  clear(wait: boolean): void {
    this.post({ type: "clear", id: currentCell().id, wait }, 0);
  }

  private post(message: ToServer, length: number): void {
    this.port.post(message);
    this.unsent += length + MESSAGE_WEIGHT;
    if (this.unsent <= HIGH_WATER_MARK) return;
    this.unsent = 0;
    this.port.post({ type: "drain" });
    this.port.waitUntilDrained();
  }
}

/** Texts weigh most; the rest of a bundle counts as nothing. */
function weigh({ data }: MimeBundle): number {
  let length = 0;
  for (const content of Object.values(data)) {
    if (typeof content === "string") length += content.length;
  }
  return length;
}

const outboxes = new WeakMap<ServerPort, Outbox>();

/** Returns the one outbox of a port: its parts share the limit. */
export function outboxOf(port: ServerPort): Outbox {
  let outbox = outboxes.get(port);
  if (outbox === undefined) {
    outbox = new Outbox(port);
    outboxes.set(port, outbox);
  }
  return outbox;
}
