import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { sabotage } from "../testing/sabotage";
import { decode, encode, encodeText, MalformedValueError } from "./codec";
import { MOST_LEVELS, MOST_PARTS } from "./value-limits";

/** What a value is after its way to the other side: as JSON text, as it travels. */
const through = (value: unknown, options = {}): unknown =>
  decode(JSON.parse(encodeText(value)), options);

/** Any value of the kinds that cross unchanged. */
const anyValue = fc.anything({
  withBigInt: true,
  withDate: true,
  withMap: true,
  withSet: true,
  withTypedArray: true,
  withSparseArray: true,
});

describe("what crosses the border", () => {
  test("comes back as the same value on the trusted side", () => {
    fc.assert(
      fc.property(anyValue, (value) => {
        expect(through(value, { trusted: true })).toStrictEqual(withPrototypes(value));
      }),
      { numRuns: 500 },
    );
  });

  test.each([
    ["NaN", Number.NaN],
    ["-0", -0],
    ["Infinity", Number.POSITIVE_INFINITY],
    ["-Infinity", Number.NEGATIVE_INFINITY],
    ["the largest number", Number.MAX_VALUE],
    ["the smallest number", Number.MIN_VALUE],
    ["undefined", undefined],
    ["a lone surrogate", "\ud800"],
    ["lines", "a\nb\u2028c"],
  ])("%s keeps its identity", (_name, value) => {
    expect(Object.is(through(value), value)).toBe(true);
    expect(Object.is((through([value]) as unknown[])[0], value)).toBe(true);
  });

  test("holes of an array stay holes", () => {
    const sparse = [1, undefined, 3];
    delete sparse[2];
    expect(Object.keys(through(sparse) as object)).toEqual(["0", "1"]);
    expect(through(sparse)).toHaveLength(3);
  });

  test("a tensor comes as its shape, type and values", () => {
    const tensor = { shape: [2, 1], dtype: "float32", dataSync: () => new Float32Array([1.5, -0]) };
    const values = [1.5, -0];
    expect(through(tensor)).toEqual({ tensor: true, shape: [2, 1], dtype: "float32", values });
  });

  test("what can't leave its process comes as a name", () => {
    const opaque = [parseInt, Symbol("s"), Promise.resolve(), new WeakMap(), new ArrayBuffer(3)];
    expect(through(opaque)).toEqual([
      { opaque: "function", name: "parseInt" },
      { opaque: "symbol", name: "" },
      { opaque: "promise", name: "" },
      { opaque: "weak collection", name: "" },
      { opaque: "buffer", name: "" },
    ]);
    expect(through([new RangeError("far"), /a\/b/gi])).toEqual([
      { opaque: "error", name: "RangeError", message: "far" },
      { opaque: "regexp", name: "/a\\/b/gi" },
    ]);
  });

  test("errors and regular expressions are real ones on the trusted side", () => {
    const [error, pattern] = through([new RangeError("far"), /a\/b/gi], { trusted: true }) as [
      Error,
      RegExp,
    ];
    expect(error).toBeInstanceOf(Error);
    expect(`${error}`).toBe("RangeError: far");
    expect(pattern).toEqual(/a\/b/gi);
  });

  test("a cycle is closed on the trusted side and a name for the judge", () => {
    const ring: { next?: unknown } = {};
    ring.next = { next: ring };
    const again = through(ring, { trusted: true }) as { next: { next: unknown } };
    expect(again.next.next).toBe(again);
    expect(through(ring)).toEqual({ next: { next: { opaque: "cycle", name: "" } } });
  });

  test("a value that is there twice, but in no cycle, is told twice", () => {
    const part = [1];
    expect(through([part, part])).toEqual([[1], [1]]);
  });

  test("functions that the other side answers are numbers", () => {
    const numbers = new Map<object, number>([[parseInt, 4]]);
    const data = encode([parseInt, escape], { callback: (fn) => numbers.get(fn) });
    const back = decode(data, { callback: (number) => `function ${number}` });
    expect(back).toEqual(["function 4", { opaque: "function", name: "escape" }]);
    expect(() => decode(data)).toThrow(MalformedValueError);
  });

  test("no name in an object means anything to the judge", () => {
    const data = encode(JSON.parse('{"__proto__": {"admin": true}, "toString": 1, "then": 2}'));
    const object = decode(data) as Record<string, unknown>;
    expect(Object.getPrototypeOf(object)).toBeNull();
    expect(Object.keys(object)).toEqual(["__proto__", "toString", "then"]);
    const trusted = decode(data, { trusted: true }) as object;
    expect(Object.getPrototypeOf(trusted)).toBe(Object.prototype);
    expect("admin" in trusted).toBe(false);
  });
});

describe("a value that is too much", () => {
  test.each([
    ["a long array", () => new Array(MOST_PARTS + 1).fill(0)],
    ["a long sparse array", () => new Array(2 ** 31)],
    ["a large typed array", () => new Uint8Array(MOST_PARTS + 1)],
    ["a wide tree", () => manyBranches(20)],
    ["a long text", () => "x".repeat(3e6)],
    ["many digits", () => 10n ** 2000n],
    ["a deep value", () => nested(MOST_LEVELS + 1)],
  ])("%s is refused with words", (_name, make) => {
    expect(() => encodeText(make())).toThrow(RangeError);
    expect(() => encodeText(make())).toThrow(/to be judged: more than [\d]+/);
  });

  test("a value at the limit crosses", () => {
    expect(through(nested(MOST_LEVELS))).toEqual(nested(MOST_LEVELS));
    expect(through(new Uint8Array(MOST_PARTS - 1))).toHaveLength(MOST_PARTS - 1);
  });
});

