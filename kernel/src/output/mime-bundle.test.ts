import { inspect } from "node:util";
import { describe, expect, test } from "vitest";
import type { MimeBundle } from "../bridge/contract";
import { displaySymbol } from "./displayable";
import { resultBundle, toMimeBundle } from "./mime-bundle";
import { Point } from "./testing/point";

const text = (value: unknown) => toMimeBundle(value).data["text/plain"];

class Custom {
  [inspect.custom]() {
    return "\u001b[31mred\u001b[39m";
  }
}
const circular: Record<string, unknown> = { name: "me" };
circular.self = circular;

describe("text/plain is what Node's console prints", () => {
  test.each<[string, unknown, string]>([
    ["a number", 1.5, "1.5"],
    ["minus zero", -0, "-0"],
    ["a big integer", 10n, "10n"],
    ["a boolean", true, "true"],
    ["null", null, "null"],
    ["undefined", undefined, "undefined"],
    ["a symbol", Symbol("s"), "Symbol(s)"],
    ["a text, in quotes", "it's", `"it's"`],
    ["a text of two lines", "a\nb", "'a\\nb'"],
    ["escape sequences in a text, escaped", "\u001b[31mred", "'\\x1B[31mred'"],
    ["an array", [1, "a", null], "[ 1, 'a', null ]"],
    ["an object", { a: 1, b: { c: [2] } }, "{ a: 1, b: { c: [ 2 ] } }"],
    ["an instance", new Point(1, 2), "Point { x: 1, y: 2 }"],
    ["a map", new Map([["a", 1]]), "Map(1) { 'a' => 1 }"],
    ["a set", new Set([1, 2]), "Set(2) { 1, 2 }"],
    ["a typed array", new Float32Array([1, 2.5]), "Float32Array(2) [ 1, 2.5 ]"],
    ["bytes", Buffer.from([137, 80, 78, 71]), "<Buffer 89 50 4e 47>"],
    ["a date", new Date(0), "1970-01-01T00:00:00.000Z"],
    ["no date", new Date(Number.NaN), "Invalid Date"],
    ["a regular expression", /a+/gi, "/a+/gi"],
    ["a function", function add() {}, "[Function: add]"],
    ["a function without a name", () => {}, "[Function (anonymous)]"],
    ["a class", Point, "[class Point]"],
    ["a class with a parent", class B extends Point {}, "[class B extends Point]"],
    ["a promise", Promise.resolve(1), "Promise { 1 }"],
    [
      "a getter, not run",
      {
        get a() {
          throw new Error("no");
        },
      },
      "{ a: [Getter] }",
    ],
    ["an object in itself", circular, "<ref *1> { name: 'me', self: [Circular *1] }"],
    ["an object without a prototype", Object.create(null), "[Object: null prototype] {}"],
    ["its own way of being printed, without colours", new Custom(), "red"],
    ["a proxy as its target", new Proxy({ a: 1 }, {}), "{ a: 1 }"],
    ["a list of one record", [{ a: 1 }], "[ { a: 1 } ]"],
  ])("of %s", (_name, value, expected) => {
    expect(toMimeBundle(value)).toEqual({ data: { "text/plain": expected }, metadata: {} });
  });

  test("of an error is its stack, without the kernel's frames", () => {
    const error = new RangeError("too far", { cause: "why" });
    error.stack = `RangeError: too far\n    at f (In[3]:2:7)\n    at x (${__dirname}/y.js:1:1)`;
    expect(text(error)).toBe("RangeError: too far\n    at f (In[3]:2:7) {\n  [cause]: 'why'\n}");
  });
});

