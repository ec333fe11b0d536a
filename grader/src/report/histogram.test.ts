import fc from "fast-check";
import { expect, test } from "vitest";
import { histogram, scoreBars } from "./histogram";

test("whole points have a bar each, full marks the last one", () => {
  expect(scoreBars([0, 0.5, 1, 3, 4, 4], 4)).toEqual([
    { label: "0", count: 2 },
    { label: "1", count: 1 },
    { label: "2", count: 0 },
    { label: "3", count: 1 },
    { label: "4", count: 2 },
  ]);
});

test("many points share bars", () => {
  const labels = scoreBars([], 30).map(({ label }) => label);
  expect(labels).toEqual([
    ..."0–2 3–5 6–8 9–11 12–14 15–17 18–20 21–23 24–26 27–29".split(" "),
    "30",
  ]);
});

test("every score is in one bar", () => {
  const cases = fc
    .integer({ min: 1, max: 120 })
    .chain((maximum) =>
      fc.tuple(fc.constant(maximum), fc.array(fc.double({ min: 0, max: maximum, noNaN: true }))),
    );
  fc.assert(
    fc.property(cases, ([maximum, scores]) => {
      const counts = scoreBars(scores, maximum).map(({ count }) => count);
      expect(counts.reduce((sum, count) => sum + count, 0)).toBe(scores.length);
      expect(counts.length).toBeLessThanOrEqual(14);
    }),
  );
});

test("the picture has a title, says each bar in words, and what its axes are", () => {
  const svg = histogram("f1", "2 of 3 <earn> all", [4, 4, 1], 4);
  expect(svg).toContain('<title id="f1-title">2 of 3 &lt;earn&gt; all</title>');
  expect(svg).toContain("0: 0, 1: 1, 2: 0, 3: 0, 4: 2.");
  expect(svg).toContain("points of 4 (n = 3)");
  expect(svg).toContain("submissions");
  expect(svg).not.toContain("NaN");
  expect(histogram("empty", "nobody", [], 4)).not.toContain("NaN");
});
