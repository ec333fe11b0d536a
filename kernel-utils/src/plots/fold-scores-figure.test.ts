import { describe, expect, it } from "vitest";
import { InputError } from "../errors";
import type { ScatterTrace } from "../figure";
import { foldScoresFigure } from "./fold-scores-figure";

const repeats = [
  [0.9, 1],
  [0.94, 0.95],
  [0.8, 0.9],
];
const options = { title: "Means stay together", metric: "accuracy" };

describe("foldScoresFigure", () => {
  it("places each fold beside its repeat, and the mean at it", () => {
    const [folds, , means] = foldScoresFigure(repeats, options).data as ScatterTrace[];
    expect(folds?.x).toEqual([0.7, 1.3, 1.7, 2.3, 2.7, 3.3]);
    expect(folds?.y).toEqual([90, 100, 94, 95, 80, 90]);
    expect(means?.x).toEqual([1, 2, 3]);
    for (const [i, mean] of [95, 94.5, 85].entries()) expect(means?.y[i]).toBeCloseTo(mean, 9);
  });

  it("says in words how far folds and means spread", () => {
    const { alt, layout } = foldScoresFigure(repeats, { ...options, subtitle: "n = 7" });
    expect(alt).toContain(
      "Folds lie between 80.0 to 100.0 %, means of 2 folds between 85.0 to 95.0 %",
    );
    expect(layout.title.text).toContain("n = 7; squares: 2 folds each");
  });

  it("refuses one repeat, one fold, NaN and no title", () => {
    expect(() => foldScoresFigure([[1, 1]], options)).toThrow(InputError);
    expect(() => foldScoresFigure([[1], [1]], options)).toThrow(InputError);
    expect(() =>
      foldScoresFigure(
        [
          [1, Number.NaN],
          [1, 1],
        ],
        options,
      ),
    ).toThrow(/repeats\[0\]\[1\]/);
    expect(() => foldScoresFigure(repeats, { ...options, title: "" })).toThrow(InputError);
  });
});
