import { describe, expect, it } from "vitest";
import { InputError } from "../errors";
import { baselineLadderFigure } from "./baseline-ladder-figure";

const rungs = [
  { name: "majority class", accuracies: [0.62, 0.62, 0.62] },
  { name: "one threshold", accuracies: [0.88, 0.9, 0.89] },
  { name: "model", accuracies: [0.96, 0.98, 0.97] },
];
const options = { title: "One threshold covers most of the climb", runs: "splits" };

describe("baselineLadderFigure", () => {
  it("draws a thin line for every run and a mark at each mean, the last rung on top", () => {
    const { data, layout } = baselineLadderFigure(rungs, options);
    const lines = data.filter((trace) => trace.type === "scatter" && trace.mode === "lines");
    expect(lines.map((trace) => trace.x)).toEqual([
      [96, 88, 62],
      [98, 90, 62],
      [97, 89, 62],
    ]);
    const marks = data.filter((trace) => trace.type === "scatter" && trace.mode === "markers");
    expect(marks).toHaveLength(1);
    expect(marks[0]?.y).toEqual(["model", "one threshold", "majority class"]);
    expect(layout.annotations.map((note) => note.text)).toEqual(["97.0", "89.0", "62.0"]);
  });

  it("says how many runs there are, and all means, in words", () => {
    const figure = baselineLadderFigure(rungs, { ...options, subtitle: "171 test rows" });
    expect(figure.layout.title.text).toContain("171 test rows; thin lines: 3 splits");
    expect(figure.alt).toContain("model 97.0 %, one threshold 89.0 %, majority class 62.0 %");
  });

  it("begins the axis at a round number below the worst run, never below 0", () => {
    const start = (worst: number) => {
      const [first, ...others] = rungs;
      const low = { name: first?.name ?? "", accuracies: [worst, 0.62, 0.62] };
      return baselineLadderFigure([low, ...others], options).layout.xaxis?.range[0];
    };
    expect([start(0.62), start(0.601), start(0.005)]).toEqual([60, 50, 0]);
  });

  it("refuses a single rung, unequal runs, NaN and no title", () => {
    expect(() => baselineLadderFigure(rungs.slice(0, 1), options)).toThrow(InputError);
    const uneven = [...rungs, { name: "other", accuracies: [0.9] }];
    expect(() => baselineLadderFigure(uneven, options)).toThrow(InputError);
    const missing = [...rungs, { name: "other", accuracies: [0.9, Number.NaN, 0.9] }];
    expect(() => baselineLadderFigure(missing, options)).toThrow(InputError);
    expect(() => baselineLadderFigure(rungs, { ...options, title: "" })).toThrow(InputError);
  });
});
