import fc from "fast-check";
import { describe, expect, it } from "vitest";
import reference from "../fixtures/classification_metrics.json";
import { binaryCounts } from "./binary-counts";
import {
  f1,
  falsePositiveRate,
  fBeta,
  negativePredictiveValue,
  precision,
  recall,
  specificity,
} from "./classification-metrics";
import { confusionMatrix } from "./confusion-matrix";
import { InputError } from "./errors";
import { fScore } from "./rates";
import { formatScore } from "./score";

const metrics = { precision, recall, f1, specificity, negativePredictiveValue };

describe.each(reference.binary)("of $name", (expected) => {
  const { actual, predicted, positive, weights } = expected;
  const options = weights === null ? { positive } : { positive, weights };

  it.each(["precision", "recall", "f1", "specificity", "negativePredictiveValue"] as const)(
    "%s is scikit-learn's",
    (name) => {
      expect(metrics[name](actual, predicted, options).value).toBeCloseTo(expected[name], 12);
      expect(metrics[name](expected.counts).value).toBeCloseTo(expected[name], 12);
    },
  );

  it("fBeta is scikit-learn's", () => {
    for (const [beta, value] of [
      [0.5, expected.fHalf],
      [1, expected.f1],
      [2, expected.f2],
      [0, expected.precision],
      [Number.POSITIVE_INFINITY, expected.recall],
    ]) {
      expect(fBeta(actual, predicted, { ...options, beta }).value).toBeCloseTo(value, 12);
      expect(fBeta(expected.counts, { beta }).value).toBeCloseTo(value, 12);
    }
  });
});

describe("the lecture's model and the model that always says no", () => {
  const model = binaryCounts({ tn: 905, fn: 18, fp: 9, tp: 68 });
  const lazy = binaryCounts({ tn: 914, fn: 86, fp: 0, tp: 0 });
  const percent = (share: number) => (100 * share).toFixed(1);

  it("have the lecture's precision, recall and F1", () => {
    expect(percent(precision(model).value)).toBe("88.3");
    expect(percent(recall(model).value)).toBe("79.1");
    expect((100 * f1(model).value).toFixed(2)).toBe("83.44");
    expect(recall(lazy)).toEqual({ value: 0, defined: true });
  });

  it("precision is 0/0 for the lazy one, F1 a plain 0", () => {
    const reason = "no sample was predicted positive";
    expect(precision(lazy)).toEqual({ value: 0, defined: false, reason });
    expect(f1(lazy)).toEqual({ value: 0, defined: true });
    expect(formatScore(precision(lazy), 1)).toBe("0.0 (0/0: no sample was predicted positive)");
    expect(formatScore(precision(model))).toBe("0.883");
  });
});

describe("a metric that is 0/0", () => {
  it.each([
    ["precision", precision, { tn: 5, fp: 0, fn: 3, tp: 0 }, "no sample was predicted positive"],
    ["recall", recall, { tn: 5, fp: 3, fn: 0, tp: 0 }, "no sample is positive"],
    ["specificity", specificity, { tn: 0, fp: 0, fn: 1, tp: 2 }, "no sample is negative"],
    ["falsePositiveRate", falsePositiveRate, { tn: 0, fp: 0, fn: 1, tp: 2 }, "no sample is neg"],
    ["NPV", negativePredictiveValue, { tn: 0, fp: 1, fn: 0, tp: 2 }, "no sample was predicted n"],
    [
      "f1",
      f1,
      { tn: 9, fp: 0, fn: 0, tp: 0 },
      "no sample is positive and none was predicted positive",
    ],
  ])("%s says why", (_, metric, counts, reason) => {
    const score = metric(counts);
    expect(score).toMatchObject({ value: 0, defined: false });
    expect(score.reason).toContain(reason);
  });
});

describe("a binary metric", () => {
  it("refuses what is neither counts nor columns", () => {
    const matrix = confusionMatrix([0, 1, 2], [0, 1, 2]);
    for (const wrong of [matrix, [0, 1], undefined, null, "spam"]) {
      expect(() => precision(wrong as never)).toThrow(InputError);
    }
    expect(() => precision(matrix as never)).toThrow("matrix.binary(label)");
    expect(() => recall({ tn: 1, fp: 1, fn: 1 } as never)).toThrow("tp: expected a number");
    expect(() => recall({ tn: 1, fp: -1, fn: 1, tp: 1 })).toThrow("fp is -1");
    expect(() => recall({ tn: 0, fp: 0, fn: 0, tp: 0 })).toThrow("All four counts are 0");
  });

  it("refuses a beta below 0 or none", () => {
    const counts = { tn: 1, fp: 1, fn: 1, tp: 1 };
    expect(() => fBeta(counts, { beta: -1 })).toThrow("beta: expected 0 or more");
    expect(() => fBeta(counts, { beta: Number.NaN })).toThrow(InputError);
    expect(() => fBeta(counts, {} as never)).toThrow("got undefined");
    expect(() => fBeta(counts, undefined as never)).toThrow(InputError);
    expect(() => fBeta([1], [1], undefined as never)).toThrow(InputError);
  });

  const count = fc.nat(1_000_000);
  const counts = fc.record({ tn: count, fp: count, fn: count, tp: count.map((n) => n + 1) });

  it("lies between 0 and 1, F1 between precision and recall", () => {
    fc.assert(
      fc.property(counts, (four) => {
        const [p, r, f] = [precision(four).value, recall(four).value, f1(four).value];
        for (const value of [p, r, f]) expect(value >= 0 && value <= 1).toBe(true);
        expect(f).toBeGreaterThanOrEqual(Math.min(p, r) - 1e-12);
        expect(f).toBeLessThanOrEqual(Math.max(p, r) + 1e-12);
      }),
    );
  });

  it("gives F-beta the same from counts and from precision and recall", () => {
    fc.assert(
      fc.property(counts, fc.constantFrom(0, 0.5, 1, 2, 10), (four, beta) => {
        const fromRates = fScore(precision(four).value, recall(four).value, beta);
        expect(fBeta(four, { beta }).value).toBeCloseTo(fromRates, 12);
      }),
    );
  });

  it("swaps precision with recall when the columns are swapped", () => {
    fc.assert(
      fc.property(counts, ({ tn, fp, fn, tp }) => {
        const swapped = { tn, fp: fn, fn: fp, tp };
        expect(precision(swapped)).toEqual(recall({ tn, fp, fn, tp }));
        expect(f1(swapped).value).toBeCloseTo(f1({ tn, fp, fn, tp }).value, 14);
      }),
    );
  });
});
