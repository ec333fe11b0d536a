import { readFileSync } from "node:fs";
import { createContext, runInContext } from "node:vm";
import { describe, expect, it } from "vitest";

const THEME = { paper: "rgb(18, 22, 28)", ink: "rgb(227, 232, 239)" };

/** The browser's script, run by itself: it is no module. */
function darkFigure<Spec>(spec: Spec): Spec {
  const script = readFileSync(new URL("assets/figure-colors.js", import.meta.url), "utf8");
  const context = createContext({});
  runInContext(script, context);
  const { headroomBook } = context as { headroomBook: typeof globalThis.headroomBook };
  // What the other context made is compared as plain data.
  return JSON.parse(JSON.stringify(headroomBook.darkFigure(spec, THEME)));
}

function contrastOnPaper(color: string): number {
  const luminance = (text: string) => {
    const [r = 0, g = 0, b = 0] = (text.match(/\d+/g) ?? []).map((part) => {
      const share = Number(part) / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  return (luminance(color) + 0.05) / (luminance(THEME.paper) + 0.05);
}

describe("darkFigure", () => {
  it("lets white become the page's paper and black its ink", () => {
    const layout = { paper_bgcolor: "#FFFFFF", plot_bgcolor: "#fff", font: { color: "#000000" } };
    expect(darkFigure(layout)).toEqual({
      paper_bgcolor: THEME.paper,
      plot_bgcolor: THEME.paper,
      font: { color: THEME.ink },
    });
  });

  it("keeps the order of greys, turned round", () => {
    const { colors } = darkFigure({ colors: ["#333333", "#595959", "#A6A6A6", "#E8E8E8"] });
    const contrasts = colors.map(contrastOnPaper);
    expect(contrasts).toEqual([...contrasts].sort((a, b) => b - a));
    expect(contrasts[1]).toBeGreaterThan(4.5);
  });

  it("makes the palette readable on dark paper, and leaves what is readable already", () => {
    const { colors } = darkFigure({ colors: ["#0072B2", "#D55E00", "#009E73", "#E69F00"] });
    for (const color of colors) expect(contrastOnPaper(color)).toBeGreaterThan(4.5);
    expect(colors[3]).toBe("rgb(230, 159, 0)");
  });

  it("leaves scales, data and numbers as they are", () => {
    const data = {
      colorscale: [
        [0, "#ffffff"],
        [1, "#000000"],
      ],
      x: ["#333333"],
      z: [[1, null]],
      visible: false,
    };
    expect(darkFigure(data)).toEqual(data);
  });

  it("turns colours inside texts, but no text that looks like a colour", () => {
    const title = { text: '#595959 <span style="font-size:13px;color:#595959">n = 9</span>' };
    expect(darkFigure(title).text).toMatch(/^#595959 <span style="font-size:13px;color:rgb\(\d+, /);
  });

  it("reaches what a slider's steps change, and keeps transparency", () => {
    const step = {
      args: [{ "marker.color": "rgba(255, 255, 255, 0.5)" }, { "title.text": "#fff" }],
    };
    expect(darkFigure(step).args).toEqual([
      { "marker.color": "rgba(18, 22, 28, 0.5)" },
      { "title.text": "#fff" },
    ]);
  });

  it("leaves the figure that it is given alone", () => {
    const spec = { layout: { font: { color: "#333333" } } };
    darkFigure(spec);
    expect(spec.layout.font.color).toBe("#333333");
  });
});
