import { describe, expect, it } from "vitest";
import { caseDotsFigure } from "./case-dots-figure";

const words = { title: "All missed", alt: "dots" };

describe("caseDotsFigure", () => {
  const figure = caseDotsFigure(
    [
      { title: "model", counts: { tn: 905, fp: 9, fn: 18, tp: 68 } },
      { title: "always no", counts: { tn: 914, fp: 0, fn: 86, tp: 0 } },
    ],
    { ...words, names: { positive: "ill", negative: "well" } },
  );

  it("draws one dot per case, in a trace per box that is not empty", () => {
    expect(figure.data.map((trace) => trace.x.length)).toEqual([905, 9, 18, 68, 914, 86]);
  });

  it("never puts two cases of a panel on one spot", () => {
    const spots = figure.data
      .filter((trace) => trace.xaxis === "x")
      .flatMap((trace) => trace.x.map((x, i) => `${x} ${trace.y[i]}`));
    expect(new Set(spots).size).toBe(1000);
  });

  it("names every box, the empty ones too", () => {
    const texts = figure.layout.annotations.map((note) => note.text);
    expect(texts).toEqual(expect.arrayContaining(["0 found", "0 false alarms", "86 missed"]));
  });

  it("refuses rates, no predictor and crowds", () => {
    const of = (tn: number) => [{ title: "a", counts: { tn, fp: 0, fn: 0, tp: 1 } }];
    expect(() => caseDotsFigure(of(0.9), words)).toThrow(/whole number/);
    expect(() => caseDotsFigure([], words)).toThrow(/1 to 3/);
    expect(() => caseDotsFigure(of(2000), words)).toThrow(/at most 2000/);
  });
});
