import { expect, test } from "vitest";
import { createOutbox } from "./outbox";

/** A socket that, as ZeroMQ's, takes one message at a time. */
function busySocket() {
  const sent: string[] = [];
  let busy = false;
  return {
    sent,
    async send(frames: (Uint8Array | string)[]) {
      if (busy) throw new Error("Socket is busy writing");
      busy = true;
      await new Promise((resolve) => setImmediate(resolve));
      busy = false;
      if (frames[0] === "bad") throw new Error("unreachable");
      sent.push(String(frames[0]));
    },
  };
}

test("messages go out one at a time and in order, also those posted meanwhile", async () => {
  const socket = busySocket();
  const errors: unknown[] = [];
  const outbox = createOutbox(socket, (error) => errors.push(error));
  for (let n = 0; n < 50; n++) outbox.post([String(n)]);
  await new Promise((resolve) => setImmediate(resolve));
  for (let n = 50; n < 100; n++) outbox.post([String(n)]);
  await outbox.drained();
  expect(socket.sent).toEqual(Array.from({ length: 100 }, (_, n) => String(n)));
  expect(errors).toEqual([]);
});

test("a message that cannot be sent is told, and the next ones go out", async () => {
  const socket = busySocket();
  const errors: unknown[] = [];
  const outbox = createOutbox(socket, (error) => errors.push(error));
  for (const text of ["a", "bad", "b"]) outbox.post([text]);
  await outbox.drained();
  expect(socket.sent).toEqual(["a", "b"]);
  expect(String(errors)).toMatch(/unreachable/);
});

test("an empty outbox is drained at once, and again after more", async () => {
  const socket = busySocket();
  const outbox = createOutbox(socket, () => {});
  await outbox.drained();
  outbox.post(["a"]);
  await outbox.drained();
  outbox.post(["b"]);
  await outbox.drained();
  expect(socket.sent).toEqual(["a", "b"]);
});
