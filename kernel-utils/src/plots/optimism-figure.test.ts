import { describe, expect, it } from "vitest";
import { InputError } from "../errors";
import type { ScatterTrace } from "../figure";
import { type OptimismStep, optimismFigure } from "./optimism-figure";

const steps: OptimismStep[] = [
  {
    size: 100,
    chosen: [
      { validation: 0.98, test: 0.94 },
      { validation: 0.96, test: 0.96 },
      { validation: 0.95, test: 0.96 },
    ],
  },
  { size: 600, chosen: [{ validation: 0.97, test: 0.96 }] },
];
const options = { title: "Fewer images flatter more", start: 100 };

function shownBy(symbol: string): ScatterTrace | undefined {
  const { data } = optimismFigure(steps, options);
  return (data as ScatterTrace[]).find(
    (trace) => trace.visible !== false && trace.marker?.symbol === symbol,
  );
}

describe("optimismFigure", () => {
  it("puts the test score across and the score that chose upwards", () => {
    const flattered = shownBy("x");
    expect([flattered?.x, flattered?.y]).toEqual([[94], [98]]);
    expect(flattered?.customdata).toEqual([
      "chosen by 100: 98 %<br>on test data: 94 %<br>98 - 94 = +4",
    ]);
  });

  it("does not count a model on the diagonal as flattered", () => {
    expect(shownBy("circle")?.x).toEqual([96, 96]);
    const notes = optimismFigure(steps, options).layout.annotations.map((note) => note.text);
    expect(notes.some((text) => text.includes("1 of 3 above the line"))).toBe(true);
  });

  it("marks the means with a diamond", () => {
    const middle = shownBy("diamond");
    expect(Number(middle?.x[0])).toBeCloseTo(95.333, 3);
    expect(Number(middle?.y[0])).toBeCloseTo(96.333, 3);
  });

  it("has the diagonal of equality and equal units on both axes", () => {
    const { layout } = optimismFigure(steps, options);
    expect(layout.shapes).toMatchObject([{ x0: 94, y0: 94, x1: 98, y1: 98 }]);
    expect(layout.yaxis?.scaleanchor).toBe("x");
  });

  it("starts, and is drawn on paper, at the sizes asked for", () => {
    const { layout, pictureSteps } = optimismFigure(steps, {
      ...options,
      start: 600,
      pictureSizes: [100, 600],
    });
    expect(layout.sliders?.[0].active).toBe(1);
    expect(layout.sliders?.[0].steps.map((step) => step.label)).toEqual(["100", "600"]);
    expect(pictureSteps).toEqual([0, 1]);
  });

  it("says each size's mean optimism in words", () => {
    expect(optimismFigure(steps, options).alt).toContain("100: +1 points, 600: +1 points");
    const modest = [{ size: 50, chosen: [{ validation: 0.9, test: 0.925 }] }, ...steps];
    expect(optimismFigure(modest, options).alt).toContain("50: −2.5 points");
  });

  it("draws scores that are all equal", () => {
    const chosen = [{ validation: 1, test: 1 }];
    const equal = [
      { size: 1, chosen },
      { size: 2, chosen },
    ];
    const { layout } = optimismFigure(equal, { title: "t", start: 1 });
    expect(layout.yaxis?.range[1]).toBeGreaterThan(Number(layout.yaxis?.range[0]));
  });

  it("refuses one step, an empty step, per cents, NaN, and sizes that are no step", () => {
    const [first, second] = steps as [OptimismStep, OptimismStep];
    const refuse = (list: readonly OptimismStep[], change: object = {}) =>
      expect(() => optimismFigure(list, { ...options, ...change })).toThrow(InputError);
    refuse([first]);
    refuse([first, { size: 200, chosen: [] }]);
    refuse([first, { size: 200, chosen: [{ validation: 98, test: 95 }] }]);
    refuse([first, { size: 200, chosen: [{ validation: Number.NaN, test: 0.9 }] }]);
    refuse([{ ...first, size: 0 }, second], { start: 600 });
    refuse(steps, { start: 300 });
    refuse(steps, { pictureSizes: [300] });
  });
});
