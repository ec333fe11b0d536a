import { describe, expect, it } from "vitest";
import type { LinearAxis } from "../figure";
import { axisTicks } from "./ticks";

const axis: LinearAxis = {
  type: "linear",
  range: [0, 1],
  domain: [0, 1],
  anchor: "y",
  showgrid: false,
  zeroline: false,
  showticklabels: true,
  ticks: "",
};
const format = (specifier: string, value: number) => `${specifier} of ${value}`;
const labels = (changes: Partial<LinearAxis>, length = 400) =>
  axisTicks({ ...axis, ...changes }, "x", length, format).map((tick) => tick.lines.join("|"));

// Whole figures are compared with Plotly's ticks in panel-boxes.test.ts.
describe("axisTicks", () => {
  it("are multiples of a round step, without rounding errors", () => {
    expect(labels({ range: [0, 0.7] })).toEqual(["0", "0.2", "0.4", "0.6"]);
  });

  it("are fewer on a short axis", () => {
    expect(labels({}, 100).length).toBeLessThan(labels({}, 900).length);
  });

  it("write minus as the sign, and put a suffix behind", () => {
    expect(labels({ range: [-1, 1], ticksuffix: " %" })).toContain("−0.5 %");
  });

  it("follow a format", () => {
    expect(labels({ range: [0, 1], tickvals: [0, 1], tickformat: ".0%" })).toEqual([
      ".0% of 0",
      ".0% of 1",
    ]);
  });

  it("stand where they are told, with the texts they are told, within the range", () => {
    const told = { tickvals: [0, 1, 2], ticktext: ["none", "one<br>line", "beyond"] };
    expect(labels(told)).toEqual(["none", "one|line"]);
  });

  it("name categories within the range", () => {
    const names = axisTicks(
      {
        ...axis,
        type: "category",
        categoryorder: "array",
        categoryarray: ["a", "b"],
        range: [0.5, -0.5],
      },
      "y",
      200,
      format,
    );
    expect(names).toEqual([{ value: 0, lines: ["a"] }]);
  });
});
