import { describe, expect, it } from "vitest";
import { InputError } from "../errors";
import type { HeatmapTrace } from "../figure";
import { imageGridFigure } from "./image-grid-figure";

const image = (caption: string, pixels: number[], hover?: string) => ({
  caption,
  pixels,
  ...(hover !== undefined && { hover }),
});
const list = [
  image("a", [1, 2, 3, 4], "label 8, guess 3"),
  image("b", [5, 6, 7, 8]),
  image("c", [9, 10, 11, 12]),
];
const options = { imageShape: [2, 2] as const, perRow: 2, title: "Misread", alt: "Grid of images" };
const cellsOf = (figure: ReturnType<typeof imageGridFigure>) => figure.data[0] as HeatmapTrace;

describe("imageGridFigure", () => {
  it("places images row by row with paper between them", () => {
    const { z } = cellsOf(imageGridFigure(list, options));
    expect(z[3]).toEqual([1, 2, null, null, 5, 6]);
    expect(z[4]).toEqual([3, 4, null, null, 7, 8]);
    expect(z[8]).toEqual([9, 10, null, null, null, null]);
    expect(z[5]?.every((cell) => cell === null)).toBe(true);
  });

  it("names each image above it, and tells its hover text on every pixel", () => {
    const figure = imageGridFigure(list, options);
    expect(figure.layout.annotations.map((note) => note.text)).toEqual(["a", "b", "c"]);
    const { customdata } = cellsOf(figure);
    expect(customdata?.[3]).toEqual(["label 8, guess 3", "label 8, guess 3", "", "", "b", "b"]);
  });

  it("goes from white paper to the darkest pixel, or to the black it is given", () => {
    expect(cellsOf(imageGridFigure(list, options)).zmax).toBe(12);
    expect(cellsOf(imageGridFigure(list, { ...options, black: 16 })).zmax).toBe(16);
    expect(cellsOf(imageGridFigure(list, options)).zmin).toBe(0);
  });

  it("draws a single blank image, and keeps pixels square", () => {
    const figure = imageGridFigure([image("blank", [0, 0, 0, 0])], options);
    expect(figure.layout.yaxis?.scaleanchor).toBe("x");
    expect(cellsOf(figure).z[3]).toEqual([0, 0]);
  });

  it("refuses no images, too many, pixels that don't fill the shape, and NaN", () => {
    expect(() => imageGridFigure([], options)).toThrow(InputError);
    expect(() => imageGridFigure(Array(61).fill(list[0]), options)).toThrow(/1 to 60/);
    expect(() => imageGridFigure([image("a", [1, 2, 3])], options)).toThrow(/2 x 2 = 4/);
    expect(() => imageGridFigure([image("a", [1, 2, 3, Number.NaN])], options)).toThrow(InputError);
    expect(() => imageGridFigure(list, { ...options, perRow: 0 })).toThrow(InputError);
  });
});
