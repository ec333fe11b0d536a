import { describe, expect, it } from "vitest";
import { InputError } from "../errors";
import type { ScatterTrace } from "../figure";
import { meanInterval } from "../mean-interval";
import { rateSweepFigure } from "./rate-sweep-figure";

const clean = [
  [0.94, 0.94],
  [0.92, 0.93],
  [0.93, 0.92],
];
const noisy = [
  [0.78, 0.88],
  [0.7, 0.84],
  [0.77, 0.83],
];
const sweeps = [
  { name: "clean labels", accuracies: clean },
  { name: "20 % wrong", accuracies: noisy },
];
const options = {
  title: "Dropout pays where labels are wrong",
  rates: [0, 0.5],
  measure: "accuracy on 600 images, %",
};

describe("rateSweepFigure", () => {
  it("draws each seed and the mean, a panel for each condition on one scale", () => {
    const { data, layout } = rateSweepFigure(sweeps, options);
    const lines = (data as ScatterTrace[]).filter((trace) => trace.mode === "lines");
    expect(lines).toHaveLength(8);
    const mean = lines.filter((trace) => trace.xaxis === "x2").at(-1);
    expect(mean?.y[0]).toBeCloseTo(75, 9);
    expect(mean?.y[1]).toBeCloseTo(85, 9);
    expect(layout.yaxis?.range).toEqual(layout.yaxis2?.range);
  });

  it("has whiskers as wide as the interval of the paired gain, none at the first rate", () => {
    const marks = (rateSweepFigure(sweeps, options).data as ScatterTrace[]).filter(
      (trace) => trace.mode === "markers",
    );
    const paired = meanInterval(noisy.map(([first = 0, second = 0]) => 100 * (second - first)));
    expect(marks[1]?.error_y?.array[1]).toBeCloseTo(paired.high - paired.estimate, 9);
    expect(marks[1]?.error_y?.array[0]).toBeCloseTo(0, 9);
    expect(marks[1]?.customdata?.[1]).toMatch(
      /^rate 0.5: mean 85 %<br>gain \+10 ± 9.9 points, n = 3/,
    );
  });

  it("writes each gain over the first rate, with its sign", () => {
    const { layout, alt } = rateSweepFigure(sweeps, options);
    const texts = layout.annotations.map((annotation) => annotation.text);
    expect(texts).toEqual(expect.arrayContaining(["0", "+10"]));
    expect(alt).toContain("20 % wrong: 75 % at rate 0, +10 ± 9.9 at 0.5");
  });

  it("refuses one seed, one rate, per cents, unequal runs, and four conditions", () => {
    const draw = (accuracies: number[][], rates = options.rates) =>
      rateSweepFigure([{ name: "a", accuracies }], { ...options, rates });
    expect(() => draw([[0.5, 0.6]])).toThrow(/"a" has 1 seeds/);
    expect(() => draw([[0.5], [0.6]], [0])).toThrow(InputError);
    expect(() =>
      draw([
        [94, 95],
        [93, 92],
      ]),
    ).toThrow(/from 0 to 1/);
    expect(() => draw([[0.5, 0.6], [0.5]])).toThrow(/accuracies\[1\] of a/);
    const four = [...sweeps, ...sweeps];
    expect(() => rateSweepFigure(four, options)).toThrow(/1 to 3 sweeps/);
    expect(() => rateSweepFigure([], options)).toThrow(InputError);
  });
});
