import { describe, expect, it } from "vitest";
import numpy from "../fixtures/pairwise_sum.json";
import { pairwiseSum } from "./pairwise-sum";

/** The same values on both sides: thirds and sevenths, whose sums depend on the order. */
const valuesOf = (count: number) =>
  Array.from({ length: count }, (_, i) => ((i * 7919) % 1009) / 7 - 50 / 3);

describe("pairwiseSum", () => {
  it.each(numpy.sums)("adds $count values as NumPy does, to the last bit", ({ count, sum }) => {
    expect(pairwiseSum(valuesOf(count))).toBe(sum);
  });

  it("is not what adding in turn gives, so that the comparison can fail", () => {
    const differ = numpy.sums.filter(
      ({ count, sum }) => valuesOf(count).reduce((total, value) => total + value, 0) !== sum,
    );
    expect(differ.length).toBeGreaterThan(3);
  });
});
