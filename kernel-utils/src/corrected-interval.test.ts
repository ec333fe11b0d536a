import { describe, expect, it } from "vitest";
import scipy from "../fixtures/corrected_interval.json";
import { correctedInterval } from "./corrected-interval";
import { InputError } from "./errors";
import { meanInterval } from "./mean-interval";

describe("correctedInterval", () => {
  it.each(scipy.intervals)("is the paper's for $scores.length scores at level $level", (row) => {
    const counts = { trainCount: row.train, validationCount: row.validation };
    const interval = correctedInterval(row.scores, { ...counts, level: row.level });
    expect(interval.estimate).toBeCloseTo(row.mean, 9);
    // Student's quantile is a numerical integral, see meanInterval.
    expect(Math.abs((interval.high - interval.estimate) / row.half - 1)).toBeLessThan(1e-6);
    expect(Math.abs((interval.estimate - interval.low) / row.half - 1)).toBeLessThan(1e-6);
    expect(interval.level).toBe(row.level);
  });

  it("is 1.5 times as wide as independent scores' for five folds, and keeps wide when they repeat", () => {
    const width = ({ low, high }: { low: number; high: number }) => high - low;
    const five = [90, 92, 91, 95, 93];
    const counts = { trainCount: 80, validationCount: 20 };
    expect(width(correctedInterval(five, counts)) / width(meanInterval(five))).toBeCloseTo(1.5, 9);
    const many = Array.from({ length: 500 }, (_, i) => five[i % 5] as number);
    const [corrected, naive] = [correctedInterval(many, counts), meanInterval(many)];
    expect(width(corrected) / width(naive)).toBeGreaterThan(10);
  });

  it("has no width where all scores are equal, and refuses one score, NaN, and counts of 0", () => {
    const counts = { trainCount: 4, validationCount: 1 };
    expect(correctedInterval([1, 1], counts)).toEqual({
      estimate: 1,
      low: 1,
      high: 1,
      level: 0.95,
    });
    expect(() => correctedInterval([1], counts)).toThrow(InputError);
    expect(() => correctedInterval([1, Number.NaN], counts)).toThrow(/scores\[1\]/);
    expect(() => correctedInterval([1, 2], { ...counts, trainCount: 0 })).toThrow(/above 0, got 0/);
    const missing = { ...counts, validationCount: Number.NaN };
    expect(() => correctedInterval([1, 2], missing)).toThrow(/validationCount/);
  });
});
