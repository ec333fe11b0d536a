import { describe, expect, it } from "vitest";
import { InputError } from "../errors";
import type { ScatterTrace } from "../figure";
import { promotionsFigure, type TrainedConfiguration } from "./promotions-figure";

const configurations: TrainedConfiguration[] = [
  { name: "32 units", bracket: 1, scores: [0.5, 0.6] },
  { name: "64 units", bracket: 1, scores: [0.6, 0.9, 0.95, 0.98] },
  { name: "96 units", bracket: 1, scores: [0.4, 0.3] },
  { name: "128 units", bracket: 2, scores: [0.7, 0.8, 0.9, 0.9] },
];
const options = { title: "Two of four go on", maxEpochs: 4 };

function tracesOf(list = configurations): ScatterTrace[] {
  return promotionsFigure(list, options).data as ScatterTrace[];
}

/** The drawn errors as the accuracies that they stand for. */
function accuracies(trace: ScatterTrace | undefined): (number | null)[] {
  return (trace?.y ?? []).map((y) => (y === null ? null : Number((100 - Number(y)).toFixed(6))));
}

describe("promotionsFigure", () => {
  it("ends a cut setting's line in a cross, a finished one's in a dot", () => {
    const shown = tracesOf().filter((trace) => trace.visible !== false);
    const crosses = shown.find((trace) => trace.marker?.symbol === "x");
    expect(crosses?.x).toEqual([2, 2]);
    expect(accuracies(crosses)).toEqual([60, 30]);
    const ends = shown.find((trace) => trace.marker?.symbol === "circle");
    expect([ends?.x, accuracies(ends)]).toEqual([[4], [90]]);
  });

  it("draws each setting's scores from epoch 1 on, with gaps between settings", () => {
    const [cut] = tracesOf();
    expect(cut?.x).toEqual([1, 2, null, 1, 2, null]);
    expect(accuracies(cut)).toEqual([50, 60, null, 40, 30, null]);
    expect(cut?.customdata?.[1]).toBe("32 units, bracket 1<br>epoch 2: 60 %");
  });

  it("names the setting with the best score of any epoch; of equal ones the first", () => {
    const names = (list: TrainedConfiguration[]) =>
      promotionsFigure(list, options).layout.annotations.map((note) => note.text);
    expect(names(configurations)).toContain("best:<br>64 units");
    const early = { name: "short", bracket: 1, scores: [0.98] };
    expect(names([...configurations, early])).toContain("best:<br>64 units");
    expect(names([early, ...configurations])).toContain("best:<br>short");
  });

  it("has a button for all brackets and one for each", () => {
    const { layout } = promotionsFigure(configurations, options);
    expect(layout.updatemenus?.[0].buttons.map((button) => button.label)).toEqual([
      "all brackets",
      "bracket 1",
      "bracket 2",
    ]);
    const alone = promotionsFigure(configurations.slice(0, 3), options);
    expect(alone.layout.updatemenus).toBeUndefined();
  });

  it("shows with a button that bracket's settings only", () => {
    const { data, layout } = promotionsFigure(configurations, options);
    const visible = layout.updatemenus?.[0].buttons[2]?.args[0].visible ?? [];
    const traces = data.filter((_, i) => visible[i]) as ScatterTrace[];
    expect(traces.map((trace) => trace.x)).toEqual([[1, 2, 3, 4, null], [4]]);
  });

  it("counts the cut and the finished in words", () => {
    const { alt, layout } = promotionsFigure(configurations, options);
    expect(alt).toContain(
      "4 configurations in 2 brackets: 2 are cut before epoch 4, 2 are trained",
    );
    expect(alt).toContain("Best: 64 units, 98 %");
    expect(layout.title.text).toContain("cross: cut (2 of 4); dot: trained to the end (2)");
    const none = promotionsFigure(configurations.slice(1, 2), options);
    expect(none.layout.title.text).not.toContain("cross");
  });

  it("writes accuracies at the axis, which is stretched towards 100", () => {
    const { yaxis } = promotionsFigure(configurations, options).layout;
    expect(yaxis?.type).toBe("log");
    expect(yaxis).toMatchObject({ ticktext: ["50", "80", "90", "95", "98"] });
    const close = [{ name: "one", bracket: 1, scores: [0.96, 0.975] }];
    const { layout } = promotionsFigure(close, options);
    expect(layout.yaxis).toMatchObject({ ticktext: ["96", "97", "98"] });
  });

  it("draws a perfect score, which has no logarithm, at 99.9 %", () => {
    const perfect = { name: "perfect", bracket: 1, scores: [0.5, 1] };
    const best = tracesOf([perfect]).at(-1);
    expect(accuracies(best)).toEqual([50, 99.9]);
    expect(best?.customdata?.[1]).toContain("epoch 2: 100 %");
  });

  it("takes typed arrays, labels every epoch up to twelve and about ten of more", () => {
    const scores = Float64Array.from({ length: 81 }, (_, i) => i / 81);
    const one = [{ name: "one", bracket: 1, scores }];
    const { xaxis } = promotionsFigure(one, { title: "t", maxEpochs: 81 }).layout;
    expect(xaxis).toMatchObject({ tickvals: [1, 9, 18, 27, 36, 45, 54, 63, 72, 81] });
    const { layout } = promotionsFigure(configurations, options);
    expect(layout.xaxis).toMatchObject({ tickvals: [1, 2, 3, 4] });
  });

  it("refuses no settings, no scores, too many, per cents, NaN, and half a bracket", () => {
    const refuse = (change: Partial<TrainedConfiguration>) =>
      expect(() =>
        promotionsFigure([{ name: "a", bracket: 1, scores: [0.5], ...change }], options),
      ).toThrow(InputError);
    refuse({ scores: [] });
    refuse({ scores: [0.1, 0.2, 0.3, 0.4, 0.5] });
    refuse({ scores: [50] });
    refuse({ scores: [Number.NaN] });
    refuse({ bracket: 0 });
    refuse({ bracket: 1.5 });
    expect(() => promotionsFigure([], options)).toThrow(/no configurations/);
  });
});
