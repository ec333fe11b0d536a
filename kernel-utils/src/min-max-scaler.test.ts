import { describe, expect, it } from "vitest";
import fixture from "../fixtures/scalers.json";
import { InputError } from "./errors";
import { minMaxScaler } from "./min-max-scaler";

const cases = fixture.cases.flatMap(({ minMax, ...one }) =>
  minMax.map((found) => ({ ...one, found, text: `${found.range.join(" to ")}, ${found.clip}` })),
);

/** Within 1e-12 of scikit-learn's, relative to the larger of it and 1. */
function expectClose(actual: readonly number[][], wanted: readonly number[][]): void {
  expect(actual.map((row) => row.length)).toEqual(wanted.map((row) => row.length));
  for (const [r, row] of wanted.entries()) {
    for (const [c, value] of row.entries()) {
      const difference = Math.abs((actual[r]?.[c] as number) - value);
      expect(difference / Math.max(1, Math.abs(value)), `row ${r}, feature ${c}`).toBeLessThan(
        1e-12,
      );
    }
  }
}

describe("minMaxScaler", () => {
  it.each(cases)("equals scikit-learn's MinMaxScaler: $name, range $text", (one) => {
    const [low, high] = one.found.range as [number, number];
    const options = { range: [low, high] as const, clip: one.found.clip };
    const scaler = minMaxScaler(options).fit(one.rows, { heldOut: [] });
    expect(scaler.lows).toEqual(one.found.lows);
    expect(scaler.highs).toEqual(one.found.highs);
    // scikit-learn adds and subtracts a large offset, and loses digits where the mean is large.
    if (one.name.includes("large mean")) return;
    const made = scaler.transform(one.others);
    expectClose(made, one.found.made);
    expectClose(scaler.inverseTransform(made), one.found.back);
  });

  it("keeps its digits where the mean is large and the spread small", () => {
    const scaler = minMaxScaler().fit([[1e9], [1e9 + 1], [1e9 + 3]], { heldOut: [] });
    expect(scaler.transform([[1e9 + 2]])[0]?.[0]).toBeCloseTo(2 / 3, 15);
  });

  it("makes the greatest training value the range's end to the bit", () => {
    for (let high = 1; high < 100; high++) {
      const scaler = minMaxScaler().fit([[0], [high]], { heldOut: [] });
      expect(scaler.transform([[high]])).toEqual([[1]]);
    }
  });

  it("makes a feature that never varied the range's low end, and names it", () => {
    const scaler = minMaxScaler({ range: [-1, 1] }).fit([[5], [5]], { heldOut: [] });
    expect(scaler.constantFeatures).toEqual([0]);
    expect(scaler.transform([[5]])).toEqual([[-1]]);
  });

  it("refuses a range that is none, NaN and a spread that overflows", () => {
    expect(() => minMaxScaler({ range: [1, 0] })).toThrow(InputError);
    expect(() => minMaxScaler({ range: [1, 1] })).toThrow(InputError);
    expect(() => minMaxScaler({ range: [0, Number.POSITIVE_INFINITY] })).toThrow(InputError);
    const fit = (rows: number[][]) => () => minMaxScaler().fit(rows, { heldOut: [] });
    expect(fit([[Number.NaN]])).toThrow(/finite/);
    expect(fit([[Number.MAX_VALUE], [-Number.MAX_VALUE]])).toThrow(/spreads too far/);
  });
});