describe("long values are shortened, and say so", () => {
  test.each<[string, unknown, RegExp]>([
    ["an array", Array.from({ length: 10_000 }, (_, i) => i), /\n {2}\.\.\. 9,900 more items\n\]/],
    ["an array inside", { a: new Array(300).fill(0) }, /\.\.\. 200 more items/],
    ["a typed array", new Uint8Array(1000), /\.\.\. 900 more items/],
    ["a map", new Map(Array.from({ length: 500 }, (_, i) => [i, i])), /\.\.\. 400 more items/],
    ["a text", "x".repeat(20_000), /\.\.\. 10000 more characters/],
    [
      "an object",
      Object.fromEntries(Array.from({ length: 1000 }, (_, i) => [`k${i}`, i])),
      /\n {2}k99: 99,\n {2}\.\.\. 900 more keys\n\}/,
    ],
    ["an array with holes", Object.assign([], { 5000000: 1 }), /empty items>?,.*4,999,901 more/s],
  ])("%s", (_name, value, expected) => {
    expect(text(value)).toMatch(expected);
    expect(text(value)).toMatch(/\n\/\/ shortened; display\(value, \{ all: true \}\)[^\n]*$/);
  });

  test("short ones are not", () => {
    expect(text(new Array(100).fill(0))).not.toContain("shortened");
    expect(text("... 5 more than before")).not.toContain("shortened");
  });

  test("unless all is asked for", () => {
    const all = toMimeBundle(
      Array.from({ length: 1000 }, (_, i) => i),
      true,
    ).data["text/plain"];
    expect(all).toContain(" 999\n");
    expect(all).not.toContain("shortened");
  });
});

describe("huge values take little time and space", () => {
  const nested = (depth: number): unknown => (depth === 0 ? 0 : [nested(depth - 1)]);
  const wide = (depth: number): unknown =>
    depth === 0 ? 0 : Array.from({ length: 40 }, () => wide(depth - 1));
  const keys = Object.fromEntries(Array.from({ length: 100_000 }, (_, i) => [`key${i}`, { i }]));
  const holes: unknown[] = new Array(10_000_000).fill(1);
  delete holes[0];
  test.each<[string, () => unknown]>([
    ["ten million numbers", () => new Array(10_000_000).fill(1)],
    ["ten million with a hole", () => holes],
    ["a hundred thousand keys", () => keys],
    ["a hundred thousand keys, inside", () => ({ keys, list: [keys] })],
    ["40 x 40 x 40 x 40 numbers", () => wide(4)],
    ["arrays 5,000 deep", () => nested(5000)],
    ["a text of 50 MB", () => "x".repeat(50_000_000)],
    ["a map of a million", () => new Map(Array.from({ length: 1_000_000 }, (_, i) => [i, i]))],
    ["an array with holes, inside", () => ({ list: [holes] })],
    ["records with a hundred thousand keys", () => [keys, keys]],
    [
      "records with large parts",
      () => [
        { keys, text: "x ".repeat(1e7) },
        { keys, big: holes },
      ],
    ],
    ["a million records", () => Array.from({ length: 1_000_000 }, (_, i) => ({ i, name: "n" }))],
  ])("%s", (_name, make) => {
    const value = make();
    let bundle = toMimeBundle(undefined);
    // The best of three: the machine may be busy with other things.
    const times = [1, 2, 3].map(() => {
      const start = performance.now();
      bundle = toMimeBundle(value);
      return performance.now() - start;
    });
    expect(Math.min(...times)).toBeLessThan(1000);
    expect(JSON.stringify(bundle).length).toBeLessThan(100_000);
  });
});

