import { describe, expect, it } from "vitest";
import { InputError } from "../errors";
import type { HeatmapTrace } from "../figure";
import { kFold } from "../k-fold";
import { foldMapFigure } from "./fold-map-figure";

const labels = ["a", "a", "b", "b", "c", "c"];
const maps = [
  { title: "In file order", folds: (folds: number) => kFold(6, { folds, shuffle: false }) },
  { title: "Shuffled", folds: (folds: number) => kFold(6, { folds, seed: 1 }) },
];
const options = { title: "Each fold lacks a class", counts: [2, 3], start: 3 };

describe("foldMapFigure", () => {
  it("draws training samples as 0 and validation samples as 1 + class, for every count", () => {
    const traces = foldMapFigure(labels, maps, options).data as HeatmapTrace[];
    expect(traces.map((trace) => trace.z.length)).toEqual([2, 2, 3, 3]);
    expect(traces[2]?.z).toEqual([
      [1, 1, 0, 0, 0, 0],
      [0, 0, 2, 2, 0, 0],
      [0, 0, 0, 0, 3, 3],
    ]);
    expect(traces.map((trace) => trace.visible ?? true)).toEqual([false, false, true, true]);
    expect(traces[2]?.colorscale.length).toBe(4);
  });

  it("fills each panel whatever the number of folds, and names the classes below it", () => {
    const { data, layout } = foldMapFigure(labels, maps, {
      ...options,
      classNames: ["x", "y", "z"],
    });
    expect((data as HeatmapTrace[])[0]?.y).toEqual([0.25, 0.75]);
    expect(layout.yaxis?.range).toEqual([1.001, -0.001]);
    expect(layout.xaxis).toMatchObject({ ticktext: ["x", "y", "z"] });
    expect(layout.sliders?.[0]?.active).toBe(1);
  });

  it("tells the pointer of each sample, its class, and what it does in which fold", () => {
    const traces = foldMapFigure(labels, maps, options).data as HeatmapTrace[];
    expect(traces[2]?.customdata?.[1]?.[2]).toBe("fold 2, sample 3, b: validates");
    expect(traces[2]?.customdata?.[0]?.[2]).toBe("fold 1, sample 3, b: trains");
  });

  it("says in words what is drawn", () => {
    expect(foldMapFigure(labels, maps, options).alt).toContain(
      "Maps of 3 folds, In file order; Shuffled",
    );
  });

  it("refuses six classes, names that are too few, four maps, and a start that is no step", () => {
    expect(() => foldMapFigure([1, 2, 3, 4, 5, 6], maps, options)).toThrow(InputError);
    expect(() => foldMapFigure(labels, maps, { ...options, classNames: ["x"] })).toThrow(/1 names/);
    expect(() => foldMapFigure(labels, [...maps, ...maps], options)).toThrow(/4 maps/);
    expect(() => foldMapFigure(labels, maps, { ...options, start: 5 })).toThrow(/one of 2, 3/);
  });
});
