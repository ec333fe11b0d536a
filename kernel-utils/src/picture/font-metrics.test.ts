import { Resvg } from "@resvg/resvg-js";
import { expect, it } from "vitest";
import { PICTURE_FONT, pictureFontFile, readFontMetrics } from "./font-metrics";

/** The width that resvg gives a line of text: the box of its ink, between two bars. */
function drawnWidth(text: string, size: number): number {
  const svg =
    `<svg xmlns="http://www.w3.org/2000/svg" width="2000" height="100"><text x="5" y="60" ` +
    `font-family="${PICTURE_FONT}" font-size="${size}" xml:space="preserve">|${text}|</text></svg>`;
  const font = { loadSystemFonts: false, fontFiles: [pictureFontFile()] };
  return new Resvg(svg, { font }).innerBBox()?.width ?? 0;
}

it.each(["0.25", "logistic regression", "− 100 %", "Überprüfung ≥ ½"])(
  "measures %j as resvg draws it",
  (text) => {
    const measure = readFontMetrics(pictureFontFile());
    const bars = drawnWidth("", 40);
    expect(Math.abs(measure(text, 40) - (drawnWidth(text, 40) - bars))).toBeLessThan(6);
  },
);

it("measures nothing as nothing, and in proportion to the size", () => {
  const measure = readFontMetrics(pictureFontFile());
  expect(measure("", 13)).toBe(0);
  expect(measure("abc", 26)).toBeCloseTo(2 * measure("abc", 13), 9);
});

it("measures signs that the font has not as the sign for missing ones", () => {
  const measure = readFontMetrics(pictureFontFile());
  expect(measure("漢", 13)).toBe(measure("字", 13));
  expect(measure("漢", 13)).toBeGreaterThan(0);
});
