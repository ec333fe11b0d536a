import type { ServerPort } from "../bridge/server-port";
import { type Outbox, outboxOf } from "./outbox";

interface Connection {
  readonly port: ServerPort;
  readonly outbox: Outbox;
}

let current: Connection | undefined;

/** Makes what cells import live; until then, and without a kernel, its functions print text. */
export function connect(port: ServerPort): void {
  current = { port, outbox: outboxOf(port) };
}

/** Returns the way to the server thread; undefined outside a kernel. */
export function connection(): Connection | undefined {
  return current;
}
