import type { Router } from "zeromq";

/** Sends back whatever comes, until the socket is closed: a client sees that the kernel lives. */
export async function echo(socket: Router): Promise<void> {
  for await (const frames of socket) await socket.send(frames);
}
