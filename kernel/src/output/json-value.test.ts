import { anything, assert, property } from "fast-check";
import { describe, expect, test } from "vitest";
import { toJson } from "./json-value";

describe("toJson", () => {
  test.each<[string, unknown, unknown]>([
    ["texts and numbers", ["a", 1.5, true, null], ["a", 1.5, true, null]],
    ["numbers that JSON has not", [Number.NaN, -Infinity], [null, null]],
    ["undefined and functions", { a: undefined, b: () => 1, c: [undefined] }, { c: [null] }],
    ["typed arrays", { x: new Float32Array([1, Number.NaN]) }, { x: [1, null] }],
    ["big integers", new BigInt64Array([3n]), ["3"]],
    ["dates", new Date(0), "1970-01-01T00:00:00.000Z"],
    [
      "sets and maps",
      [new Set([1]), new Map([["k", new Map([[2, 3]])]])],
      [[1], { k: { "2": 3 } }],
    ],
    ["arrays with holes", new Array(2), [null, null]],
    ["the same object twice", [Math, Math].map(() => ({ a: 1 })), [{ a: 1 }, { a: 1 }]],
    ["unpaired surrogates", "a\ud83d", "a\ufffd"],
  ])("converts %s", (_name, value, expected) => {
    expect(toJson(value)).toEqual(expected);
  });

  test("keeps a key __proto__ a key", () => {
    const value = JSON.parse('{"__proto__": {"a": 1}}');
    expect(JSON.stringify(toJson(value))).toBe('{"__proto__":{"a":1}}');
  });

  test("shares are no cycles, cycles are errors", () => {
    const shared = { a: 1 };
    expect(toJson([shared, { shared }])).toEqual([{ a: 1 }, { shared: { a: 1 } }]);
    const list: unknown[] = [];
    list.push({ list });
    expect(() => toJson(list)).toThrow(/contains itself\. Leave that part out/);
  });

  test("asks toJSON, even if it returns the object itself", () => {
    expect(toJson({ secret: 1, toJSON: () => ({ shown: 2n }) })).toEqual({ shown: "2" });
    class Own {
      value = 1;
      toJSON() {
        return this;
      }
    }
    expect(toJson(new Own())).toEqual({ value: 1 });
  });

  test("refuses what is nested too deep, before the stack ends", () => {
    let deep: unknown = 0;
    for (let i = 0; i < 100_000; i++) deep = [deep];
    expect(() => toJson(deep)).toThrow(/at most 500 deep/);
  });

  test("whatever it returns, JSON and another thread get it unchanged", () => {
    assert(
      property(anything(), (value) => {
        const json = toJson(value);
        expect(structuredClone(json)).toEqual(json);
        const text = JSON.stringify(json) ?? "null";
        expect(JSON.stringify(toJson(JSON.parse(text)))).toBe(text);
      }),
    );
  });
});
