import { describe, expect, it } from "vitest";
import { prevalenceFigure } from "./prevalence-figure";

const quality = { sensitivity: 68 / 86, specificity: 905 / 914 };
const words = { title: "Rarer", alt: "line" };

describe("prevalenceFigure", () => {
  it("draws recall flat and precision rising, with the marked places on it", () => {
    const figure = prevalenceFigure(quality, {
      ...words,
      marked: [{ name: "medical", prevalence: 0.01 }],
    });
    const [recall, precision, marks] = figure.data;
    expect(new Set(recall?.y).size).toBe(1);
    const values = precision?.y.map(Number) ?? [];
    expect(values.every((value, i) => i === 0 || value > (values[i - 1] ?? 1))).toBe(true);
    expect(Number(marks?.y[0])).toBeCloseTo(0.448, 3);
    expect(JSON.stringify(marks)).toContain("medical: 44.8 %");
  });

  it("refuses places off the axis and rates that are no shares", () => {
    const at = (prevalence: number) => ({ ...words, marked: [{ name: "here", prevalence }] });
    expect(() => prevalenceFigure(quality, at(0))).toThrow(/"here"/);
    expect(() => prevalenceFigure(quality, at(Number.NaN))).toThrow(/"here"/);
    expect(() => prevalenceFigure({ ...quality, sensitivity: 79 }, at(0.1))).toThrow(/0 to 1/);
  });
});
