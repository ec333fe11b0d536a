import { describe, expect, it } from "vitest";
import { InputError } from "../errors";
import { gainByEffortFigure, type MeasuredGain } from "./gain-by-effort-figure";

const promised = [
  { effort: [0, 10, 120], gain: [0, 0.01, 0.02] },
  { effort: [0, 10, 120], gain: [0, 0, 0.01] },
];
const measured: MeasuredGain[] = [
  { name: "tuned", effort: 120, gain: { estimate: 0.006, low: -0.01, high: 0.02, level: 0.95 } },
  {
    name: "longer",
    effort: 20,
    gain: { estimate: 0.012, low: 0.002, high: 0.022, level: 0.95 },
    label: "below",
  },
];
const options = { title: "Longer is enough", effort: "epochs" };

describe("gainByEffortFigure", () => {
  it("draws each search's promise in steps, and their mean on top", () => {
    const { data } = gainByEffortFigure(promised, measured, options);
    const steps = data.flatMap((trace) =>
      trace.type === "scatter" && trace.line?.shape === "hv" ? [trace] : [],
    );
    expect(steps.map((trace) => trace.y)).toEqual([
      [0, 1, 2],
      [0, 0, 1],
      [0, 0.5, 1.5],
    ]);
    expect(steps.map((trace) => (trace.line?.width ?? 0) > 1)).toEqual([false, false, true]);
  });

  it("draws what was measured with its interval, named at the end asked for", () => {
    const { data, layout, alt } = gainByEffortFigure(promised, measured, options);
    const marks = data.find((trace) => trace.type === "scatter" && trace.mode === "markers");
    expect(marks?.type === "scatter" && [marks.x, marks.y]).toEqual([
      [120, 20],
      [0.6, 1.2],
    ]);
    const note = (text: string) => layout.annotations.find((one) => one.text === text);
    expect(Number(note("tuned: +0.6")?.y)).toBeGreaterThan(2);
    expect(Number(note("longer: +1.2")?.y)).toBeLessThan(0.2);
    expect(note("tuned: +0.6")?.xanchor).toBe("right");
    expect(alt).toContain("2 searches promised in validation, in the end +2, +1");
    expect(alt).toContain("tuned +0.6 (−1 to 2) for 120");
  });

  it("does without a search", () => {
    const { data, alt } = gainByEffortFigure([], measured, options);
    expect(data).toHaveLength(1);
    expect(alt).not.toContain("promised");
  });

  it("refuses nothing measured, searches that spent otherwise, unequal columns, and no title", () => {
    const refuse = (searches: typeof promised, gains: MeasuredGain[], change = {}) =>
      expect(() => gainByEffortFigure(searches, gains, { ...options, ...change })).toThrow(
        InputError,
      );
    refuse(promised, []);
    refuse([...promised, { effort: [0, 11, 120], gain: [0, 0, 0] }], measured);
    refuse([{ effort: [0, 1], gain: [0] }], measured);
    refuse([{ effort: [0], gain: [Number.NaN] }], measured);
    refuse(promised, measured, { title: "" });
  });
});
