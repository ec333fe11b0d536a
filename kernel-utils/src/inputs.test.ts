import { describe, expect, it } from "vitest";
import { InputError } from "./errors";
import { requireSameLength, toLabels, toNumbers } from "./inputs";

const tensor = (shape: number[], values: ArrayLike<number>) => ({ shape, dataSync: () => values });

describe("toNumbers", () => {
  it("doesn't copy arrays", () => {
    const plain = [1, 2.5];
    expect(toNumbers("x", plain)).toBe(plain);
    for (const Type of [
      Int8Array,
      Uint8Array,
      Int32Array,
      Uint32Array,
      Float32Array,
      Float64Array,
    ]) {
      const typed = new Type([1, 2]);
      expect(toNumbers("x", typed)).toBe(typed);
      expect(toLabels("x", typed)).toBe(typed);
    }
  });

  it("reads tensors of one column and danfojs columns", () => {
    expect(Array.from(toNumbers("x", tensor([2], [1, 2])))).toEqual([1, 2]);
    expect(Array.from(toNumbers("x", tensor([2, 1], [1, 2])))).toEqual([1, 2]);
    expect(toNumbers("x", { values: [3, 4], config: {} })).toEqual([3, 4]);
  });

  it.each<[string, unknown, string, string]>([
    ["NaN", [1, Number.NaN], "not-finite", "x[1] is NaN"],
    ["NaN among 32-bit floats", new Float32Array([0, Number.NaN]), "not-finite", "x[1] is NaN"],
    ["infinity among doubles", new Float64Array([1 / 0]), "not-finite", "x[0] is Infinity"],
    ["text", ["1"], "wrong-type", 'x[0]: expected a number, got "1"'],
    ["a missing value", [1, null], "wrong-type", "x[1]: expected a number, got null"],
    ["bigints", [1n], "wrong-type", "got bigint 1"],
    ["bigint arrays", new BigInt64Array(1), "wrong-type", "expected an array, a typed array"],
    ["a matrix", tensor([2, 2], [1, 2, 3, 4]), "wrong-type", "shape [n] or [n, 1], got [2, 2]"],
    ["no values", [], "empty-input", "x is empty"],
    ["empty typed arrays", new Float64Array(), "empty-input", "x is empty"],
    ["a number", 5, "wrong-type", "got number"],
    ["null", null, "wrong-type", "got null"],
    ["raw bytes", new DataView(new ArrayBuffer(4)), "wrong-type", "got object"],
  ])("refuses %s", (_, input, code, message) => {
    const action = () => toNumbers("x", input as number[]);
    expect(action).toThrow(InputError);
    expect(action).toThrow(expect.objectContaining({ code }));
    expect(action).toThrow(message);
  });
});

describe("toLabels", () => {
  it("takes text, numbers and booleans", () => {
    for (const labels of [
      ["a", "b"],
      [1, 0.5],
      [true, false],
    ]) {
      expect(toLabels("y", labels as string[])).toBe(labels);
    }
  });

  it.each<[string, unknown, string]>([
    ["mixed kinds", ["a", 1], "y[1]: expected a label (text, number or boolean, all of one kind"],
    ["a missing value", ["a", undefined], "got undefined"],
    ["objects", [{}], "y[0]: expected a label"],
    ["NaN", [1, Number.NaN], "y[1] is NaN: a label must be a finite number"],
    ["NaN in typed arrays", new Float32Array([Number.NaN]), "y[0] is NaN"],
    ["no values", [], "y is empty"],
  ])("refuses %s", (_, input, message) => {
    expect(() => toLabels("y", input as string[])).toThrow(message);
  });
});

describe("requireSameLength", () => {
  it("names both columns and their lengths", () => {
    expect(() => requireSameLength("a", [1, 2], "b", [1])).toThrow("a has 2 values, b has 1");
    expect(() => requireSameLength("a", [1], "b", new Uint8Array(1))).not.toThrow();
  });
});
