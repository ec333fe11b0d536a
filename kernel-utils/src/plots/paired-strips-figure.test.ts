import { describe, expect, it } from "vitest";
import { InputError } from "../errors";
import { styles } from "../palette";
import { pairedStripsFigure, type StripPairs } from "./paired-strips-figure";

const groups: StripPairs[] = [
  { name: "split 1", first: [0.95, 0.97, 0.96], second: [0.97, 0.96, 0.96] },
  { name: "split 2", first: [0.9, 0.92], second: [0.93, 0.95] },
];
const options = { title: "Splits differ more", ways: ["plain", "tuned"] as const };

describe("pairedStripsFigure", () => {
  it("joins the two runs of each pair, and tells better, worse and equal apart", () => {
    const { data } = pairedStripsFigure(groups, options);
    const lines = data.flatMap((trace) =>
      trace.type === "scatter" && trace.mode === "lines" ? [trace] : [],
    );
    expect(lines.map((trace) => trace.y)).toEqual([
      [95, 97],
      [97, 96],
      [96, 96],
      [90, 93],
      [92, 95],
    ]);
    expect(lines.map((trace) => trace.line?.dash).slice(0, 3)).toEqual(["solid", "dash", "dot"]);
    expect(lines[1]?.line?.color).toBe(styles.wrong.color);
    const dots = data.flatMap((trace) =>
      trace.type === "scatter" && trace.mode === "markers" ? [trace] : [],
    );
    expect(dots.slice(0, 3).map((trace) => trace.marker?.symbol)).toEqual([
      "circle",
      "x",
      "circle",
    ]);
  });

  it("marks the means, and writes their difference in points above each panel", () => {
    const { data, layout, alt } = pairedStripsFigure(groups, options);
    const means = data.filter(
      (trace) => trace.type === "scatter" && trace.marker?.symbol === styles.test.symbol,
    );
    expect(means).toHaveLength(2);
    const headings = layout.annotations.map((note) => note.text);
    expect(headings).toEqual(expect.arrayContaining(["split 1<br>+0.3", "split 2<br>+3"]));
    expect(alt).toContain("split 2 (2 pairs) from 91 to 94 %");
  });

  it("gives all panels one scale, with numbers on the first", () => {
    const { layout } = pairedStripsFigure(groups, options);
    expect(layout.yaxis2?.range).toEqual(layout.yaxis?.range);
    expect([layout.yaxis?.showticklabels, layout.yaxis2?.showticklabels]).toEqual([true, false]);
  });

  it("refuses no groups, more than six, unequal numbers of runs, NaN and no title", () => {
    const refuse = (list: readonly StripPairs[], change = {}) =>
      expect(() => pairedStripsFigure(list, { ...options, ...change })).toThrow(InputError);
    refuse([]);
    refuse(Array.from({ length: 7 }, () => groups[0] as StripPairs));
    refuse([{ name: "a", first: [0.5], second: [0.5, 0.6] }]);
    refuse([{ name: "a", first: [0.5], second: [Number.NaN] }]);
    refuse(groups, { title: "" });
  });
});
