import { describe, expect, it } from "vitest";
import fixture from "../fixtures/scalers.json";
import { HeadroomError } from "./errors";
import { standardScaler } from "./standard-scaler";

/** Every number within 1e-12 of scikit-learn's, relative to the larger of it and 1. */
function expectClose(actual: readonly (readonly number[])[], wanted: readonly number[][]): void {
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

describe("standardScaler", () => {
  it.each(fixture.cases)("equals scikit-learn's StandardScaler: $name", (one) => {
    const scaler = standardScaler().fit(one.rows, { heldOut: [] });
    expectClose([scaler.means, scaler.spreads], [one.standard.means, one.standard.spreads]);
    const made = scaler.transform(one.others);
    expectClose(made, one.standard.made);
    expectClose(scaler.inverseTransform(made), one.standard.back);
  });

  it("names the features that never varied, also those that rounding spreads", () => {
    const rows = [0, 1, 2, 3, 4, 5, 6].map((value) => [0.1, value, 7]);
    const scaler = standardScaler().fit(rows, { heldOut: [] });
    expect(scaler.constantFeatures).toEqual([0, 2]);
    expect(scaler.transform([[0.3, 3, 8]])[0]?.[2]).toBe(1);
  });

  it("takes tensors and typed rows, and changes none of its arguments", () => {
    const tensor = { shape: [2, 2], dataSync: () => Float32Array.of(1, 10, 3, 30) };
    const scaler = standardScaler().fit(tensor, { heldOut: [] });
    expect(scaler.means).toEqual([2, 20]);
    const rows = [Float32Array.of(3, 10)];
    expect(scaler.transform(rows)).toEqual([[1, -1]]);
    expect(rows).toEqual([Float32Array.of(3, 10)]);
  });

  it("refuses NaN, no rows, another number of features, and values that overflow", () => {
    const codeOf = (attempt: () => unknown): string | undefined => {
      try {
        attempt();
      } catch (error) {
        if (error instanceof HeadroomError) return error.code;
      }
      return undefined;
    };
    const fit = (rows: number[][]) => standardScaler().fit(rows, { heldOut: [] });
    expect(codeOf(() => fit([[1], [Number.NaN]]))).toBe("not-finite");
    expect(codeOf(() => fit([]))).toBe("empty-input");
    expect(codeOf(() => fit([[1, 2]]).transform([[1]]))).toBe("length-mismatch");
    expect(codeOf(() => fit([[1]]).transform([[Number.NaN]]))).toBe("not-finite");
    expect(codeOf(() => fit([[1e200], [-1e200]]))).toBe("not-finite");
    expect(codeOf(() => fit([[Number.MAX_VALUE], [Number.MAX_VALUE]]))).toBe("not-finite");
  });

  it("can be fitted again after a fit that was refused", () => {
    const scaler = standardScaler();
    expect(() => scaler.fit([], { heldOut: [] })).toThrow(/rows has 0 rows/);
    expect(scaler.fit([[1], [3]], { heldOut: [] }).means).toEqual([2]);
  });
});
