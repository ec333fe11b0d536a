import { describe, expect, it } from "vitest";
import { renderFormulas } from "./formulas.mjs";

describe("renderFormulas", () => {
  it("draws formulas in lines and by themselves, with MathML for those who listen", () => {
    const html = renderFormulas(
      'if <tex-math>a &lt; b</tex-math> then <tex-math display="true">\\frac{1}{2}</tex-math>',
      "p",
    );
    expect(html.match(/<math/g)).toHaveLength(2);
    expect(html.match(/class="formula"/g)).toHaveLength(1);
    expect(html).toContain("<mo>&lt;</mo>");
    expect(html).not.toContain("<tex-math");
  });

  it("names the page and the formula that is wrong", () => {
    expect(() => renderFormulas("<tex-math>\\frac{1}</tex-math>", "07-x")).toThrow(
      /^07-x: the formula "\\frac\{1\}" can't be drawn/,
    );
  });
});
