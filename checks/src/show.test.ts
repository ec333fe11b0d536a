import fc from "fast-check";
import { expect, test } from "vitest";
import { remoteFunction } from "./functions";
import { show } from "./show";
import { opaque, snapshot } from "./snapshot";

const cyclic: Record<string, unknown> = { a: 1 };
cyclic.self = cyclic;

test.each<[unknown, string]>([
  [0.123456789, "0.123457"],
  [1234567.891, "1234570"],
  [12345678, "12345678"],
  [-0, "-0"],
  [Number.NaN, "NaN"],
  [10n, "10n"],
  [undefined, "undefined"],
  [null, "null"],
  ['a "word"', '"a \\"word\\""'],
  ["x".repeat(100), `"${"x".repeat(59)}…"`],
  [[1, 2.5, Number.NaN], "[1, 2.5, NaN]"],
  [[1, 2, 3, 4, 5, 6, 7], "[1, 2, 3, 4, 5, 6, … 7 in all]"],
  [Float32Array.of(1.5, 2), "Float32Array [1.5, 2]"],
  [{ a: 1, "b c": [true] }, '{a: 1, "b c": [true]}'],
  [new Map([["a", Number.NaN]]), 'Map {"a" => NaN}'],
  [new Set([1, 2]), "Set {1, 2}"],
  [[], "[]"],
  [{}, "{}"],
  [function half() {}, "half"],
  [remoteFunction("f1Score"), "f1Score"],
  [
    (
      () => () =>
        0
    )(),
    "a function",
  ],
  [Symbol("s"), "Symbol(s)"],
  [opaque("function", "f"), "a function (f)"],
  [opaque("error", "gone"), "an error (gone)"],
  [snapshot(cyclic), "{a: 1, self: (itself again)}"],
  [
    { tensor: true, shape: [1, 2], dtype: "float32", values: [1, 2] },
    "tensor of shape [1, 2], float32 [1, 2]",
  ],
  [[[[[[1]]]]], "[[[[[…]]]]]"],
])("%o is shown as %s", (value, text) => {
  expect(show(value)).toBe(text);
});

test("two numbers that look alike are told apart by all their digits", () => {
  expect(show(0.1 + 0.2)).toBe("0.3");
  expect(show(0.1 + 0.2, 90, true)).toBe("0.30000000000000004");
});

test("a wide value shows fewer items before it is cut", () => {
  const rows = Array.from({ length: 9 }, (_, at) => ({
    name: `slice number ${at}`,
    share: at / 9,
  }));
  const text = show(rows);
  expect(text.length).toBeLessThanOrEqual(90);
  expect(text).toContain("slice");
});

test("what can't be read is said, not thrown", () => {
  const hostile = new Proxy(
    {},
    {
      ownKeys: () => ["a"],
      getPrototypeOf: () => {
        throw new Error("no");
      },
    },
  );
  expect(show(hostile)).toBe("a value that can't be read");
});

test("any value takes one line and no more than the allowed room", () => {
  fc.assert(
    fc.property(
      fc.anything({
        withMap: true,
        withSet: true,
        withTypedArray: true,
        withDate: true,
        withNullPrototype: true,
        withSparseArray: true,
      }),
      fc.integer({ min: 20, max: 200 }),
      (value, most) => {
        const text = show(value, most);
        return text.length <= most && !/[\n\r]/.test(text);
      },
    ),
  );
});
