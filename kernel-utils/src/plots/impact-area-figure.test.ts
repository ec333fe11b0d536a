import { describe, expect, it } from "vitest";
import { InputError } from "../errors";
import { impactAreaFigure } from "./impact-area-figure";

const lecture = [
  { name: "quiet", share: 0.6, model: 0.94, human: 0.95 },
  { name: "car noise", share: 0.04, model: 0.89, human: 0.93 },
  { name: "people noise", share: 0.3, model: 0.87, human: 0.89 },
  { name: "low bandwidth", share: 0.06, model: 0.7, human: 0.7 },
];
const words = { title: "Two hold the same headroom", alt: "Area map of impacts" };

/** The bars that show while the slider stands at a step: all gaps, then their closed part. */
function barsAt(figure: ReturnType<typeof impactAreaFigure>, step: number) {
  const visible = figure.layout.sliders?.[0].steps[step]?.args[0].visible ?? [];
  return figure.data.filter((trace, i) => trace.type === "bar" && visible[i]);
}

function textsAt(figure: ReturnType<typeof impactAreaFigure>, step: number): string[] {
  const change = figure.layout.sliders?.[0].steps[step]?.args[1];
  return (change?.annotations ?? []).map((note) => note.text);
}

describe("impactAreaFigure", () => {
  it("draws areas as wide as shares and as high as gaps, side by side, the largest gap left", () => {
    const [gaps] = barsAt(impactAreaFigure(lecture, words), 20);
    const widths = gaps?.type === "bar" ? (gaps.width as number[]) : [];
    const round = (values: readonly unknown[]) => values.map((value) => Number(value).toFixed(2));
    expect(round(widths)).toEqual(["4.00", "30.00", "60.00", "6.00"]);
    expect(round(gaps?.x as number[])).toEqual(["2.00", "19.00", "64.00", "97.00"]);
    expect(round((gaps?.y ?? []) as number[])).toEqual(["4.00", "2.00", "1.00", "0.00"]);
  });

  it("closes 0 to 100 % of every gap in steps of 5 and tells each gain and their sum", () => {
    const figure = impactAreaFigure(lecture, words);
    const slider = figure.layout.sliders?.[0];
    expect(slider?.steps.map((step) => step.label)).toHaveLength(21);
    expect(slider?.active).toBe(20);
    const closed = barsAt(figure, 10)[1];
    expect(((closed?.y ?? []) as number[]).map((value) => value.toFixed(1))).toEqual([
      "2.0",
      "1.0",
      "0.5",
      "0.0",
    ]);
    expect(figure.layout.barmode).toBe("overlay");
    expect(textsAt(figure, 20)).toContain("overall 90.26 % + 1.36 points = 91.62 %");
    expect(textsAt(figure, 10)).toContain("overall 90.26 % + 0.68 points = 90.94 %");
    expect(textsAt(figure, 20)).toContain("car noise: +0.16<br>4 % × 4 × 100 %");
    expect(textsAt(figure, 20)).toContain("low bandwidth: +0.00<br>6 % × 0 × 100 %");
  });

  it("gains nothing where the model is ahead of people, and keeps the gap's sign", () => {
    const ahead = [
      { name: "table", share: 0.5, model: 0.9, human: 0.8 },
      { name: "sound", share: 0.5, model: 0.8, human: 0.9 },
    ];
    const figure = impactAreaFigure(ahead, words);
    const [gaps, closed] = barsAt(figure, 20);
    expect(((gaps?.y ?? []) as number[]).map(Math.round)).toEqual([10, -10]);
    expect(((closed?.y ?? []) as number[]).map(Math.round)).toEqual([10, 0]);
    expect(textsAt(figure, 20)).toContain("overall 85.00 % + 5.00 points = 90.00 %");
  });

  it("keeps labels of neighbours with equal gaps apart", () => {
    const equal = ["a", "b", "c", "d"].map((name) => {
      return { name: `condition ${name}`, share: 0.1, model: 0.8, human: 0.9 };
    });
    const { layout } = impactAreaFigure(equal, words);
    const heights = layout.annotations
      .filter((note) => note.text.startsWith("condition"))
      .map((note) => Number(note.y));
    expect(new Set(heights.map((y) => y.toFixed(3))).size).toBe(4);
  });

  it("begins where it is told", () => {
    expect(impactAreaFigure(lecture, { ...words, start: 50 }).layout.sliders?.[0].active).toBe(10);
  });

  it("refuses per cents, shares beyond 1, no rows, no title and a start between steps", () => {
    const [first] = lecture;
    const wrong = { name: "x", share: 60, model: 0.9, human: 0.9 };
    expect(() => impactAreaFigure([wrong], words)).toThrow(InputError);
    expect(() => impactAreaFigure([...lecture, ...(first ? [first] : [])], words)).toThrow(
      /add up to/,
    );
    expect(() => impactAreaFigure([], words)).toThrow(InputError);
    expect(() => impactAreaFigure(lecture, { ...words, title: "" })).toThrow(InputError);
    expect(() => impactAreaFigure(lecture, { ...words, start: 33 })).toThrow(/multiple of 5/);
    const missing = { name: "x", share: Number.NaN, model: 0.9, human: 0.9 };
    expect(() => impactAreaFigure([missing], words)).toThrow(InputError);
  });
});
