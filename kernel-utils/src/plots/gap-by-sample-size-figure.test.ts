import { describe, expect, it } from "vitest";
import { InputError } from "../errors";
import { type GapBySampleSizeOptions, gapBySampleSizeFigure } from "./gap-by-sample-size-figure";

const speech = [
  { name: "quiet", share: 0.6, model: 0.94, human: 0.95 },
  { name: "car noise", share: 0.04, model: 0.89, human: 0.93 },
  { name: "low bandwidth", share: 0.06, model: 0.7, human: 0.7 },
];
const options: GapBySampleSizeOptions = {
  title: "With 1,000 clips no gap is clear of 0",
  unit: "clips",
  counts: [500, 1000, 10_000],
  start: 1000,
  pictureCounts: [1000, 10_000],
};

/** The notes beside the rows at a step, from top to bottom. */
function notesAt(step: number): string[] {
  const args = gapBySampleSizeFigure(speech, options).layout.sliders?.[0].steps[step]?.args;
  return (args?.[1].annotations ?? [])
    .map((note) => note.text)
    .filter((text) => text.includes("n ="));
}

describe("gapBySampleSizeFigure", () => {
  it("shows each gap with its interval and its own n, widest gap first", () => {
    // By hand: 1.96 sqrt(.93 x .07 / 40 + .89 x .11 / 40) = .1251.
    expect(notesAt(1)).toEqual(["+4 ± 12.5, n = 40", "+1 ± 2.6, n = 600", "0 ± 16.4, n = 60"]);
    expect(notesAt(2)).toEqual(["+4 ± 4.0, n = 400", "+1 ± 0.8, n = 6,000", "0 ± 5.2, n = 600"]);
  });

  it("fills the dots whose interval does not hold 0", () => {
    const { data } = gapBySampleSizeFigure(speech, options);
    const names = (symbol: string) =>
      data.flatMap((trace) =>
        trace.type === "scatter" && trace.marker?.symbol === symbol ? [trace.y] : [],
      );
    expect(names("circle-open")).toEqual([
      ["car noise", "quiet", "low bandwidth"],
      ["car noise", "quiet", "low bandwidth"],
      ["low bandwidth"],
    ]);
    expect(names("circle")).toEqual([["car noise", "quiet"]]);
  });

  it("starts, and is drawn on paper, at the counts asked for", () => {
    const figure = gapBySampleSizeFigure(speech, options);
    expect(figure.layout.sliders?.[0].active).toBe(1);
    expect(figure.layout.sliders?.[0].steps.map((step) => step.label)).toEqual([
      "500",
      "1,000",
      "10,000",
    ]);
    expect(figure.pictureSteps).toEqual([1, 2]);
    expect(figure.alt).toContain("car noise +4 (−8.5 to 16.5, n = 40)");
  });

  it("refuses a start that is no step, a count that leaves a condition empty, too many steps", () => {
    const refuse = (change: Partial<GapBySampleSizeOptions>) =>
      expect(() => gapBySampleSizeFigure(speech, { ...options, ...change })).toThrow(InputError);
    refuse({ start: 1500 });
    refuse({ counts: [10, 1000, 10_000] });
    refuse({ counts: Array.from({ length: 41 }, (_, i) => 1000 * (i + 1)) });
    refuse({ counts: [1000.5, 1000, 10_000] });
  });
});
