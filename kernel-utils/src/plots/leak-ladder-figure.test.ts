import { describe, expect, it } from "vitest";
import { InputError } from "../errors";
import type { ScatterTrace } from "../figure";
import { leakLadderFigure } from "./leak-ladder-figure";

const leaks = [
  { name: "scaling", reported: [0.97, 0.98], honest: [0.97, 0.98] },
  { name: "choosing", reported: [0.9, 0.94], honest: [0.46, 0.54] },
];
const title = "Choosing leaks, scaling doesn't";

describe("leakLadderFigure", () => {
  it("draws a line for each seed from the honest to the reported score, and both means", () => {
    const [, lines, honest, reported] = leakLadderFigure(leaks, { title }).data as ScatterTrace[];
    expect(lines?.x).toEqual([46, 90, null, 54, 94, null]);
    expect(lines?.y).toEqual([0.875, 0.875, null, 1.125, 1.125, null]);
    expect(honest?.x).toEqual([97.5, 50]);
    expect(reported?.x).toEqual([97.5, 92]);
  });

  it("begins the axis at the tens below the lowest score, and says all means in words", () => {
    const { layout, alt } = leakLadderFigure(leaks, { title });
    expect(layout.xaxis?.range[0]).toBe(40);
    expect(alt).toContain(
      "scaling: reported 97.5, honest 97.5; choosing: reported 92.0, honest 50.0",
    );
    const texts = layout.annotations.map((note) => note.text);
    expect(texts).toEqual(["97.5", "97.5", "honest 50.0", "reported 92.0"]);
  });

  it("refuses no leaks, unequal columns, NaN and no title", () => {
    expect(() => leakLadderFigure([], { title })).toThrow(InputError);
    const uneven = [{ name: "x", reported: [1], honest: [1, 1] }];
    expect(() => leakLadderFigure(uneven, { title })).toThrow(/x: reported has 1/);
    const missing = [{ name: "x", reported: [Number.NaN], honest: [1] }];
    expect(() => leakLadderFigure(missing, { title })).toThrow(InputError);
    expect(() => leakLadderFigure(leaks, { title: "" })).toThrow(InputError);
  });
});
