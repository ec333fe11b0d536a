import { describe, expect, it } from "vitest";
import { dropoutMask } from "../dropout";
import { InputError } from "../errors";
import type { ScatterTrace } from "../figure";
import { SeededRandom } from "../random";
import { neuronMasksFigure } from "./neuron-masks-figure";

const masks = [
  [true, true, false, true],
  [true, false, false, true],
  [true, true, true, true],
];
const options = { title: "Another mask for each batch", rate: 0.3, perRow: 2 };

describe("neuronMasksFigure", () => {
  it("draws kept neurons as discs and dropped ones as crosses, in rows", () => {
    const { data } = neuronMasksFigure(masks, options);
    const shown = (data as ScatterTrace[]).filter((trace) => trace.visible !== false);
    const [kept, dropped] = ["circle", "x"].map((symbol) =>
      shown.find((trace) => trace.marker?.symbol === symbol && trace.xaxis !== "x2"),
    );
    expect([kept?.x, kept?.y]).toEqual([
      [0, 1, 1],
      [0, 0, 1],
    ]);
    expect([dropped?.x, dropped?.y]).toEqual([[0], [1]]);
    expect(kept?.customdata?.[2]).toBe("neuron 4: kept");
  });

  it("has a step for each batch, and the number kept in each beside it", () => {
    const { data, layout } = neuronMasksFigure(masks, options);
    expect(layout.sliders?.[0]?.steps.map((step) => step.label)).toEqual(["1", "2", "3"]);
    const counts = (data as ScatterTrace[]).find((trace) => trace.mode === "lines");
    expect(counts?.y).toEqual([3, 2, 4]);
    expect(layout.yaxis2?.range).toEqual([0, 4.2]);
    expect(layout.shapes.some((shape) => Math.abs(Number(shape.y0) - 2.8) < 1e-12)).toBe(true);
  });

  it("says in words how many were kept, and in the static picture's batches", () => {
    const { alt, pictureSteps } = neuronMasksFigure(masks, { ...options, pictureBatches: [1, 3] });
    expect(alt).toContain("from 2 to 4, around a mean of 2.8 expected at rate 0.3");
    expect(alt).toContain("3 in batch 1, 4 in batch 3");
    expect(pictureSteps).toEqual([0, 2]);
  });

  it("takes the masks that dropoutMask draws", () => {
    const random = new SeededRandom(1);
    const drawn = Array.from({ length: 40 }, () => dropoutMask(random, 60, 0.5));
    expect(neuronMasksFigure(drawn, { ...options, rate: 0.5 }).layout.sliders).toHaveLength(1);
  });

  it("refuses one mask, unequal ones, none with neurons, other rates and no title", () => {
    expect(() => neuronMasksFigure(masks.slice(0, 1), options)).toThrow(InputError);
    expect(() => neuronMasksFigure([], options)).toThrow(InputError);
    expect(() => neuronMasksFigure([...masks, [true]], options)).toThrow(
      /masks\[3\] has 1 neurons/,
    );
    expect(() => neuronMasksFigure([[], []], options)).toThrow(/no neurons/);
    expect(() => neuronMasksFigure(masks, { ...options, rate: 1 })).toThrow(/rate/);
    expect(() => neuronMasksFigure(masks, { ...options, title: "" })).toThrow(InputError);
    expect(() => neuronMasksFigure(masks, { ...options, pictureBatches: [4] })).toThrow(InputError);
  });
});
