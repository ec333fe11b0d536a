import { describe, expect, it } from "vitest";
import { InputError } from "../errors";
import { greys } from "../palette";
import { rateByDrawFigure } from "./rate-by-draw-figure";

const groups = [
  { name: "thin", rates: [0.1, 0.09, 0.11] },
  { name: "not thin", rates: [0.07, 0.08, 0.06] },
];
const words = { title: "Thin stays harder", alt: "Line chart of rates" };

describe("rateByDrawFigure", () => {
  it("draws a named line per group over the draws, in per cent from 0", () => {
    const { data, layout } = rateByDrawFigure(groups, words);
    expect(data.map((trace) => trace.name)).toEqual(["thin", "not thin"]);
    expect(data[0]?.x).toEqual([1, 2, 3]);
    expect(((data[0]?.y ?? []) as number[]).map((rate) => rate.toFixed(1))).toEqual([
      "10.0",
      "9.0",
      "11.0",
    ]);
    expect(layout.yaxis?.range[0]).toBe(0);
    expect(data[0]).toMatchObject({ customdata: expect.arrayContaining(["thin, draw 1: 10 %"]) });
  });

  it("shows the last group, which the others are compared with, in grey", () => {
    const [first, last] = rateByDrawFigure(groups, words).data;
    expect(last).toMatchObject({ line: { color: greys.context } });
    expect(first).not.toMatchObject({ line: { color: greys.context } });
  });

  it("refuses one group, unequal draws, per cents, NaN and no draws", () => {
    const other = (rates: number[]) => [...groups, { name: "other", rates }];
    expect(() => rateByDrawFigure(groups.slice(0, 1), words)).toThrow(InputError);
    expect(() => rateByDrawFigure(other([0.1]), words)).toThrow(InputError);
    expect(() => rateByDrawFigure(other([10, 9, 11]), words)).toThrow(InputError);
    expect(() => rateByDrawFigure(other([0.1, Number.NaN, 0.1]), words)).toThrow(InputError);
    const none = groups.map(({ name }) => ({ name, rates: [] }));
    expect(() => rateByDrawFigure(none, words)).toThrow(InputError);
  });
});
