import { describe, expect, it } from "vitest";
import type { ColorScale } from "../figure";
import { contrastColor, scaleColor } from "./colors";

const scale: ColorScale = [
  [0, "#000000"],
  [0.5, "#0000ff"],
  [1, "#ffffff"],
];

describe("scaleColor", () => {
  it("blends between neighbours", () => {
    expect([0, 0.25, 0.5, 0.75, 1].map((share) => scaleColor(scale, share))).toEqual([
      "#000000",
      "#000080",
      "#0000ff",
      "#8080ff",
      "#ffffff",
    ]);
  });

  it("stays at the ends beyond them", () => {
    expect([scaleColor(scale, -1), scaleColor(scale, 2)]).toEqual(["#000000", "#ffffff"]);
  });
});

describe("contrastColor", () => {
  it("is white on dark and dark on light", () => {
    expect(["#000000", "#440154", "#fde725", "#ffffff"].map(contrastColor)).toEqual([
      "#ffffff",
      "#ffffff",
      "#444444",
      "#444444",
    ]);
  });
});
