import { afterEach, expect, test, vi } from "vitest";
import { createOperations, type Operations } from "./operations";

afterEach(() => {
  vi.useRealTimers();
});

/** An engine whose operation runs `work`, and which may call itself. */
function engineOf(operations: Operations) {
  const engine = {
    runKernel: (work: () => unknown): unknown => work(),
    other: (work: () => unknown): unknown => work(),
  };
  operations.protect(engine);
  return engine;
}

test("nothing waits where no operation runs", () => {
  const operations = createOperations();
  const engine = engineOf(operations);
  const end = vi.fn();
  expect(operations.defer(end)).toBe(false);
  expect(engine.other(() => operations.defer(end))).toBe(false);
  expect(engine.runKernel(() => 7)).toBe(7);
  expect(end).not.toHaveBeenCalled();
});

test("the end comes once, after the outermost operation, though that throws", () => {
  const operations = createOperations();
  const engine = engineOf(operations);
  const end = vi.fn();
  const outer = () =>
    engine.runKernel(() => {
      expect(engine.runKernel(() => operations.defer(end))).toBe(true);
      expect(end).not.toHaveBeenCalled();
      throw new RangeError("of the operation");
    });
  expect(outer).toThrow("of the operation");
  expect(end).toHaveBeenCalledTimes(1);
  engine.runKernel(() => 1);
  expect(end).toHaveBeenCalledTimes(1);
});

test("an operation of more than 100 ms is waited for no longer", () => {
  vi.useFakeTimers({ toFake: ["performance"] });
  const operations = createOperations();
  const engine = engineOf(operations);
  const end = vi.fn();
  engine.runKernel(() => {
    expect(operations.defer(end)).toBe(true);
    vi.advanceTimersByTime(99);
    expect(operations.defer(end)).toBe(true);
    vi.advanceTimersByTime(2);
    expect(operations.defer(end)).toBe(false);
  });
  expect(end).not.toHaveBeenCalled();
});

test("after a reset none runs, and nobody waits", () => {
  const operations = createOperations();
  const engine = engineOf(operations);
  const end = vi.fn();
  engine.runKernel(() => {
    operations.defer(end);
    operations.reset();
    expect(operations.defer(end)).toBe(false);
  });
  expect(end).not.toHaveBeenCalled();
  expect(engine.runKernel(() => operations.defer(end))).toBe(true);
});