describe("a value that lies", () => {
  test("a getter that throws ends the encoding with its own error", () => {
    const trap = Object.defineProperty({}, "x", {
      enumerable: true,
      get() {
        throw new Error("trapped");
      },
    });
    expect(() => encodeText(trap)).toThrow("trapped");
  });

  test("a proxy is what it shows at the one time when it is read", () => {
    let reads = 0;
    const liar = new Proxy({ x: 0 }, { get: (_, key) => (key === "x" ? ++reads : undefined) });
    expect(through(liar)).toEqual({ x: 1 });
    const long = new Proxy([], { get: (_, key) => (key === "length" ? Number.NaN : 0) });
    expect(() => encodeText(long)).toThrow("an array without a length");
  });

  test("toJSON, valueOf and toString are not asked", () => {
    const liar = { toJSON: () => 1, valueOf: () => 1, toString: () => "1", y: 2 };
    expect(through(liar)).toMatchObject({ y: 2, toJSON: { opaque: "function", name: "toJSON" } });
  });

  test("methods that were replaced after the start are not used", () => {
    const value = [1, "a", [2], new Map([["k", new Date(5)]]), new Float32Array([1.5]), /x/];
    const honest = encodeText(value);
    const restore = sabotage();
    let text: string;
    try {
      text = encodeText(value);
    } finally {
      restore();
    }
    expect(text).toBe(honest);
  });
});

describe("what is no value", () => {
  test("whatever comes, a value or a MalformedValueError comes of it", () => {
    fc.assert(
      fc.property(anyData(), (data) => {
        try {
          decode(data);
        } catch (error) {
          expect(error).toBeInstanceOf(MalformedValueError);
        }
      }),
      { numRuns: 1000 },
    );
  });

  test.each([
    ["an unknown kind", { $: "script", v: "1" }],
    ["a kind of the prototype", { $: "constructor" }],
    ["an object without a kind", { v: 1 }],
    ["a number that is none", { $: "number", v: "1e9" }],
    ["a bigint that is none", { $: "bigint", v: "0x10" }],
    ["a bigint of too many digits", { $: "bigint", v: "1".repeat(1001) }],
    ["a typed array of another kind", { $: "typed", type: "Function", v: [] }],
    ["a typed array of texts", { $: "typed", type: "Int8Array", v: ["a"] }],
    ["a map without pairs", { $: "map", v: [[1]] }],
    ["an object with a number for a key", { $: "object", v: [[1, 2]] }],
    ["a tensor of another size", { $: "tensor", shape: [2, 2], dtype: "float32", v: [1] }],
    ["a tensor of a negative size", { $: "tensor", shape: [-1, -1], dtype: "float32", v: [1] }],
    ["a cycle to nowhere", { $: "cycle", v: 1 }],
    ["a hole outside of an array", { $: "hole" }],
    ["a function nobody gave", { $: "callback", v: 0 }],
    ["too many levels", nested(MOST_LEVELS + 1)],
    ["too many parts", new Array(MOST_PARTS + 1).fill(0)],
  ])("%s is refused", (_name, data) => {
    expect(() => decode(data)).toThrow(MalformedValueError);
  });
});

/** JSON that looks like what the encoder makes. */
function anyData(): fc.Arbitrary<unknown> {
  const kinds = ["undefined", "hole", "number", "bigint", "typed", "map", "set", "date", "regexp"];
  const more = ["error", "object", "tensor", "cycle", "callback", "opaque", "toString"];
  return fc.letrec((tie) => ({
    data: fc.oneof({ maxDepth: 2 }, fc.jsonValue(), fc.array(tie("data")), tie("tagged")),
    tagged: fc.record(
      {
        $: fc.oneof(fc.constantFrom(...kinds, ...more), fc.jsonValue()),
        v: fc.oneof(
          tie("data"),
          fc.constantFrom("NaN", "12", "-0", 1, 0),
          fc.array(fc.array(tie("data"))),
        ),
        type: fc.constantFrom("Float32Array", "BigInt64Array", "DataView", 3),
        shape: fc.array(fc.integer({ min: -1, max: 3 })),
        dtype: fc.constantFrom("float32", null),
        name: fc.oneof(fc.string(), tie("data")),
        message: fc.string(),
        flags: fc.string(),
      },
      { requiredKeys: ["$"] },
    ),
  })).data;
}

/** Objects come back with the ordinary prototype, arrays as arrays. */
function withPrototypes(value: unknown): unknown {
  return decode(encode(value), { trusted: true }) === undefined ? undefined : plain(value);
}

function plain(value: unknown): unknown {
  if (Array.isArray(value)) {
    const copy = new Array(value.length);
    for (const index of Object.keys(value)) copy[Number(index)] = plain(value[Number(index)]);
    return copy;
  }
  if (value instanceof Map) return new Map([...value].map(([k, v]) => [plain(k), plain(v)]));
  if (value instanceof Set) return new Set([...value].map(plain));
  const isPlain =
    typeof value === "object" &&
    value !== null &&
    [null, Object.prototype].includes(Object.getPrototypeOf(value));
  if (!isPlain) return value;
  const copy = {};
  for (const [key, part] of Object.entries(value)) {
    const descriptor = { value: plain(part), writable: true, enumerable: true, configurable: true };
    Object.defineProperty(copy, key, descriptor);
  }
  return copy;
}

function nested(levels: number): unknown {
  let value: unknown[] = [];
  for (let level = 1; level < levels; level++) value = [value];
  return value;
}

/** Small in memory, but of 2^levels parts. */
function manyBranches(levels: number): unknown {
  let value: unknown = 0;
  for (let level = 0; level < levels; level++) value = [value, value];
  return value;
}
