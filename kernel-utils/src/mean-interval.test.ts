import { describe, expect, it } from "vitest";
import scipy from "../fixtures/mean_interval.json";
import { meanInterval } from "./mean-interval";

describe("meanInterval", () => {
  it.each(scipy.quantiles)("is as wide as Student's t says with $df degrees of freedom", (row) => {
    const values = Array.from({ length: row.df + 1 }, (_, i) => (i % 2 === 0 ? 1 : 3) + i / 1000);
    const n = values.length;
    const mean = values.reduce((sum, value) => sum + value, 0) / n;
    const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
    const interval = meanInterval(values, 2 * row.p - 1);
    expect(interval.estimate).toBeCloseTo(mean, 12);
    const width = (interval.high - mean) / Math.sqrt(squares / (n - 1) / n);
    expect(width).toBeCloseTo(row.t, 6);
  });

  it.each(scipy.intervals)("equals SciPy's for $values at level $level", (row) => {
    const interval = meanInterval(row.values, row.level);
    const half = (row.high - row.low) / 2;
    expect(Math.abs(interval.estimate - row.estimate) / half).toBeLessThan(1e-6);
    expect(Math.abs(interval.low - row.low) / half).toBeLessThan(1e-6);
    expect(Math.abs(interval.high - row.high) / half).toBeLessThan(1e-6);
    expect(interval.level).toBe(row.level);
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
