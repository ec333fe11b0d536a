import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { InputError } from "./errors";
import type { Label, LabelColumn } from "./inputs";
import { encodeLabels } from "./label-codes";

function encode(columns: Record<string, LabelColumn>, known?: readonly Label[]) {
  const named = Object.entries(columns).map(([name, column]) => ({ name, column }));
  const { labels, codes } = encodeLabels(named, known);
  return { labels, codes: codes.map((coded) => Array.from(coded)) };
}

function refusal(action: () => unknown): InputError {
  try {
    action();
  } catch (error) {
    if (error instanceof InputError) return error;
    throw error;
  }
  throw new Error("nothing was refused");
}

describe("encodeLabels", () => {
  it("sorts the labels of all columns together", () => {
    expect(encode({ a: ["c", "a"], b: ["b", "c"] })).toEqual({
      labels: ["a", "b", "c"],
      codes: [
        [2, 0],
        [1, 2],
      ],
    });
    expect(encode({ a: [10, 9, -1] }).labels).toEqual([-1, 9, 10]);
    expect(encode({ a: [true, true, false] }).codes).toEqual([[1, 1, 0]]);
  });

  it("keeps the order of the labels it is given", () => {
    expect(encode({ a: ["x", "y"] }, ["z", "y", "x"])).toEqual({
      labels: ["z", "y", "x"],
      codes: [[2, 1]],
    });
    expect(encode({ a: [1, 2] }, [3, 2, 1]).codes).toEqual([[2, 1]]);
    expect(encode({ a: [0, 1] }, [0, 1, 2]).codes).toEqual([[0, 1]]);
  });

  const sameNumbers = [
    [7, 300, 7, -0],
    new Int8Array([7, 44, 7, 0]),
    new Uint8Array([7, 44, 7, 0]),
    new Uint8ClampedArray([7, 44, 7, 0]),
    new Int16Array([7, 300, 7, 0]),
    new Uint16Array([7, 300, 7, 0]),
    new Int32Array([7, 300, 7, 0]),
    new Uint32Array([7, 4_000_000_000, 7, 0]),
    new Float32Array([7, 300, 7, 0]),
    new Float64Array([7, 1e15, 7, -0]),
    { shape: [4], dataSync: () => new Float32Array([7, 300, 7, 0]) },
    { values: [7, 300, 7, 0], config: {} },
  ];
  it.each(sameNumbers.map((column) => [column]))("reads the numbers of %o", (column) => {
    const { labels, codes } = encode({ a: column });
    expect(codes).toEqual([[1, 2, 1, 0]]);
    expect(labels[0] === 0 && labels[1] === 7 && labels.length === 3).toBe(true);
  });

  it("never changes the caller's arrays", () => {
    const column = new Int32Array([5, 3]);
    encode({ a: column });
    expect([...column]).toEqual([5, 3]);
  });

  it("gives every label back, whatever whole numbers or texts they are", () => {
    const whole = fc.oneof(fc.integer({ min: -3, max: 3 }), fc.maxSafeInteger());
    const text = fc.constantFrom("a", "b", "é", "", "toString", "__proto__");
    const column = fc.oneof(fc.array(whole, { minLength: 1 }), fc.array(text, { minLength: 1 }));
    fc.assert(
      fc.property(column, (values) => {
        const { labels, codes } = encode({ a: values });
        expect(codes[0].map((code) => labels[code])).toEqual(values.map((value) => value || value));
        expect(new Set(labels).size).toBe(labels.length);
      }),
    );
  });

  it("names the unknown label, its place and the known ones", () => {
    const text = refusal(() => encode({ predicted: ["cat", "cow"] }, ["cat", "dog"]));
    expect(text.code).toBe("unknown-label");
    expect(text.message).toBe(
      'predicted[1] is "cow", which is not among the labels "cat", "dog". ' +
        "Correct the value, or add it to `labels`.",
    );
    const number = refusal(() => encode({ predicted: [1, 1, 7] }, [0, 1]));
    expect(number.message).toContain("predicted[2] is 7, which is not among the labels 0, 1");
    expect(refusal(() => encode({ a: [-1] }, [0, 1])).code).toBe("unknown-label");
    expect(refusal(() => encode({ a: [2] }, [0, 1])).code).toBe("unknown-label");
  });

  it.each<[string, () => unknown, string, string]>([
    ["scores", () => encode({ predicted: [0, 0.73] }), "wrong-type", "predicted[1] is 0.73"],
    ["float scores", () => encode({ a: new Float32Array([1, 0.5]) }), "wrong-type", "threshold"],
    ["NaN", () => encode({ a: [1, Number.NaN] }), "not-finite", "a[1] is NaN"],
    ["NaN in floats", () => encode({ a: new Float64Array([Number.NaN]) }), "not-finite", "a[0]"],
    ["infinity", () => encode({ a: [1, 1 / 0] }), "not-finite", "a[1] is Infinity"],
    ["fractions among huge numbers", () => encode({ a: [2 ** 40, 0.5] }), "wrong-type", "0.5"],
    ["nothing", () => encode({ a: [] }), "empty-input", "a is empty"],
    ["empty typed arrays", () => encode({ a: new Int32Array() }), "empty-input", "a is empty"],
    ["missing text", () => encode({ a: ["x", null] as string[] }), "wrong-type", "a[1]"],
    ["missing first", () => encode({ a: [null, "x"] as string[] }), "wrong-type", "a[0]"],
    ["mixed kinds", () => encode({ a: [1, "1"] as number[] }), "wrong-type", "a[1]"],
    ["two kinds", () => encode({ a: [1], b: ["1"] }), "wrong-type", '1 and "1" can never be'],
    ["two lengths", () => encode({ a: [1], b: [1, 2] }), "length-mismatch", "a has 1 values"],
    ["labels twice", () => encode({ a: ["x"] }, ["x", "x"]), "out-of-range", '"x" twice'],
    ["labels of another kind", () => encode({ a: ["x"] }, [1]), "wrong-type", "expected strings"],
    ["no labels", () => encode({ a: ["x"] }, []), "empty-input", "labels is empty"],
    ["bigints", () => encode({ a: new BigInt64Array(2) as never }), "wrong-type", "a: expected"],
    ["no column", () => encode({ a: undefined as never }), "wrong-type", "a: expected"],
  ])("refuses %s", (_, action, code, message) => {
    const error = refusal(action);
    expect(error.code).toBe(code);
    expect(error.message).toContain(message);
  });

  it("takes thousands of different labels for a mistake", () => {
    const many = Array.from({ length: 5000 }, (_, i) => i);
    expect(refusal(() => encode({ a: many })).code).toBe("out-of-range");
    expect(refusal(() => encode({ a: many.map(String) })).code).toBe("out-of-range");
  });
});
