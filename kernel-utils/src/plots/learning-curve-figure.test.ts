import { describe, expect, it } from "vitest";
import { InputError } from "../errors";
import type { LearningCurve } from "../learning-curve";
import { styles } from "../palette";
import { learningCurveFigure } from "./learning-curve-figure";

/** Two sizes, two seeds; seed 2 is worse by 2 points. */
const curve: LearningCurve = {
  points: [
    { size: 50, runs: 2, train: { mean: 0.99, sd: 0.014 }, validation: { mean: 0.79, sd: 0.014 } },
    { size: 1000, runs: 2, train: { mean: 0.99, sd: 0 }, validation: { mean: 0.94, sd: 0.014 } },
  ],
  scores: [
    { size: 50, fold: 0, seed: 1, train: 1, validation: 0.8 },
    { size: 50, fold: 0, seed: 2, train: 0.98, validation: 0.78 },
    { size: 1000, fold: 0, seed: 1, train: 0.99, validation: 0.95 },
    { size: 1000, fold: 0, seed: 2, train: 0.99, validation: 0.93 },
  ],
};
const options = { title: "More samples help", subtitle: "Digits" };

describe("learningCurveFigure", () => {
  it("draws a thin line for each run and the means on top, training and validation apart", () => {
    const { data, layout } = learningCurveFigure(curve, options);
    const lines = data.map((trace) => (trace.type === "scatter" ? trace : undefined));
    const thin = lines.filter((trace) => trace?.line?.width === 1);
    expect(thin.map((trace) => trace?.y)).toEqual([
      [100, 99],
      [98, 99],
      [80, 95],
      [78, 93],
    ]);
    const means = lines.filter((trace) => trace?.mode === "lines+markers");
    expect(means.map((trace) => trace?.y)).toEqual([
      [99, 99],
      [79, 94],
    ]);
    expect(means.map((trace) => trace?.line?.dash)).toEqual([
      styles.train.dash,
      styles.validation.dash,
    ]);
    expect(layout.xaxis).toMatchObject({ type: "log", ticktext: ["50", "1,000"] });
  });

  it("says the number of runs, and every mean in words and to the pointer", () => {
    const figure = learningCurveFigure(curve, options);
    expect(figure.layout.title.text).toContain("Digits; thin lines: 2 runs");
    expect(figure.alt).toContain("with 50 samples 99.0 and 79.0, with 1000 samples 99.0 and 94.0");
    const last = figure.data.at(-1);
    expect(last?.type === "scatter" && last.customdata?.[1]).toBe(
      "1,000 samples<br>validation 94.0 (sd 1.4, 2 runs)",
    );
  });

  it("draws losses in their own unit, and a single run as the curve itself", () => {
    const single: LearningCurve = {
      points: curve.points.map((point) => ({
        ...point,
        runs: 1,
        train: { ...point.train, sd: undefined },
        validation: { ...point.validation, sd: undefined },
      })),
      scores: curve.scores.filter(({ seed }) => seed === 1),
    };
    const figure = learningCurveFigure(single, { title: "t", measure: "loss", factor: 1 });
    expect(figure.data).toHaveLength(2);
    expect(figure.layout.title.text).toContain("one run");
    expect(figure.data[1]?.type === "scatter" && figure.data[1].y).toEqual([0.79, 0.94]);
  });

  it("refuses a single size and an empty title", () => {
    const one = { ...curve, points: curve.points.slice(0, 1) };
    expect(() => learningCurveFigure(one, options)).toThrow(InputError);
    expect(() => learningCurveFigure(curve, { title: "" })).toThrow(InputError);
  });
});
