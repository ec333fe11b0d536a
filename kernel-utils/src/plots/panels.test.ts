import { describe, expect, it } from "vitest";
import { InputError } from "../errors";
import type { ScatterTrace } from "../figure";
import { styles } from "../palette";
import { bars } from "./bars";
import { dots } from "./dots";
import { heatmap } from "./heatmap";
import { line } from "./line";
import { note, segment, verticalLine } from "./notes";
import { figure, panels } from "./panels";

const words = { title: "A finding", alt: "Line chart of nothing." };
const rising = line({ x: [1, 2, 3], y: [10, 20, 40] });

describe("figure", () => {
  it("is JSON, with all that Plotly needs", () => {
    const fig = figure(words, rising);
    expect(JSON.parse(JSON.stringify(fig))).toEqual(fig);
    expect(fig.data).toHaveLength(1);
    expect(fig.alt).toBe("Line chart of nothing.");
  });

  it("fits axes to the data with room for markers", () => {
    const { xaxis, yaxis } = figure(words, rising).layout;
    expect(xaxis?.range).toEqual([0.9, 3.1]);
    expect(yaxis?.range).toEqual([8.5, 41.5]);
  });

  it("uses a range as it is given, also turned round", () => {
    const { xaxis } = figure({ ...words, x: { range: [5, 0] } }, rising).layout;
    expect(xaxis?.range).toEqual([5, 0]);
  });

  it("lets bars begin at 0, and leaves room for labels at their ends", () => {
    const plain = figure(words, bars({ at: ["a", "b"], values: [3, 7] }));
    expect(plain.layout.yaxis?.range).toEqual([0, 7.35]);
    const labelled = figure(words, bars({ at: ["a", "b"], values: [3, 7], labels: ["3", "7"] }));
    expect(labelled.layout.yaxis?.range[1]).toBeGreaterThan(7.5);
  });

  it("adds up stacked bars", () => {
    const layer = bars({ at: ["a", "b"], values: [4, 2] });
    const { yaxis } = figure({ ...words, barMode: "stack" }, layer, layer).layout;
    expect(yaxis?.range).toEqual([0, 8.4]);
  });

  it("holds whiskers, lines and notes", () => {
    const { xaxis, yaxis } = figure(
      words,
      dots({ x: [1], y: [1], yWhiskers: { low: [-4], high: [6] } }),
      verticalLine(9),
      segment([0, 0], [2, 2]),
      note({ x: 12, y: 1, text: "far" }),
    ).layout;
    expect(xaxis?.range).toEqual([0, 12]);
    expect(yaxis?.range).toEqual([-4.5, 6.5]);
  });

  it("gives one value an axis around it", () => {
    const { yaxis } = figure(words, dots({ x: [1], y: [5] })).layout;
    expect(yaxis?.range).toEqual([4.75, 5.25]);
    expect(figure(words, dots({ x: [0], y: [0] })).layout.yaxis?.range).toEqual([-0.05, 0.05]);
  });

  it("orders names as they come, or as told, from top to bottom", () => {
    const mark = bars({ horizontal: true, at: ["b", "a"], values: [1, 2] });
    const asTheyCome = figure(words, mark).layout.yaxis;
    expect(asTheyCome).toMatchObject({ categoryarray: ["b", "a"], range: [1.5, -0.5] });
    const asTold = figure({ ...words, y: { categories: ["a", "b", "c"] } }, mark).layout.yaxis;
    expect(asTold).toMatchObject({ categoryarray: ["a", "b", "c"], range: [2.5, -0.5] });
  });

  it("puts the first row of cells on top", () => {
    const { xaxis, yaxis } = figure(
      words,
      heatmap({
        z: [
          [1, 2],
          [3, 4],
          [5, 6],
        ],
      }),
    ).layout;
    expect(yaxis?.range).toEqual([2.5, -0.5]);
    expect(xaxis?.range).toEqual([-0.5, 1.5]);
  });

  it("counts in powers on a logarithmic axis, and places notes by their logarithm", () => {
    const { xaxis, annotations, shapes } = figure(
      { ...words, x: { type: "log", range: [0.001, 1] } },
      line({ x: [0.001, 1], y: [0, 1] }),
      note({ x: 0.01, y: 0.5, text: "here" }),
      verticalLine(0.1),
    ).layout;
    expect(xaxis).toMatchObject({ range: [-3, 0], ticktext: ["0.001", "0.01", "0.1", "1"] });
    expect(annotations.find((one) => one.text === "here")?.x).toBe(-2);
    expect(shapes[0].x0).toBe(0.1);
  });

  it("names 2 and 5 too where a logarithmic axis is short", () => {
    const { xaxis } = figure(
      { ...words, x: { type: "log", range: [500, 20000] } },
      line({ x: [500, 20000], y: [0, 1] }),
    ).layout;
    expect(xaxis).toMatchObject({
      ticktext: ["500", "1,000", "2,000", "5,000", "10,000", "20,000"],
    });
  });

  it("names lines at their last point and keeps the names apart", () => {
    const { annotations, margin } = figure(
      { ...words, height: 400 },
      line({ x: [0, 1], y: [0, 0.5], label: "first", style: styles.train }),
      line({ x: [0, 1], y: [1, 0.5], label: "second", style: styles.validation }),
    ).layout;
    const [low, high] = annotations.map((one) => one.yshift ?? 0).sort((a, b) => a - b);
    expect(high - low).toBeGreaterThanOrEqual(16);
    expect(margin.r).toBeGreaterThan(50);
    expect(annotations.map((one) => one.font.color)).toEqual(["#0072B2", "#333333"]);
  });

  it("has a title of as many lines as 600 pixels need, and a subtitle below", () => {
    const title = "Raise the threshold, and recall falls before precision gains";
    const one = figure(words, rising).layout;
    const two = figure({ ...words, title, subtitle: "n = 5 & more" }, rising).layout;
    expect(two.title.text).toMatch(
      /recall<br>falls .*<br><span style=.*>n = 5 &amp; more<\/span>$/,
    );
    expect(two.margin.t - one.margin.t).toBeGreaterThan(40);
  });

  it("asks for a finding and for a text that stands for the figure", () => {
    expect(() => figure({ ...words, title: " " }, rising)).toThrow(InputError);
    expect(() => figure({ ...words, alt: "" }, rising)).toThrow(/alt is empty/);
  });

  it("refuses what a logarithmic axis can't show", () => {
    const mark = line({ x: [0, 1], y: [0, 1] });
    expect(() => figure({ ...words, x: { type: "log" } }, mark)).toThrow(/numbers above 0/);
  });

  it("asks for one label per tick", () => {
    const x = { ticks: [1, 2], tickLabels: ["one"] };
    expect(() => figure({ ...words, x }, rising)).toThrow(/1 tickLabels for 2 ticks/);
  });
});

