import { isDeepStrictEqual } from "node:util";
import fc from "fast-check";
import { expect, test } from "vitest";
import { firstDifference } from "./compare";
import { snapshot } from "./snapshot";

const anything = fc.anything({
  withMap: true,
  withSet: true,
  withTypedArray: true,
  withNullPrototype: true,
  withBigInt: true,
});
const data = fc.jsonValue();

test("every value equals its own snapshot", () => {
  fc.assert(
    fc.property(anything, (value) => {
      const copy = snapshot(value);
      return firstDifference(copy, snapshot(value), 0) === undefined;
    }),
  );
});

test("on JSON data it agrees with Node's own comparison", () => {
  fc.assert(
    fc.property(data, data, (a, b) => {
      const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
      const same = isDeepStrictEqual(plain(a), plain(b));
      return (firstDifference(plain(a), plain(b), 0) === undefined) === same;
    }),
  );
});

test("which of the two is wanted makes no difference to whether they are equal", () => {
  fc.assert(
    fc.property(anything, anything, (a, b) => {
      const there = firstDifference(a, b, 0) === undefined;
      return there === (firstDifference(b, a, 0) === undefined);
    }),
  );
});

test.each<[string, unknown, unknown]>([
  ["NaN and NaN", Number.NaN, Number.NaN],
  ["0 and -0", 0, -0],
  ["a typed and a plain list", Float32Array.of(1, 2), [1, 2]],
  ["an absent and an undefined property", { a: 1 }, { a: 1, b: undefined }],
  ["a hole and undefined", new Array(2), [undefined, undefined]],
  ["objects with and without a prototype", Object.assign(Object.create(null), { a: 1 }), { a: 1 }],
  [
    "maps in another order",
    new Map([
      ["a", 1],
      ["b", 2],
    ]),
    new Map([
      ["b", 2],
      ["a", 1],
    ]),
  ],
  ["maps with equal objects as keys", new Map([[{ k: 1 }, 1]]), new Map([[{ k: 1 }, 1]])],
  ["sets of equal objects", new Set([[1], [2]]), new Set([[2], [1]])],
  ["an own __proto__", JSON.parse('{"__proto__": 1}'), JSON.parse('{"__proto__": 1}')],
])("%s are equal", (_title, a, b) => {
  expect(firstDifference(a, b, 0)).toBeUndefined();
  expect(firstDifference(b, a, 0)).toBeUndefined();
});

test.each<[string, unknown, unknown]>([
  ["null and undefined", null, undefined],
  ["1 and true", 1, true],
  ['1 and "1"', 1, "1"],
  ["a list and an object with its keys", [1], { 0: 1 }],
  ["an object and a map", {}, new Map()],
  ["NaN and a number", Number.NaN, 0],
  ["NaN and null", Number.NaN, null],
  ["infinities of other signs", Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY],
  ["an object and one with an own __proto__", {}, JSON.parse('{"__proto__": 1}')],
  ["a set and one that lacks an item", new Set([1, 2]), new Set([1])],
  ["two errors", new Error("a"), new Error("b")],
])("%s differ, however large the tolerance", (_title, a, b) => {
  expect(firstDifference(a, b, 1e9)).toBeDefined();
  expect(firstDifference(b, a, 1e9)).toBeDefined();
});

test("numbers differ when they lie further apart than the tolerance", () => {
  expect(firstDifference(1.5, 1, 0.5)).toBeUndefined();
  expect(firstDifference({ a: [1.01] }, { a: [1] }, 0.02)).toBeUndefined();
  expect(firstDifference({ a: [1.03] }, { a: [1] }, 0.02)).toMatchObject({ path: ".a[0]" });
});

test("the first difference is told with its place", () => {
  expect(firstDifference([{ rate: 1 }, { rate: 2 }], [{ rate: 1 }, { rate: 3 }], 0)).toEqual({
    path: "[1].rate",
    got: 2,
    want: 3,
    lengths: false,
  });
  expect(firstDifference([1], [1, 2], 0)).toMatchObject({ lengths: true, got: 1, want: 2 });
  expect(firstDifference({ a: 1, b: 2 }, { a: 1 }, 0)).toMatchObject({ path: ".b", got: 2 });
});

test("cycles end", () => {
  const loop = () => {
    const one: Record<string, unknown> = { a: 1 };
    one.self = one;
    return one;
  };
  expect(firstDifference(loop(), loop(), 0)).toBeUndefined();
});
