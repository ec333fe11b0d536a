import { describe, expect, it } from "vitest";
import { InputError } from "../errors";
import { twoWayRunsFigure } from "./two-way-runs-figure";

const conditions = [
  { name: "clean", from: [0.96, 0.97], to: [0.97, 0.96] },
  { name: "wrong labels", from: [0.8, 0.7, 0.75], to: [0.9, 0.9, 0.9] },
];
const options = {
  title: "It pays with wrong labels only",
  fromLabel: "to the end",
  toLabel: "stopped",
  measure: "test accuracy, %",
};

describe("twoWayRunsFigure", () => {
  it("draws a line for each run and one for the mean, a panel for each condition", () => {
    const { data } = twoWayRunsFigure(conditions, options);
    const inPanel = (panel: string) => data.filter((trace) => trace.xaxis === panel);
    expect(inPanel("x").map((trace) => trace.y)).toEqual([
      [96, 97],
      [97, 96],
      [96.5, 96.5],
    ]);
    expect(inPanel("x2").length).toBe(4);
    const [low, high] = (inPanel("x2").at(-1)?.y ?? []) as number[];
    expect(low).toBeCloseTo(75, 10);
    expect(high).toBeCloseTo(90, 10);
  });

  it("writes the mean difference in points, and shows both conditions on one scale", () => {
    const { layout } = twoWayRunsFigure(conditions, options);
    const notes = layout.annotations.map((note) => note.text);
    expect(notes).toEqual(expect.arrayContaining(["mean 0 points", "mean +15 points"]));
    expect(layout.yaxis?.range).toEqual(layout.yaxis2?.range);
    expect(layout.xaxis).toMatchObject({ ticktext: ["to the end", "stopped"] });
  });

  it("counts in words how many runs gained", () => {
    const { alt } = twoWayRunsFigure(conditions, options);
    expect(alt).toContain("clean: 96.5 and 96.5 on average, higher in 1 of 2 runs");
    expect(alt).toContain("wrong labels: 75 and 90 on average, higher in 3 of 3 runs");
  });

  it("refuses one run, unequal ends, per cents, no condition and more than four", () => {
    const refuse = (from: number[], to: number[]) =>
      expect(() => twoWayRunsFigure([{ name: "a", from, to }], options)).toThrow(InputError);
    refuse([0.5], [0.6]);
    refuse([0.5, 0.6], [0.6]);
    refuse([50, 60], [60, 70]);
    refuse([0.5, Number.NaN], [0.6, 0.7]);
    expect(() => twoWayRunsFigure([], options)).toThrow(InputError);
    const five = Array.from({ length: 5 }, () => conditions[0] as (typeof conditions)[number]);
    expect(() => twoWayRunsFigure(five, options)).toThrow(InputError);
  });
});
