import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { binaryConfusion } from "./binary-counts";
import { InputError } from "./errors";
import { countsAt, thresholdTable } from "./threshold";

const actual = [0, 0, 1, 1];
const scores = [0.1, 0.4, 0.35, 0.8];

describe("countsAt", () => {
  it("calls a score positive from the threshold on", () => {
    expect(countsAt(actual, scores, 0.4)).toEqual({ tn: 1, fp: 1, fn: 1, tp: 1 });
    expect(countsAt(actual, scores, 0.41)).toEqual({ tn: 2, fp: 0, fn: 1, tp: 1 });
    expect(countsAt(actual, scores, Number.POSITIVE_INFINITY).tp).toBe(0);
    expect(countsAt(actual, scores, Number.NEGATIVE_INFINITY).fn).toBe(0);
  });

  it("weighs samples, and takes any labels", () => {
    const options = { positive: "yes", weights: [1, 2, 4, 8] };
    const counts = countsAt(["no", "no", "yes", "yes"], scores, 0.4, options);
    expect(counts).toEqual({ tn: 1, fp: 2, fn: 4, tp: 8 });
  });

  it("refuses a threshold that is no number", () => {
    expect(() => countsAt(actual, scores, Number.NaN)).toThrow(InputError);
    expect(() => countsAt(actual, scores, "0.5" as never)).toThrow("threshold: expected a number");
  });
});

describe("thresholdTable", () => {
  it("has a row for every distinct score unless told which thresholds", () => {
    const rows = thresholdTable(actual, [0.5, 0.5, 0.2, 0.9]);
    expect(rows.map(({ threshold }) => threshold)).toEqual([0.2, 0.5, 0.9]);
    expect(rows[1]).toEqual({
      threshold: 0.5,
      tn: 0,
      fp: 2,
      fn: 1,
      tp: 1,
      accuracy: 0.25,
      precision: 1 / 3,
      recall: 0.5,
      f1: 0.4,
      falsePositiveRate: 1,
    });
  });

  it("counts as countsAt and binaryConfusion do, wherever the threshold lies", () => {
    const rows = fc.array(fc.tuple(fc.boolean(), fc.integer({ min: -3, max: 3 })), {
      minLength: 1,
    });
    const steps = fc.array(fc.integer({ min: -8, max: 8 }).map((n) => n / 2));
    fc.assert(
      fc.property(rows, steps, (samples, thresholds) => {
        const truth = samples.map(([a]) => a);
        const numbers = samples.map(([, s]) => s);
        const table = thresholdTable(truth, numbers, { thresholds });
        expect(table.map(({ threshold }) => threshold)).toEqual(thresholds);
        for (const { threshold, tn, fp, fn, tp } of table) {
          expect({ tn, fp, fn, tp }).toEqual(countsAt(truth, numbers, threshold));
          const predicted = numbers.map((score) => score >= threshold);
          expect({ tn, fp, fn, tp }).toEqual(binaryConfusion(truth, predicted));
        }
      }),
    );
  });

  it("shows 0 for 0/0", () => {
    const [row] = thresholdTable(actual, scores, { thresholds: [2] });
    expect(row).toMatchObject({ precision: 0, recall: 0, f1: 0, accuracy: 0.5 });
    expect(thresholdTable([0], [1])[0].recall).toBe(0);
  });

  it("refuses thresholds that are no numbers", () => {
    const action = () => thresholdTable(actual, scores, { thresholds: [0.5, Number.NaN] });
    expect(action).toThrow("thresholds[1]: expected a number, got NaN.");
  });
});
