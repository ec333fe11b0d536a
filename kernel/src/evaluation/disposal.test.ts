import { describe, expect, it } from "vitest";
import { type Disposable, defineDisposeSymbols, disposeAll, toDisposable } from "./disposal";

defineDisposeSymbols();

function disposable(dispose: () => unknown, isAsync = false): Disposable {
  return { value: {}, dispose, isAsync };
}

const wait = (value: unknown) => value;

describe("disposeAll", () => {
  it("disposes the last first, and waits for asynchronous ones", async () => {
    const order: number[] = [];
    const slow = async () => {
      await null;
      order.push(2);
    };
    const all = [disposable(() => order.push(1)), disposable(slow, true)];
    expect(await disposeAll(all, undefined, wait)).toBeUndefined();
    expect(order).toEqual([2, 1]);
  });

  it("keeps what was thrown before in the error of a disposal", async () => {
    const fail = () => {
      throw new Error("dispose");
    };
    const last = await disposeAll([disposable(fail)], { thrown: "cell" }, wait);
    expect(last?.thrown).toMatchObject({ name: "SuppressedError", suppressed: "cell" });
  });
});

describe("toDisposable", () => {
  it("refuses values without the method, and takes null", () => {
    expect(toDisposable(null, false)).toBeUndefined();
    expect(() => toDisposable({}, false)).toThrow(TypeError);
  });
});
