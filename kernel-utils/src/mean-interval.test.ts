import { describe, expect, it } from "vitest";
import { meanInterval } from "./mean-interval";

/** Quantiles of Student's t of SciPy 1.17.1, `scipy.stats.t.ppf`. */
const QUANTILES = [
  { df: 1, p: 0.975, t: 12.706204736174694 },
  { df: 2, p: 0.975, t: 4.302652729749462 },
  { df: 4, p: 0.975, t: 2.7764451051977934 },
  { df: 19, p: 0.95, t: 1.729132811521367 },
  { df: 999, p: 0.975, t: 1.9623414611334487 },
];

describe("meanInterval", () => {
  it.each(QUANTILES)("is as wide as Student's t says with $df degrees of freedom", (row) => {
    const values = Array.from({ length: row.df + 1 }, (_, i) => (i % 2 === 0 ? 1 : 3) + i / 1000);
    const n = values.length;
    const mean = values.reduce((sum, value) => sum + value, 0) / n;
    const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
    const interval = meanInterval(values, 2 * row.p - 1);
    expect(interval.estimate).toBeCloseTo(mean, 12);
    const width = (interval.high - mean) / Math.sqrt(squares / (n - 1) / n);
    expect(width).toBeCloseTo(row.t, 6);
  });

  it("has no width where all values are equal, and does not change its input", () => {
    const values = [2, 2, 2];
    expect(meanInterval(values)).toEqual({ estimate: 2, low: 2, high: 2, level: 0.95 });
    expect(values).toEqual([2, 2, 2]);
  });

  it("refuses one value, none, NaN and a level of 95", () => {
    expect(() => meanInterval([1])).toThrow(/two or more/);
    expect(() => meanInterval([])).toThrow(/empty/);
    expect(() => meanInterval([1, Number.NaN])).toThrow(/finite/);
    expect(() => meanInterval([1, 2], 95)).toThrow(/level/);
  });
});
