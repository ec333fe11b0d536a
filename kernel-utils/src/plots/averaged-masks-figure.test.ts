import { describe, expect, it } from "vitest";
import { InputError } from "../errors";
import type { ScatterTrace } from "../figure";
import { averagedMasksFigure } from "./averaged-masks-figure";

const counts = [1, 100, 10_000];
const runs = [
  [0.6, 0.06, 0.007],
  [0.8, 0.1, 0.009],
];
const options = { title: "A hundred times the masks, a tenth", measure: "distance of the logits" };

describe("averagedMasksFigure", () => {
  it("draws each run, their mean, and a guide that falls like one over the root", () => {
    const traces = averagedMasksFigure(counts, runs, options).data as ScatterTrace[];
    expect(traces.slice(0, 2).map((trace) => trace.y)).toEqual(runs);
    const guide = traces.find((trace) => trace.line?.dash === "dot");
    [0.7, 0.07, 0.007].forEach((value, i) => {
      expect(guide?.y[i]).toBeCloseTo(value, 12);
    });
    const mean = traces.find((trace) => trace.mode === "lines+markers");
    [0.7, 0.08, 0.008].forEach((value, i) => {
      expect(mean?.y[i]).toBeCloseTo(value, 12);
    });
    expect(mean?.customdata?.[1]).toBe("100 masks: 0.080");
  });

  it("has two logarithmic axes that hold all runs", () => {
    const { layout } = averagedMasksFigure(counts, runs, options);
    expect([layout.xaxis?.type, layout.yaxis?.type]).toEqual(["log", "log"]);
    const [low = 0, high = 0] = layout.yaxis?.range ?? [];
    expect(10 ** low).toBeLessThan(0.007);
    expect(10 ** high).toBeGreaterThan(0.8);
  });

  it("says all means in words", () => {
    const { alt } = averagedMasksFigure(counts, runs, options);
    expect(alt).toContain("Mean of 2 runs: 0.70 with 1, 0.080 with 100, 0.0080 with 10,000");
  });

  it("refuses one count, falling ones, no runs, unequal ones, and a distance of 0 or NaN", () => {
    const draw = (c: number[], r: number[][]) => () => averagedMasksFigure(c, r, options);
    expect(draw([1], [[1]])).toThrow(InputError);
    expect(draw([10, 1], [[1, 1]])).toThrow(/counts\[1\]/);
    expect(draw([1, 10], [])).toThrow(InputError);
    expect(draw([1, 10], [[1]])).toThrow(/runs\[0\]/);
    expect(draw([1, 10], [[1, 0]])).toThrow(/above 0/);
    expect(draw([1, 10], [[1, Number.NaN]])).toThrow(/above 0/);
  });
});
