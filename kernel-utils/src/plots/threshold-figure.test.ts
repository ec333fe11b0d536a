import { describe, expect, it } from "vitest";
import type { HeatmapTrace, ScatterTrace } from "../figure";
import { countsAt } from "../threshold";
import { thresholdFigure } from "./threshold-figure";

const actual = [0, 0, 0, 0, 0, 0, 1, 1, 1, 0];
const scores = [0, 0.01, 0.1, 0.2, 0.5, 0.7, 0.3, 0.5, 1, 0.04];

describe("thresholdFigure", () => {
  const figure = thresholdFigure(actual, scores, {
    names: { positive: "ill", negative: "well" },
    data: "validation set",
  });
  const slider = figure.layout.sliders?.[0];

  it("has 21 steps and begins at .5", () => {
    expect(slider?.steps.length).toBe(21);
    expect(slider?.steps[slider.active]?.label).toBe("0.500");
  });

  it("shows at each step the counts of its threshold, ties called positive", () => {
    for (const step of slider?.steps ?? []) {
      const shown = figure.data.filter((_, i) => step.args[0].visible[i]);
      const matrix = shown.find((trace): trace is HeatmapTrace => trace.type === "heatmap");
      const { tn, fp, fn, tp } = countsAt(actual, scores, Number(step.label));
      expect(matrix?.text).toEqual([
        [`${tn} left alone`, `${fp} false alarms`],
        [`${fn} missed`, `${tp} found`],
      ]);
    }
  });

  it("puts every sample into a bar, also scores of 0 and 1", () => {
    const start = figure.data.filter((trace) => trace.visible !== false);
    const heights = start.flatMap((trace) =>
      trace.type === "bar" && trace.orientation === "v" ? trace.y.map(Number) : [],
    );
    expect(heights.reduce((sum, height) => sum + height, 0)).toBe(actual.length);
  });

  it("leaves the precision out where nothing is called positive", () => {
    const low = thresholdFigure([0, 1, 0], [0.1, 0.2, 0.1]);
    const last = low.layout.sliders?.[0].steps[20]?.args[0].visible ?? [];
    const points = low.data.filter(
      (trace, i): trace is ScatterTrace => last[i] === true && trace.xaxis === "x5",
    );
    expect(points.at(-1)?.y).toEqual([null]);
    expect(JSON.stringify(low)).toContain("0/0");
  });

  it("tells n, the classes and the counts at .5 to who can't see it", () => {
    expect(figure.alt).toContain("ill (3)");
    expect(figure.alt).toContain("2 are found, 1 missed, 2 false alarms, 5 left alone");
    expect(figure.layout.title.text).toContain("validation set: 10");
  });

  it("refuses logits and a single class", () => {
    expect(() => thresholdFigure([0, 1], [-2, 3])).toThrow(/probabilities from 0 to 1/);
    expect(() => thresholdFigure([0, 0], [0.1, 0.2])).toThrow(/no positive/);
    expect(() => thresholdFigure([0, 1], [Number.NaN, 0.2])).toThrow(/finite/);
    expect(() => thresholdFigure([], [])).toThrow(/empty/);
  });
});
