import { describe, expect, it } from "vitest";
import { threeWaySplit } from "./three-way-split";

const labels = Array.from({ length: 41 }, (_, i) => (i % 5 === 0 ? "rare" : "common"));

describe("threeWaySplit", () => {
  it("puts every sample into one part: half, a quarter, a quarter", () => {
    const { train, validation, test } = threeWaySplit(labels);
    expect([...train, ...validation, ...test].sort((a, b) => a - b)).toEqual(
      labels.map((_, i) => i),
    );
    expect([train.length, validation.length, test.length]).toEqual([20, 10, 11]);
  });

  it("keeps each class' share in each part, to within a sample", () => {
    const { train, validation, test } = threeWaySplit(labels, { seed: 3 });
    for (const part of [train, validation, test]) {
      const rare = part.filter((i) => labels[i] === "rare").length;
      expect(Math.abs(rare - (9 / 41) * part.length)).toBeLessThanOrEqual(1);
    }
  });

  it("depends on the seed alone", () => {
    expect(threeWaySplit(labels, { seed: 1 })).toEqual(threeWaySplit(labels, { seed: 1 }));
    expect(threeWaySplit(labels, { seed: 1 })).not.toEqual(threeWaySplit(labels, { seed: 2 }));
  });

  it("refuses a class that can't be in all parts, and no samples", () => {
    expect(() => threeWaySplit(["a", "b", "b", "b", "b", "b"])).toThrow(/one sample/);
    expect(() => threeWaySplit([])).toThrow(/empty/);
  });
});
