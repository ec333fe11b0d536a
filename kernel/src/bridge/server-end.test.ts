import { once } from "node:events";
import { MessageChannel, receiveMessageOnPort } from "node:worker_threads";
import { expect, test } from "vitest";
import { SIGNALS, Signal } from "./contract";
import { createMainPort } from "./server-end";

test("messages go both ways, and each signal wakes its own place", async () => {
  const bridge = new MessageChannel();
  const input = new MessageChannel();
  const signals = new Int32Array(new SharedArrayBuffer(4 * SIGNALS));
  const main = createMainPort(bridge.port1, { signals, inputPort: input.port1 });
  const heard = new Promise((resolve) => main.listen(resolve));
  bridge.port2.postMessage({ type: "ready" });
  expect(await heard).toEqual({ type: "ready" });
  const arrived = once(bridge.port2, "message");
  main.post({ type: "exit", code: 3 });
  expect((await arrived)[0]).toMatchObject({ type: "exit", code: 3 });

  main.answerInput({ value: "Ann" });
  expect(receiveMessageOnPort(input.port2)?.message).toEqual({ value: "Ann" });
  expect([...signals]).toEqual(Object.assign(new Array(SIGNALS).fill(0), { [Signal.input]: 1 }));
  main.signalDrained();
  main.signalExited();
  expect(signals[Signal.drained]).toBe(1);
  expect(signals[Signal.exited]).toBe(1);
  for (const port of [bridge.port1, bridge.port2, input.port1, input.port2]) port.close();
});
