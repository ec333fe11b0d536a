import { describe, expect, it } from "vitest";
import { ConfusionMatrix } from "../confusion-matrix";
import { classScoresFigure } from "./class-scores-figure";

const words = { title: "One fails", alt: "dots" };

describe("classScoresFigure", () => {
  const matrix = new ConfusionMatrix(
    ["cat", "dog", "emu"],
    [
      [8, 0, 0],
      [0, 9, 0],
      [2, 0, 0],
    ],
  );
  const figure = classScoresFigure(matrix, { ...words, noun: "a" });

  it("draws each class' F1, the lowest on top, with its samples in the name", () => {
    const [dots] = figure.data;
    expect(dots?.x).toEqual([0, 16 / 18, 1]);
    expect(dots?.y).toEqual(["a emu, n = 2", "a cat, n = 8", "a dog, n = 9"]);
    expect(figure.layout.yaxis).toMatchObject({ categoryarray: dots?.y });
  });

  it("marks macro and weighted F1", () => {
    const texts = figure.layout.annotations.map((note) => note.text);
    expect(texts).toContain("macro 0.63");
    expect(texts).toContain("weighted 0.85");
  });

  it("needs a title", () => {
    expect(() => classScoresFigure(matrix, { title: "", alt: "x" })).toThrow(/title/);
  });
});
