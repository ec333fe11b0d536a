import { describe, expect, it } from "vitest";
import { InputError } from "../errors";
import type { BarTrace, HeatmapTrace, ScatterTrace } from "../figure";
import { bars } from "./bars";
import { dots } from "./dots";
import { dumbbells } from "./dumbbells";
import { heatmap } from "./heatmap";
import { line } from "./line";
import { inPanel, type Mark } from "./mark";
import { horizontalLine, note, region, verticalLine } from "./notes";

const points = (mark: Mark, i = 0) => mark.traces[i] as ScatterTrace;

describe("line", () => {
  it("takes plain and typed arrays, tensors and columns of data frames", () => {
    const tensor = { shape: [2], dataSync: () => Float32Array.of(3, 4) };
    const column = { values: [5, 6] };
    expect(points(line({ x: Float64Array.of(1, 2), y: tensor })).y).toEqual([3, 4]);
    expect(points(line({ x: [1, 2], y: column })).y).toEqual([5, 6]);
  });

  it("breaks at null, and refuses NaN with a hint", () => {
    expect(points(line({ x: [1, 2, 3], y: [1, null, 3] })).y).toEqual([1, null, 3]);
    expect(() => line({ x: [1], y: [Number.NaN] })).toThrow(/null for a gap/);
    expect(() => line({ x: [1], y: [Number.POSITIVE_INFINITY] })).toThrow(InputError);
  });

  it("refuses columns of different length, empty ones and texts that don't fit", () => {
    expect(() => line({ x: [1, 2], y: [1] })).toThrow(InputError);
    expect(() => line({ x: [], y: [] })).toThrow(/x is empty/);
    expect(() => line({ x: [1], y: [1], hover: ["a", "b"] })).toThrow(InputError);
  });

  it("is named at the last point that is there", () => {
    const { endLabels } = line({ x: [1, 2, 3], y: [5, 6, null], label: "a < b" });
    expect(endLabels).toMatchObject([{ x: 2, y: 6, text: "a &lt; b" }]);
  });

  it("tells the pointer what it was told, and nothing else", () => {
    const told = points(line({ x: [1], y: [1], hover: ["3 of 4\n= 75 %"] }));
    expect(told.customdata).toEqual(["3 of 4<br>= 75 %"]);
    expect(told.hovertemplate).toBe("%{customdata}<extra></extra>");
    expect(points(line({ x: [1], y: [1] })).hoverinfo).toBe("skip");
  });
});

describe("dots", () => {
  it("turns ends of whiskers into lengths", () => {
    const mark = dots({ x: [1, 2], y: [5, 6], yWhiskers: { low: [4, 6], high: [7, 6.5] } });
    expect(points(mark).error_y).toMatchObject({ array: [2, 0.5], arrayminus: [1, 0] });
  });

  it("refuses whiskers that don't enclose their point", () => {
    const lengths = { low: [1], high: [1] };
    expect(() => dots({ x: [1], y: [5], yWhiskers: lengths })).toThrow(/not as lengths/);
  });

  it("takes a colour, symbol and size for all or for each", () => {
    const each = dots({ x: [1, 2], y: [1, 2], color: ["#000000", "#ffffff"], size: [3, 4] });
    expect(points(each).marker).toMatchObject({ color: ["#000000", "#ffffff"], size: [3, 4] });
    expect(() => dots({ x: [1, 2], y: [1, 2], size: [3] })).toThrow(InputError);
  });
});

