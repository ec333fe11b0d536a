import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { SeededRandom } from "./random";
import { orderDescending } from "./score-order";

/** Checks that every sample occurs once and that no score is followed by a higher one. */
function expectSorted(values: ArrayLike<number>): void {
  const scores = Float64Array.from(values);
  const order = orderDescending(scores);
  const sorted = Array.from(order, (sample) => scores[sample]);
  expect(new Set(order).size).toBe(scores.length);
  expect(sorted.every((score, i) => i === 0 || sorted[i - 1] >= score)).toBe(true);
}

describe("orderDescending", () => {
  it("puts the highest score first", () => {
    expect([...orderDescending(Float64Array.of(0.1, 0.9, -3, 0.5))]).toEqual([1, 3, 0, 2]);
    expect([...orderDescending(new Float64Array(0))]).toEqual([]);
    expect([...orderDescending(Float64Array.of(7))]).toEqual([0]);
  });

  it("sorts any finite numbers", () => {
    const score = fc.oneof(
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.constantFrom(0, -0, 5e-324, -5e-324, 1e-50, -1e-50, 1e300, Number.MAX_VALUE, 1),
    );
    fc.assert(fc.property(fc.array(score, { maxLength: 200 }), expectSorted));
  });

  const random = new SeededRandom(11);
  const draw = (of: () => number) => Array.from({ length: 3000 }, of);
  it.each<[string, number[]]>([
    ["from 0 to 1", draw(() => random.random())],
    ["with many ties", draw(() => random.integer(0, 3))],
    ["all alike", draw(() => 0.25)],
    ["rising", Array.from({ length: 3000 }, (_, i) => i)],
    ["alike to a float, not to a double", draw(() => 1 - 1e-13 * random.random())],
    ["alike to a float but one", [1e9, ...draw(() => 1e-60 * random.random())]],
    ["on many scales", draw(() => 10 ** (600 * random.random() - 300))],
    ["negative on many scales", draw(() => -(10 ** (600 * random.random() - 300)))],
    ["above the largest float", draw(() => 1e300 * (1 + 1e-12 * random.random()))],
    ["around 0, too small for a float", draw(() => 1e-200 * (random.random() - 0.5))],
    ["the smallest doubles", draw(() => 5e-324 * random.integer(-50, 50))],
    ["milliseconds of one day", draw(() => 1.7e12 + random.integer(0, 86_400_000))],
  ])("sorts scores %s", (_, scores) => {
    expectSorted(scores);
  });
});
