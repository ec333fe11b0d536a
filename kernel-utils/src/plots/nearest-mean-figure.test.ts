import { describe, expect, it } from "vitest";
import { InputError } from "../errors";
import type { BarTrace, Figure, HeatmapTrace } from "../figure";
import { greys, styles } from "../palette";
import { nearestMeanFigure } from "./nearest-mean-figure";

const means = [
  { name: "blank", pixels: [0, 0, 0, 0] },
  { name: "full", pixels: [8, 8, 8, 8] },
  { name: "left", pixels: [8, 0, 8, 0] },
];
const images = [
  { pixels: [8, 0, 5, 0], actual: "left" },
  { pixels: [0, 1, 0, 0], actual: "full" },
];
const options = { imageShape: [2, 2] as const, title: "The nearest wins", alt: "Bars of distance" };

/** What the slider shows at a step: the heatmaps and the bars that are visible. */
function at(figure: Figure, step: number) {
  const visible = figure.layout.sliders?.[0].steps[step]?.args[0].visible ?? [];
  const shown = figure.data.filter((_, i) => visible[i]);
  const heatmaps = shown.filter((trace): trace is HeatmapTrace => trace.type === "heatmap");
  return { heatmaps, bars: shown.find((trace): trace is BarTrace => trace.type === "bar") };
}

describe("nearestMeanFigure", () => {
  const figure = nearestMeanFigure(means, images, options);

  it("draws the picked image, all means below each other, and the Euclidean distances", () => {
    const { heatmaps, bars } = at(figure, 0);
    const [column, picked] = heatmaps;
    expect(picked?.z).toEqual([
      [8, 0],
      [5, 0],
    ]);
    expect(column?.z).toHaveLength(3 * 2 + 2 * 2);
    expect(column?.z[2]).toEqual([null, null]);
    expect(column?.z[4]).toEqual([8, 8]);
    expect(bars?.x).toEqual([Math.sqrt(89), Math.sqrt(137), 3]);
  });

  it("marks the shortest bar by colour and word, right or wrong, and the image's own class", () => {
    const right = at(figure, 0).bars;
    expect(right?.marker.color).toEqual([greys.context, greys.context, styles.right.color]);
    expect(right?.text).toEqual(["9.4", "11.7", "3.0 nearest: right"]);
    const wrong = at(figure, 1).bars;
    expect(wrong?.marker.color).toEqual([styles.wrong.color, greys.context, greys.context]);
    expect(wrong?.text?.slice(0, 2)).toEqual(["1.0 nearest: wrong", "15.5 its own class"]);
  });

  it("takes the first of equal distances", () => {
    const between = { pixels: [4, 4, 4, 4], actual: "left" };
    const tied = nearestMeanFigure(means, [between, between], options);
    expect(at(tied, 0).bars?.text).toEqual(["8.0 nearest: wrong", "8.0", "8.0 its own class"]);
  });

  it("tells the pointer a pixel's place and ink, counted from 0", () => {
    const [column, picked] = at(figure, 0).heatmaps;
    expect(picked?.customdata?.[1]?.[0]).toBe("row 1, column 0: ink 5.0");
    expect(column?.customdata?.[4]?.[1]).toBe("mean of full<br>row 0, column 1: ink 8.0");
  });

  it("uses one black and one bar scale for all images, so that steps compare", () => {
    const [column, picked] = at(figure, 1).heatmaps;
    expect([column?.zmax, picked?.zmax]).toEqual([8, 8]);
    expect(figure.layout.xaxis3?.range[1]).toBeGreaterThan(15.5);
  });

  it("begins and is pictured where it is told", () => {
    const second = nearestMeanFigure(means, images, {
      ...options,
      start: 1,
      pictureImages: [1, 0],
    });
    expect(second.layout.sliders?.[0].active).toBe(1);
    expect(second.pictureSteps).toEqual([1, 0]);
  });

  it("takes typed arrays as images, and draws blank ones", () => {
    const blank = { pixels: new Float32Array(4), actual: "blank" };
    const white = means.map(({ name }) => ({ name, pixels: new Float32Array(4) }));
    const { bars } = at(nearestMeanFigure(white, [blank, blank], options), 0);
    expect(bars?.text).toEqual(["0.0 nearest: right", "0.0", "0.0"]);
  });

  it("refuses unknown and doubled names, pixels that don't fill the shape, NaN, one image", () => {
    const odd = { pixels: [0, 0, 0, 0], actual: "right" };
    const first = means.slice(0, 1);
    expect(() => nearestMeanFigure(means, [odd, odd], options)).toThrow(/images\[0\].actual/);
    expect(() => nearestMeanFigure([...means, ...first], images, options)).toThrow(/"blank"/);
    const short = { pixels: [0, 0, 0], actual: "left" };
    expect(() => nearestMeanFigure(means, [short, short], options)).toThrow(/2 x 2 = 4/);
    const bad = { pixels: [0, 0, 0, Number.NaN], actual: "left" };
    expect(() => nearestMeanFigure(means, [bad, bad], options)).toThrow(InputError);
    expect(() => nearestMeanFigure(means, images.slice(0, 1), options)).toThrow(InputError);
    expect(() => nearestMeanFigure(first, images, options)).toThrow(InputError);
  });
});
