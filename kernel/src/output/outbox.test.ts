import { expect, test } from "vitest";
import { HIGH_WATER_MARK, outboxOf } from "./outbox";
import { FakePort } from "./testing/fake-port";

test("a port has one outbox: streams and displays share the limit", () => {
  const port = new FakePort();
  expect(outboxOf(port)).toBe(outboxOf(port));
  const half = "x".repeat(HIGH_WATER_MARK / 2);
  outboxOf(port).stream("stdout", half);
  expect(port.drains).toBe(0);
  outboxOf(port).display({ data: { "image/png": half }, metadata: {} });
  expect(port.drains).toBe(1);
  expect(port.sent.map(({ type }) => type)).toEqual(["stream", "display", "drain"]);
});

test("after a wait the count begins anew", () => {
  const port = new FakePort();
  const text = "x".repeat(HIGH_WATER_MARK);
  for (let i = 0; i < 3; i++) outboxOf(port).stream("stderr", text);
  expect(port.drains).toBe(3);
  outboxOf(port).stream("stderr", "more");
  expect(port.drains).toBe(3);
});

test("many tiny writes wait, too: each message weighs something", () => {
  let drains = 0;
  const port = {
    post() {},
    waitForInput: () => ({ value: "" }),
    waitUntilDrained: () => void drains++,
  };
  for (let i = 0; i < 400_000; i++) outboxOf(port).stream("stdout", "x");
  expect(drains).toBe(2);
});

test("nothing is not sent", () => {
  const port = new FakePort();
  outboxOf(port).stream("stdout", "");
  expect(port.sent).toEqual([]);
});