describe("panels", () => {
  const panel = { marks: [rising] };

  it("number their axes and place them in a grid, the first on top", () => {
    const { data, layout } = panels({ ...words, columns: [1, 1] }, [panel, panel, panel, panel]);
    expect(data.map((trace) => trace.xaxis)).toEqual(["x", "x2", "x3", "x4"]);
    expect(layout.xaxis?.domain[0]).toBe(0);
    expect(layout.xaxis2?.domain[1]).toBe(1);
    expect(layout.yaxis?.domain[1]).toBe(1);
    expect(layout.yaxis3?.domain[0]).toBe(0);
    expect(layout.yaxis?.domain[0]).toBeGreaterThan(layout.yaxis3?.domain[1] ?? 1);
  });

  it("share the width as told", () => {
    const { layout } = panels({ ...words, columns: [3, 1] }, [panel, panel]);
    const width = (domain: [number, number] = [0, 0]) => domain[1] - domain[0];
    expect(width(layout.xaxis?.domain) / width(layout.xaxis2?.domain)).toBeCloseTo(3, 1);
  });

  it("move notes and lines to their own axes", () => {
    const noted = { marks: [rising, verticalLine(2, { label: "here" })] };
    const { shapes, annotations } = panels(words, [panel, noted]).layout;
    expect(shapes).toMatchObject([{ xref: "x2", yref: "y2 domain" }]);
    expect(annotations).toMatchObject([{ xref: "x2", yref: "y2 domain" }]);
  });

  it("refuse none, too many, and rows that don't fit", () => {
    expect(() => panels(words, [])).toThrow(InputError);
    expect(() => panels(words, Array(10).fill(panel))).toThrow(/1 to 9 panels/);
    expect(() => panels({ ...words, columns: [1], rows: [1, 1] }, [panel])).toThrow(/got 1/);
  });

  it("change nothing of what they are given", () => {
    const before = structuredClone(rising);
    panels(words, [panel, panel]);
    expect(rising).toEqual(before);
  });
});

describe("marks of one panel", () => {
  it("join categories from several traces on one axis", () => {
    const { layout, data } = figure(
      words,
      dots({ x: [1, 2], y: ["a", "b"] }),
      dots({ x: [3], y: ["c"] }),
    );
    expect(layout.yaxis).toMatchObject({ type: "category", categoryarray: ["a", "b", "c"] });
    expect((data[1] as ScatterTrace).y).toEqual(["c"]);
  });
});
