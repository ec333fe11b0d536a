import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { textLines } from "../picture/text-lines";
import { countLines, estimateWidth, plotText, sentence, wrapText } from "./plot-text";

describe("plotText", () => {
  it("keeps signs that Plotly would read as markup", () => {
    expect(plotText("< 50 & > 3")).toBe("&lt; 50 &amp; &gt; 3");
    expect(plotText("<b>bold</b>")).not.toContain("<");
  });

  it("is undone by the static picture, line by line", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const lines = textLines(plotText(text)).map((line) => line.text);
        expect(lines).toEqual(text.split("\n"));
      }),
    );
  });
});

describe("wrapText", () => {
  it("breaks between words into few lines of about equal length", () => {
    expect(wrapText("Raise the threshold, and recall falls before precision gains", 58)).toBe(
      "Raise the threshold, and recall\nfalls before precision gains",
    );
  });

  it("leaves short texts and single long words alone", () => {
    expect(wrapText("short", 58)).toBe("short");
    expect(wrapText("a".repeat(70), 58)).toBe("a".repeat(70));
    expect(wrapText("", 58)).toBe("");
  });

  it("keeps breaks that are there", () => {
    expect(wrapText("one\ntwo", 58)).toBe("one\ntwo");
  });

  it("loses no word and makes no line too long", () => {
    const words = fc.array(fc.stringMatching(/^[a-z]{1,12}$/), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(words, (list) => {
        const wrapped = wrapText(list.join(" "), 30);
        expect(wrapped.split(/[ \n]/)).toEqual(list);
        for (const line of wrapped.split("\n")) expect(line.length).toBeLessThanOrEqual(30);
      }),
    );
  });
});

describe("sentence", () => {
  it("ends with one mark", () => {
    expect(sentence("Recall falls first")).toBe("Recall falls first.");
    expect(sentence("Why? ")).toBe("Why?");
  });
});

describe("countLines and estimateWidth", () => {
  it("count breaks, and an entity as one sign", () => {
    expect(countLines("one<br>two")).toBe(2);
    expect(estimateWidth("&lt;&gt;", 10)).toBe(estimateWidth("ab", 10));
    expect(estimateWidth("a<br>longer", 10)).toBe(estimateWidth("longer", 10));
  });
});