describe("bars", () => {
  it("stand upright or lie", () => {
    const upright = bars({ at: ["a"], values: [3] }).traces[0] as BarTrace;
    expect(upright).toMatchObject({ orientation: "v", x: ["a"], y: [3] });
    const lying = bars({ at: ["a"], values: [3], horizontal: true }).traces[0] as BarTrace;
    expect(lying).toMatchObject({ orientation: "h", x: [3], y: ["a"] });
  });

  it("have whiskers at their end, which a base moves", () => {
    const mark = bars({ at: [1], values: [3], base: [2], whiskers: { low: [4], high: [6] } });
    expect(mark.traces[0]).toMatchObject({ error_y: { array: [1], arrayminus: [1] } });
  });

  it("refuse columns that don't fit", () => {
    expect(() => bars({ at: ["a", "b"], values: [1] })).toThrow(InputError);
    expect(() => bars({ at: [1], values: [1], width: [1, 2] })).toThrow(InputError);
    expect(() => bars({ at: [1], values: [1], base: [] })).toThrow(InputError);
  });
});

describe("heatmap", () => {
  it("spreads colours over the values, without those that are missing", () => {
    const mark = heatmap({
      z: [
        [1, null],
        [9, 5],
      ],
    });
    expect(mark.traces[0]).toMatchObject({ zmin: 1, zmax: 9 });
  });

  it("has a scale even where all values are equal", () => {
    const { zmin, zmax } = heatmap({ z: [[3, 3]] }).traces[0] as HeatmapTrace;
    expect(zmax).toBeGreaterThan(zmin);
  });

  it("refuses ragged rows, wrong names and grids without numbers", () => {
    expect(() => heatmap({ z: [[1, 2], [3]] })).toThrow(/z\[1\] has 1 values, expected 2/);
    expect(() => heatmap({ z: [[1]], x: ["a", "b"] })).toThrow(InputError);
    expect(() => heatmap({ z: [[1]], text: [["a"], ["b"]] })).toThrow(InputError);
    expect(() => heatmap({ z: [[null]] })).toThrow(/no number/);
    expect(() => heatmap({ z: [] })).toThrow(InputError);
  });
});

describe("notes", () => {
  it("have an arrow only if they stand away from their point", () => {
    const [at] = note({ x: 1, y: 1, text: "a" }).annotations;
    expect(at.showarrow).toBe(false);
    const [away] = note({ x: 1, y: 1, text: "a", up: 30, right: 5 }).annotations;
    expect(away).toMatchObject({ showarrow: true, ax: 5, ay: -30, yanchor: "bottom" });
  });

  it("cross the panel at a value or at a name", () => {
    expect(verticalLine("b").shapes).toMatchObject([{ x0: "b", x1: "b", yref: "y domain" }]);
    expect(horizontalLine(2, { label: "two", labelSide: "left" }).annotations).toMatchObject([
      { y: 2, x: 0, xref: "x domain", xanchor: "left" },
    ]);
  });

  it("shade between ends, and as far as the border where none is given", () => {
    expect(region({ x: [1, 2] }).shapes).toMatchObject([
      { x0: 1, x1: 2, yref: "y domain", y0: 0, y1: 1, layer: "below" },
    ]);
    expect(region({ outline: true }).shapes[0].fillcolor).toBeUndefined();
  });
});

describe("dumbbells", () => {
  it("join two dots a row, and name the ends on the outside", () => {
    const mark = dumbbells({ rows: ["a", "b"], from: [2, 1], to: [5, 1], toLabel: "people" });
    expect(points(mark, 0).x).toEqual([2, 5, null, 1, 1, null]);
    expect(points(mark, 2)).toMatchObject({ text: ["people", ""], textposition: "middle right" });
  });
});

describe("inPanel", () => {
  it("moves all pieces to the axes of a panel", () => {
    const moved = inPanel(3, line({ x: [1], y: [1], label: "a" }), verticalLine(1));
    expect(moved.traces[0]).toMatchObject({ xaxis: "x3", yaxis: "y3" });
    expect(moved.shapes[0]).toMatchObject({ xref: "x3", yref: "y3 domain" });
    expect(moved.endLabels[0].panel).toBe("3");
  });

  it("refuses a panel that can't be", () => {
    expect(() => inPanel(0)).toThrow(InputError);
    expect(() => inPanel(10)).toThrow(/1 to 9/);
  });
});
