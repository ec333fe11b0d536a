import { describe, expect, it } from "vitest";
import { InputError } from "../errors";
import type { ScatterTrace } from "../figure";
import { tagShareFigure } from "./tag-share-figure";

const tags = [
  { tag: "quiet", dataShare: 0.6, errorShare: 0.37 },
  { tag: "low bandwidth", dataShare: 0.06, errorShare: 0.185 },
  { tag: "even", dataShare: 0.3, errorShare: 0.3 },
];
const words = { title: "Low bandwidth fails more often", alt: "Scatter plot of shares" };
const dotsOf = (list: Parameters<typeof tagShareFigure>[0]) =>
  tagShareFigure(list, words).data as ScatterTrace[];

describe("tagShareFigure", () => {
  it("puts each tag at its share of the data and its share of the errors, in per cent", () => {
    const points = dotsOf(tags).flatMap((trace) =>
      trace.x.map((x, i) => [trace.text?.[i], Number(x), Number(trace.y[i])]),
    );
    expect(points).toContainEqual(["quiet", 60, 37]);
    expect(points).toContainEqual(["low bandwidth", 6, 18.5]);
    expect(points).toHaveLength(3);
  });

  it("marks what fails more than the rest by colour and symbol, and what lies on the diagonal", () => {
    const symbols = Object.fromEntries(
      dotsOf(tags).flatMap((trace) =>
        (trace.text ?? []).map((name, i) => [name, (trace.marker?.symbol ?? [])[i]]),
      ),
    );
    expect(symbols).toEqual({ quiet: "circle", "low bandwidth": "x", even: "diamond" });
  });

  it("draws the diagonal and starts both axes at the same end", () => {
    const { layout } = tagShareFigure(tags, words);
    const [diagonal] = layout.shapes;
    expect([diagonal?.x0, diagonal?.y0]).toEqual([0, 0]);
    expect(diagonal?.x1).toBe(diagonal?.y1);
    expect(layout.xaxis?.range[0]).toBe(0);
  });

  it("gives both shares under the pointer, or the text it was given", () => {
    const [only] = dotsOf([{ ...(tags[0] as (typeof tags)[0]), hover: "31 of 84 errors" }]);
    expect(only?.customdata).toEqual(["31 of 84 errors"]);
    const all = dotsOf(tags).flatMap((trace) => trace.customdata ?? []);
    expect(all).toContain("quiet: 60 % of the data,<br>37 % of the errors");
  });

  it("draws whiskers where ends are given", () => {
    const [trace] = dotsOf([{ tag: "a", dataShare: 0.2, errorShare: 0.3, low: 0.2, high: 0.45 }]);
    expect(trace?.error_y?.array[0]).toBeCloseTo(15);
    expect(trace?.error_y?.arrayminus?.[0]).toBeCloseTo(10);
  });

  it("refuses no tags, per cents, NaN, and intervals beside their share", () => {
    expect(() => tagShareFigure([], words)).toThrow(InputError);
    const bad = (dataShare: number, low?: number) => [
      { tag: "a", dataShare, errorShare: 0.3, ...(low !== undefined && { low, high: 0.5 }) },
    ];
    expect(() => tagShareFigure(bad(20), words)).toThrow(InputError);
    expect(() => tagShareFigure(bad(Number.NaN), words)).toThrow(InputError);
    expect(() => tagShareFigure(bad(0.2, 0.4), words)).toThrow(InputError);
    expect(() => tagShareFigure(tags, { ...words, alt: " " })).toThrow(InputError);
  });
});
