import { describe, expect, it } from "vitest";
import scipy from "../fixtures/intervals.json";
import { normalCdf, normalQuantile } from "./normal-distribution";

describe("normalCdf", () => {
  it.each(scipy.normalCdf)("of %d is SciPy's norm.cdf to 13 digits", (x, expected) => {
    // SciPy's own result for -38 is 0; what is left there, 1e-316, no interval can show.
    if (x === -38) expect(normalCdf(-38)).toBeLessThan(1e-300);
    else expect(normalCdf(x as number) / (expected as number)).toBeCloseTo(1, 12);
  });

  it("has its ends at the infinities", () => {
    expect(normalCdf(Number.NEGATIVE_INFINITY)).toBe(0);
    expect(normalCdf(Number.POSITIVE_INFINITY)).toBe(1);
  });
});

describe("normalQuantile", () => {
  it.each(scipy.normalQuantile)("of %d is SciPy's norm.ppf to 13 digits", (p, expected) => {
    if (expected === 0) expect(normalQuantile(p as number)).toBe(0);
    else expect(normalQuantile(p as number) / (expected as number)).toBeCloseTo(1, 12);
  });

  it("has its ends at the infinities, and NaN outside 0 to 1", () => {
    expect(normalQuantile(0)).toBe(Number.NEGATIVE_INFINITY);
    expect(normalQuantile(1)).toBe(Number.POSITIVE_INFINITY);
    expect(normalQuantile(1.1)).toBeNaN();
  });
});