describe("never throws", () => {
  const hostile = new Proxy(
    {},
    {
      get() {
        throw new Error("get");
      },
      has() {
        throw new Error("has");
      },
      ownKeys() {
        throw new Error("ownKeys");
      },
    },
  );
  test.each<[string, unknown, RegExp]>([
    ["for a proxy that always throws", hostile, /^\{\}$/],
    ["for a revoked proxy", revoked(), /^<Revoked Proxy>$/],
    [
      "for a failing inspection",
      {
        [inspect.custom]: () => {
          throw new Error("no");
        },
      },
      /nodejs\.util\.inspect\.custom/,
    ],
    [
      "for a failing tag",
      {
        get [Symbol.toStringTag]() {
          throw new Error("tag");
        },
      },
      /^\[a value that cannot be printed: tag\]$|Symbol\.toStringTag/,
    ],
    [
      "for a failing display method",
      {
        a: 1,
        [displaySymbol]: () => {
          throw new Error("no picture");
        },
      },
      /a: 1.*\n\/\/ its method Symbol\.for\("Jupyter\.display"\) failed: no picture$/s,
    ],
    [
      "for a display method that returns nonsense",
      { [displaySymbol]: () => ({ html: "<b>" }) },
      /failed: A display method returned an object with the keys html\. Expected formats/,
    ],
    [
      "for a proxy that answers everything",
      new Proxy({}, { get: () => () => {}, has: () => true }),
      /failed/,
    ],
    [
      "for thrown nonsense",
      {
        [displaySymbol]: () => {
          throw Object.create(null);
        },
      },
      /failed: unknown/,
    ],
    ["for a figure that holds itself", Object.assign(circularFigure(), {}), /layout/],
  ])("%s", (_name, value, expected) => {
    expect(text(value)).toMatch(expected);
  });

  function revoked(): object {
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    return proxy;
  }

  function circularFigure(): object {
    const layout: Record<string, unknown> = {};
    layout.layout = layout;
    return { data: [], layout };
  }
});

describe("objects that say how they are displayed", () => {
  const shown = (formats: unknown) => toMimeBundle({ [displaySymbol]: () => formats });

  test.each<[string, unknown, Partial<MimeBundle>]>([
    [
      "formats",
      { "text/plain": "t", "text/html": "<b>" },
      { data: { "text/plain": "t", "text/html": "<b>" } },
    ],
    [
      "a bundle",
      { data: { "text/plain": "t" }, metadata: { "text/plain": { a: 1 } } },
      { data: { "text/plain": "t" }, metadata: { "text/plain": { a: 1 } } },
    ],
    [
      "bytes",
      {
        "image/png": new Uint8Array([1, 2]),
        "image/svg+xml": Buffer.from("<svg/>"),
        "text/plain": "t",
      },
      { data: { "image/png": "AQI=", "image/svg+xml": "<svg/>", "text/plain": "t" } },
    ],
    [
      "JSON, as a value even if it comes as a text",
      { "application/vnd.plotly.v1+json": '{"data":[]}', "text/plain": "t" },
      { data: { "application/vnd.plotly.v1+json": { data: [] }, "text/plain": "t" } },
    ],
    [
      "JSON with what JSON does not know",
      {
        "application/json": { a: new Float32Array([1]), b: Number.NaN, c: () => 1, d: 2n },
        "text/plain": "t",
      },
      { data: { "application/json": { a: [1], b: null, d: "2" }, "text/plain": "t" } },
    ],
    ["lines", { "text/plain": ["a\n", "b"] }, { data: { "text/plain": "a\nb" } }],
  ])("return %s", (_name, formats, expected) => {
    expect(shown(formats)).toEqual({ metadata: {}, ...expected });
  });

  test("get a text if they bring none", () => {
    class Chip {
      name = "c";
      [displaySymbol]() {
        return { "text/html": "<i>c</i>" };
      }
    }
    expect(text(new Chip())).toBe("Chip { name: 'c' }");
  });

  test("may do so asynchronously", async () => {
    const value = { [displaySymbol]: async () => ({ "text/plain": "late" }) };
    expect(await resultBundle(value)).toEqual({ data: { "text/plain": "late" }, metadata: {} });
    const failing = { [displaySymbol]: () => Promise.reject(new Error("offline")) };
    const { data } = await resultBundle(failing);
    expect(data["text/plain"]).toContain("failed: offline");
    expect(text(failing)).toContain("Symbol(Jupyter.display)");
  });

  test("may be classes themselves", () => {
    class Shape {
      static [displaySymbol]() {
        return { "text/plain": "a shape" };
      }
      sides = 3;
    }
    expect(text(Shape)).toBe("a shape");
  });
});

test("what is returned can be sent to another thread", () => {
  const value = { [displaySymbol]: () => ({ "application/x+json": { f() {}, s: Symbol("s") } }) };
  expect(() => structuredClone(toMimeBundle(value))).not.toThrow();
});
