import { describe, expect, it } from "vitest";
import scikit from "../fixtures/nearest_neighbours.json";
import { loadWine } from "./data/wine";
import { InputError } from "./errors";
import { nearestNeighbours } from "./nearest-neighbours";

const wine = loadWine();

describe("nearestNeighbours", () => {
  it.each(scikit.predictions)("$k neighbours, $distance: scikit-learn's classes", (row) => {
    const every = wine.labels.map((_, i) => i);
    const at = <T>(values: readonly T[], rest: (i: number) => boolean) =>
      every.filter(rest).map((i) => values[i] as T);
    const distance = row.distance as "euclidean" | "manhattan";
    const isTest = (i: number) => i % 3 === 0;
    const rule = nearestNeighbours({ k: row.k, distance }).fit(
      at(wine.features, (i) => !isTest(i)),
      at(wine.labels, (i) => !isTest(i)),
    );
    expect(rule.predict(at(wine.features, isTest))).toEqual(row.classes);
  });

  it("gives the first class in sorted order for equal votes, the earlier row for equal distances", () => {
    const two = nearestNeighbours({ k: 2 }).fit([[0], [1], [9]], ["b", "a", "a"]);
    expect(two.predict([[0]])).toEqual(["a"]);
    const one = nearestNeighbours().fit([[0], [2], [2]], ["b", "c", "a"]);
    expect(one.predict([[1], [2], [9]])).toEqual(["b", "c", "c"]);
    // The third row is nearest; of the others, equally far, the first one votes with it.
    const pushed = nearestNeighbours({ k: 2 }).fit([[5], [-5], [3]], ["a", "b", "b"]);
    expect(pushed.predict([[0]])).toEqual(["a"]);
  });

  it("votes with all rows where k is their number, and takes one row", () => {
    const all = nearestNeighbours({ k: 3 }).fit([[0], [1], [9]], [1, 0, 0]);
    expect(all.predict([[0], [9]])).toEqual([0, 0]);
    expect(
      nearestNeighbours()
        .fit([[5]], [true])
        .predict([[-3]]),
    ).toEqual([true]);
  });

  it("refuses k of 0, of 1.5, of more than the rows, other distances, other features, NaN", () => {
    expect(() => nearestNeighbours({ k: 0 })).toThrow(InputError);
    expect(() => nearestNeighbours({ k: 1.5 })).toThrow(/whole number/);
    expect(() => nearestNeighbours({ k: 3 }).fit([[0], [1]], [0, 1])).toThrow(/from 1 to 2, got 3/);
    // @ts-expect-error: not among the distances
    expect(() => nearestNeighbours({ distance: "cosine" })).toThrow(/got "cosine"/);
    expect(() =>
      nearestNeighbours()
        .fit([[0]], [0])
        .predict([[0, 1]]),
    ).toThrow(/2 features/);
    expect(() => nearestNeighbours().fit([[Number.NaN]], [0])).toThrow(/rows\[0\]\[0\]/);
  });
});
