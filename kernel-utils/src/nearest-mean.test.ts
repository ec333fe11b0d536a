import { describe, expect, it } from "vitest";
import { nearestMean } from "./nearest-mean";

describe("nearestMean", () => {
  it("gives the first class in sorted order for equal distances", () => {
    const rule = nearestMean().fit([[0], [2]], ["b", "a"]);
    expect(rule.predict([[1], [0.9], [1.1]])).toEqual(["a", "b", "a"]);
  });

  it("lets no feature drown the others unless told to keep their units", () => {
    const rows = [
      [0, 1000],
      [0, 3000],
      [1, 1000],
      [1, 3100],
    ];
    const labels = ["left", "left", "right", "right"];
    expect(
      nearestMean()
        .fit(rows, labels)
        .predict([[0.1, 3000]]),
    ).toEqual(["left"]);
    const raw = nearestMean({ standardise: false }).fit(rows, labels);
    expect(raw.predict([[0.1, 3000]])).toEqual(["right"]);
  });

  it("ignores a constant feature, whatever rounding leaves of its spread", () => {
    // The mean of seven times 0.1 misses 0.1 by 1e-17.
    const rows = [0, 1, 1, 2, 5, 6, 6].map((value) => [0.1, value]);
    const rule = nearestMean().fit(rows, [0, 0, 0, 0, 1, 1, 1]);
    expect(
      rule.predict([
        [0.1, 1],
        [0.1, 5],
        [0.100001, 5],
        [0.2, 1],
      ]),
    ).toEqual([0, 1, 1, 0]);
  });

  it("returns the classes' means in the features' own units", () => {
    const rule = nearestMean().fit(
      [
        [1, 10],
        [3, 30],
        [5, 0],
      ],
      ["a", "a", "b"],
    );
    expect(rule.means).toEqual([
      [2, 20],
      [5, 0],
    ]);
  });
});
