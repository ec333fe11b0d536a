import { describe, expect, it } from "vitest";
import { greys, okabeIto, series, styles } from "./palette";

/** Relative luminance and contrast after WCAG 2.2. */
function contrast(a: string, b: string): number {
  const luminance = (color: string) => {
    const parts = [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16) / 255);
    const [red, green, blue] = parts.map((part) =>
      part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4,
    );
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (light + 0.05) / (dark + 0.05);
}

describe("palette", () => {
  it("holds the colours that Okabe and Ito give", () => {
    expect(Object.values(okabeIto)).toEqual(
      "#000000 #E69F00 #56B4E9 #009E73 #F0E442 #0072B2 #D55E00 #CC79A7".split(" "),
    );
  });

  it("gives each series a dash and a symbol of its own, for readers without colour", () => {
    for (const part of ["color", "dash", "symbol"] as const) {
      expect(new Set(series.map((style) => style[part])).size).toBe(series.length);
    }
  });

  it("tells training from validation and right from wrong without colour", () => {
    expect(styles.train.dash).not.toBe(styles.validation.dash);
    expect(styles.right.symbol).not.toBe(styles.wrong.symbol);
  });

  it("writes words in greys that can be read on white", () => {
    for (const grey of [greys.title, greys.text, greys.axis]) {
      expect(contrast(grey, greys.background)).toBeGreaterThan(4.5);
    }
  });
});
