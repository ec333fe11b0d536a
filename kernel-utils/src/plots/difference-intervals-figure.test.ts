import { describe, expect, it } from "vitest";
import { InputError } from "../errors";
import { differenceIntervalsFigure } from "./difference-intervals-figure";

const rows = [
  { name: "10 seeds", interval: { estimate: 0.015, low: 0.009, high: 0.021, level: 0.95 } },
  { name: "5 splits", interval: { estimate: 0.006, low: -0.014, high: 0.025, level: 0.95 } },
  { name: "worse", interval: { estimate: -0.01, low: -0.012, high: -0.008, level: 0.95 } },
];
const options = { title: "Clear on one split", measure: "tuned − plain, points" };

describe("differenceIntervalsFigure", () => {
  it("fills the dots whose interval does not hold 0, on either side", () => {
    const { data } = differenceIntervalsFigure(rows, options);
    const names = (symbol: string) =>
      data.flatMap((trace) =>
        trace.type === "scatter" && trace.marker?.symbol === symbol ? [...trace.y] : [],
      );
    expect(names("circle")).toEqual(["10 seeds", "worse"]);
    expect(names("circle-open")).toEqual(["5 splits"]);
  });

  it("reaches from end to end of each interval, in points, and writes them beside it", () => {
    const { data, layout, alt } = differenceIntervalsFigure(rows, options);
    const open = data.find((trace) => trace.type === "scatter" && trace.y[0] === "5 splits");
    const bars = open?.type === "scatter" ? open.error_x : undefined;
    expect(bars?.array[0]).toBeCloseTo(1.9, 10);
    expect(bars?.arrayminus?.[0]).toBeCloseTo(2, 10);
    const notes = layout.annotations.map((note) => note.text);
    expect(notes).toContain("+0.6 (−1.4 to 2.5)");
    expect(alt).toContain("worse: −1 (−1.2 to −0.8)");
  });

  it("shows zero, also where all intervals lie on one side", () => {
    const { layout } = differenceIntervalsFigure(rows.slice(0, 1), options);
    expect(layout.shapes).toMatchObject([{ x0: 0, x1: 0 }]);
    const [from, to] = layout.xaxis?.range ?? [0, 0];
    expect(from).toBeLessThan(0);
    expect(to).toBeGreaterThan(2.1);
  });

  it("refuses no rows, an interval beside its estimate, and no title", () => {
    expect(() => differenceIntervalsFigure([], options)).toThrow(InputError);
    const beside = { name: "a", interval: { estimate: 0.5, low: 0.6, high: 0.7, level: 0.95 } };
    expect(() => differenceIntervalsFigure([beside], options)).toThrow(InputError);
    expect(() => differenceIntervalsFigure(rows, { ...options, title: " " })).toThrow(InputError);
  });
});
