import fc from "fast-check";
import { describe, expect, it } from "vitest";
import reference from "../fixtures/classification_metrics.json";
import { type BinaryCounts, binaryConfusion, binaryCounts } from "./binary-counts";
import { InputError } from "./errors";

describe("binaryCounts", () => {
  const lecture = { tn: 905, fp: 9, fn: 18, tp: 68 };

  it("returns the four counts and nothing else", () => {
    expect(binaryCounts({ ...lecture, extra: 1 } as BinaryCounts)).toEqual(lecture);
    expect(binaryCounts({ tn: 1e15, fp: 0, fn: 0, tp: 0 }).tn).toBe(1e15);
  });

  it.each<[string, Partial<Record<keyof BinaryCounts, unknown>>, string, string]>([
    ["rates", { tn: 0.905 }, "out-of-range", "tn is 0.905: expected a whole number"],
    ["counts below 0", { fp: -1 }, "out-of-range", "fp is -1"],
    ["NaN", { fn: Number.NaN }, "not-finite", "fn is NaN"],
    ["infinity", { tp: 1 / 0 }, "not-finite", "tp is Infinity"],
    ["a missing count", { tp: undefined }, "wrong-type", "tp: expected a number of samples, got n"],
    ["text", { tp: "68" }, "wrong-type", "got string"],
    ["no samples", { tn: 0, fp: 0, fn: 0, tp: 0 }, "empty-input", "All four counts are 0"],
  ])("refuses %s", (_, change, code, message) => {
    const action = () => binaryCounts({ ...lecture, ...change } as BinaryCounts);
    expect(action).toThrow(InputError);
    expect(action).toThrow(expect.objectContaining({ code }));
    expect(action).toThrow(message);
  });

  it("lets weighted counts be fractions, but not negative", () => {
    expect(binaryCounts({ ...lecture, fp: 0.25 }, { weighted: true }).fp).toBe(0.25);
    expect(() => binaryCounts({ ...lecture, fp: -0.5 }, { weighted: true })).toThrow(InputError);
  });
});

describe("binaryConfusion", () => {
  it.each(reference.binary)("counts $name as scikit-learn does", (expected) => {
    const { actual, predicted, positive, weights } = expected;
    const options = weights === null ? { positive } : { positive, weights };
    const counts = binaryConfusion(actual, predicted, options);
    for (const box of ["tn", "fp", "fn", "tp"] as const) {
      expect(counts[box]).toBeCloseTo(expected.counts[box], 12);
    }
  });

  it("knows the positive label of 0 and 1, -1 and 1, and booleans by itself", () => {
    const counts = { tn: 0, fp: 1, fn: 0, tp: 1 };
    expect(binaryConfusion([0, 1], [1, 1])).toEqual(counts);
    expect(binaryConfusion([-1, 1], [1, 1])).toEqual(counts);
    expect(binaryConfusion([false, true], [true, true])).toEqual(counts);
    expect(binaryConfusion([0, 0], [0, 0])).toEqual({ tn: 2, fp: 0, fn: 0, tp: 0 });
  });

  it("asks for the positive label where it can't be known", () => {
    const action = () => binaryConfusion(["ham", "spam"], ["ham", "ham"]);
    expect(action).toThrow(expect.objectContaining({ code: "unknown-label" }));
    expect(action).toThrow('the labels are "ham", "spam". Pass { positive: "spam" }');
    expect(() => binaryConfusion([1, 2], [1, 2])).toThrow(InputError);
    expect(() => binaryConfusion([0, 1, 2], [0, 1, 2])).toThrow(InputError);
  });

  it("names the labels where the positive one doesn't occur, unless it may be absent", () => {
    const action = () => binaryConfusion(["ham", "spam"], ["ham", "ham"], { positive: "Spam" });
    expect(action).toThrow('"Spam" (string) does not occur; the labels are "ham", "spam" (string)');
    expect(() => binaryConfusion([0, 1], [0, 1], { positive: "1" })).toThrow('"1" (string)');
    expect(() => binaryConfusion(["a"], ["a"], { positive: 1 })).toThrow(InputError);
    expect(binaryConfusion(["ham"], ["ham"], { positive: "spam" }).tn).toBe(1);
  });

  it("takes one class against all others where there are more than two", () => {
    const [actual, predicted] = [
      ["a", "b", "c", "a", "c"],
      ["a", "c", "b", "c", "c"],
    ];
    const counts = binaryConfusion(actual, predicted, { positive: "a" });
    expect(counts).toEqual({ tn: 3, fp: 0, fn: 1, tp: 1 });
  });

  it("refuses weights that don't fit", () => {
    const weigh = (weights: number[]) => () => binaryConfusion([0, 1], [0, 1], { weights });
    expect(weigh([1])).toThrow(expect.objectContaining({ code: "length-mismatch" }));
    expect(weigh([1, -1])).toThrow("weights[1] is -1");
    expect(weigh([0, 0])).toThrow("weights are all 0");
    expect(weigh([1, Number.NaN])).toThrow("weights[1] is NaN");
  });

  const samples = fc.array(fc.tuple(fc.boolean(), fc.boolean()), { minLength: 1 });

  it("adds up to the number of samples, and swapping the columns swaps the mistakes", () => {
    fc.assert(
      fc.property(samples, (pairs) => {
        const actual = pairs.map(([a]) => a);
        const predicted = pairs.map(([, p]) => p);
        const { tn, fp, fn, tp } = binaryConfusion(actual, predicted);
        expect(tn + fp + fn + tp).toBe(pairs.length);
        expect(tp + fn).toBe(actual.filter(Boolean).length);
        expect(binaryConfusion(predicted, actual)).toEqual({ tn, fp: fn, fn: fp, tp });
      }),
    );
  });

  it("counts a sample of weight 3 as three alike", () => {
    fc.assert(
      fc.property(samples, (pairs) => {
        const weights = pairs.map((_, i) => 1 + (i % 3));
        const repeated = pairs.flatMap((pair, i) => new Array(weights[i]).fill(pair));
        const count = (rows: typeof pairs, options?: { weights: number[] }) =>
          binaryConfusion(
            rows.map(([a]) => a),
            rows.map(([, p]) => p),
            options,
          );
        expect(count(pairs, { weights })).toEqual(count(repeated));
      }),
    );
  });
});
