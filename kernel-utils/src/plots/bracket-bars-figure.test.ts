import { describe, expect, it } from "vitest";
import { InputError } from "../errors";
import type { BarTrace } from "../figure";
import { type BracketRound, bracketBarsFigure } from "./bracket-bars-figure";

// The lecture's search: at most 10 epochs, factor 3.
const rounds: BracketRound[] = [
  { bracket: 1, trials: 12, from: 0, to: 2 },
  { bracket: 1, trials: 4, from: 2, to: 4 },
  { bracket: 1, trials: 2, from: 4, to: 10 },
  { bracket: 2, trials: 6, from: 0, to: 4 },
  { bracket: 2, trials: 2, from: 4, to: 10 },
  { bracket: 3, trials: 4, from: 0, to: 10 },
];
const options = { title: "Many briefly, or few for long" };

describe("bracketBarsFigure", () => {
  it("makes a bar as wide as the epochs that a round adds and as high as its settings", () => {
    const [first, second, third] = bracketBarsFigure(rounds, options).data as BarTrace[];
    expect([first?.x, first?.width, first?.y]).toEqual([
      [1, 3, 7],
      [2, 2, 6],
      [12, 4, 2],
    ]);
    expect([second?.x, second?.width, second?.y]).toEqual([
      [2, 7],
      [4, 6],
      [6, 2],
    ]);
    expect([third?.x, third?.width, third?.y]).toEqual([[5], [10], [4]]);
  });

  it("gives all panels the same scales, so that areas compare", () => {
    const { layout } = bracketBarsFigure(rounds, options);
    expect([layout.xaxis, layout.xaxis2, layout.xaxis3].map((axis) => axis?.range)).toEqual(
      Array(3).fill([0, 10]),
    );
    const tops = [layout.yaxis, layout.yaxis2, layout.yaxis3].map((axis) => axis?.range[1]);
    expect(new Set(tops).size).toBe(1);
  });

  it("says the epochs of each bracket and of all", () => {
    const { alt, layout } = bracketBarsFigure(rounds, options);
    expect(alt).toContain("Bracket 1: 12 x 2 + 4 x 2 + 2 x 6 = 44 epochs");
    expect(alt).toContain("Bracket 2: 6 x 4 + 2 x 6 = 36 epochs; Bracket 3: 4 x 10 = 40 epochs");
    expect(layout.title.text).toContain("120 in all");
    expect(layout.annotations.map((note) => note.text)).toContain("Bracket 2: 36 epochs");
  });

  it("tells the pointer the sum behind an area", () => {
    const [first] = bracketBarsFigure(rounds, options).data as BarTrace[];
    expect(first?.customdata?.[2]).toBe("round 3: 2 settings<br>epochs 5 to 10: 2 x 6 = 12");
  });

  it("sorts brackets by their numbers, which need not begin at 1", () => {
    const some = [rounds[5], rounds[3]] as BracketRound[];
    expect(bracketBarsFigure(some, options).alt).toMatch(/Bracket 2: .*Bracket 3: /);
  });

  it("refuses no rounds, six brackets, rounds that add no epoch, and no settings", () => {
    const refuse = (list: readonly BracketRound[]) =>
      expect(() => bracketBarsFigure(list, options)).toThrow(InputError);
    refuse([]);
    refuse(Array.from({ length: 6 }, (_, i) => ({ bracket: i + 1, trials: 1, from: 0, to: 1 })));
    refuse([{ bracket: 1, trials: 4, from: 2, to: 2 }]);
    refuse([{ bracket: 1, trials: 0, from: 0, to: 2 }]);
    refuse([{ bracket: 1, trials: 4, from: -1, to: 2 }]);
    refuse([{ bracket: 1, trials: 4, from: 0, to: 2.5 }]);
    refuse([{ bracket: 0, trials: 4, from: 0, to: 2 }]);
  });
});
