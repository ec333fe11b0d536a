import { describe, expect, it } from "vitest";
import { InputError } from "../errors";
import { patienceFigure } from "./patience-figure";

const runs = [
  { patience: 1, epochs: [10, 14], scores: [0.9, 0.92] },
  { patience: 10, epochs: [30, 50], scores: [0.88, 0.9] },
];
const options = { title: "Patience costs epochs", measure: "test accuracy, %" };

describe("patienceFigure", () => {
  it("draws epochs and score of each seed against patience, and their means", () => {
    const { data, layout } = patienceFigure(runs, options);
    const inPanel = (panel: string) => data.filter((trace) => trace.xaxis === panel);
    expect(inPanel("x").map((trace) => trace.y)).toEqual([
      [10, 30],
      [14, 50],
      [12, 40],
    ]);
    expect(inPanel("x2").map((trace) => trace.y)).toEqual([
      [90, 88],
      [92, 90],
      [91, 89],
    ]);
    expect(data.every((trace) => String(trace.x) === "1,10")).toBe(true);
    expect(layout.xaxis?.type).toBe("log");
    expect(layout.yaxis?.range[0]).toBe(0);
  });

  it("says the means in words", () => {
    expect(patienceFigure(runs, options).alt).toContain(
      "patience 1: 12 epochs, 91; patience 10: 40 epochs, 89",
    );
  });

  it("refuses one patience, one of 0, falling ones, unequal seeds, per cents and none", () => {
    const refuse = (...other: typeof runs) =>
      expect(() => patienceFigure(other, options)).toThrow(InputError);
    const [first, second] = runs as [(typeof runs)[number], (typeof runs)[number]];
    refuse(first);
    refuse({ ...first, patience: 0 }, second);
    refuse(second, first);
    refuse(first, { ...second, epochs: [30] });
    refuse(first, { ...second, scores: [0.9] });
    refuse(first, { ...second, scores: [88, 90] });
    refuse({ ...first, epochs: [], scores: [] }, { ...second, epochs: [], scores: [] });
  });
});
