import { Resvg } from "@resvg/resvg-js";
import { describe, expect, it } from "vitest";
import type { Figure } from "./figure";
import { okabeIto } from "./palette";
import { bars } from "./plots/bars";
import { dots } from "./plots/dots";
import { heatmap, ink } from "./plots/heatmap";
import { line } from "./plots/line";
import { note, region, segment, verticalLine } from "./plots/notes";
import { figure, panels } from "./plots/panels";
import { withButtons, withSlider } from "./plots/steps";
import { figureToPng, figureToSvg } from "./static-picture";

const words = { title: "A finding", alt: "For a test." };

/** Returns a function that reads the colour of a pixel of the figure, and the picture's height. */
async function pixels(fig: Figure) {
  const { pixels: bytes, width, height } = new Resvg(await figureToSvg(fig)).render();
  const at = (x: number, y: number) => {
    const i = 4 * (Math.round(y) * width + Math.round(x));
    return `#${bytes
      .subarray(i, i + 3)
      .toString("hex")
      .toUpperCase()}`;
  };
  const count = (color: string) => {
    const [red, green, blue] = Buffer.from(color.slice(1), "hex");
    let found = 0;
    for (let i = 0; i < bytes.length; i += 4) {
      if (bytes[i] === red && bytes[i + 1] === green && bytes[i + 2] === blue) found++;
    }
    return found;
  };
  return { at, count, width, height };
}

describe("figureToSvg", () => {
  it("draws a bar from its base to its value, and nothing above", async () => {
    const fig = figure(
      { ...words, x: { labels: false }, y: { range: [0, 10], labels: false, grid: false } },
      bars({ at: ["a", "b"], values: [5, 10], color: okabeIto.blue }),
    );
    const { at } = await pixels(fig);
    const { l, r, t, b } = fig.layout.margin;
    const [x, half] = [l + (800 - l - r) / 4, (t + fig.layout.height - b) / 2];
    expect(at(x, half + 3)).toBe(okabeIto.blue);
    expect(at(x, half - 3)).toBe("#FFFFFF");
    expect(at(l + ((800 - l - r) * 3) / 4, half - 3)).toBe(okabeIto.blue);
  });

  it("stacks bars", async () => {
    const fig = figure(
      { ...words, barMode: "stack", y: { range: [0, 10], labels: false, grid: false } },
      bars({ at: ["a"], values: [4], color: okabeIto.blue }),
      bars({ at: ["a"], values: [4], color: okabeIto.green }),
    );
    const { at } = await pixels(fig);
    const { t, b } = fig.layout.margin;
    const height = fig.layout.height - t - b;
    const shares = [0.1, 0.5, 0.9].map((share) => at(400, t + height * (1 - share)));
    expect(shares).toEqual([okabeIto.blue, okabeIto.green, "#FFFFFF"]);
  });

  it("colours cells, the first row on top, and leaves missing ones empty", async () => {
    const fig = figure(
      { ...words, x: { labels: false }, y: { labels: false } },
      heatmap({
        z: [
          [0, 1],
          [1, null],
        ],
        colors: ink,
        range: [0, 1],
      }),
    );
    const { at } = await pixels(fig);
    const { t, b } = fig.layout.margin;
    const [upper, lower] = [0.25, 0.75].map((share) => t + (fig.layout.height - t - b) * share);
    expect([at(200, upper), at(600, upper)]).toEqual(["#FFFFFF", "#000000"]);
    expect([at(200, lower), at(600, lower)]).toEqual(["#000000", "#FFFFFF"]);
    const middle = (800 + fig.layout.margin.l - fig.layout.margin.r) / 2;
    expect([at(middle - 3, upper), at(middle + 3, upper)]).toEqual(["#FFFFFF", "#000000"]);
    expect([at(fig.layout.margin.l + 3, lower), at(middle - 3, lower)]).toEqual([
      "#000000",
      "#000000",
    ]);
  });

  it("leaves lines out beyond the panel, and markers whole on its border", async () => {
    const fig = figure(
      { ...words, x: { range: [0, 1], labels: false }, y: { range: [0, 1], labels: false } },
      line({ x: [0.5, 0.5], y: [0.5, 9], color: okabeIto.blue, width: 6 }),
      dots({ x: [0.25], y: [1], color: okabeIto.green, size: 20 }),
      dots({ x: [0.75], y: [2], color: okabeIto.vermilion, size: 20 }),
    );
    const { at, count } = await pixels(fig);
    const { l, r, t } = fig.layout.margin;
    const x = (share: number) => l + share * (800 - l - r);
    expect(at(x(0.5), t + 4)).toBe(okabeIto.blue);
    expect(at(x(0.5), t - 8)).toBe("#FFFFFF");
    expect(at(x(0.25), t - 8)).toBe(okabeIto.green);
    expect(count(okabeIto.vermilion)).toBe(0);
  });

  it("writes titles, labels, notes and names as text", async () => {
    const svg = await figureToSvg(
      figure(
        { ...words, subtitle: "n < 5", x: { title: "width, cm" }, y: { title: "share" } },
        line({ x: [0, 1], y: [0, 1], label: "growth" }),
        note({ x: 0.5, y: 0.5, text: "half &\nhalf", up: 20 }),
      ),
    );
    for (const text of ["A finding", "n &lt; 5", "width, cm", "share", "growth", "half &amp;"]) {
      expect(svg).toContain(`>${text}</text>`);
    }
  });

  it("places marks and notes on a logarithmic axis by their ratio", async () => {
    const fig = figure(
      { ...words, x: { type: "log", range: [0.001, 1] } },
      dots({ x: [0.1], y: [0], color: okabeIto.vermilion, size: 30 }),
      note({ x: 0.1, y: 0, text: "here" }),
    );
    const { l, r, t, b } = fig.layout.margin;
    const x = l + ((800 - l - r) * 2) / 3;
    const { at } = await pixels(fig);
    expect(at(x + 8, (t + fig.layout.height - b) / 2 + 8)).toBe(okabeIto.vermilion);
    const [, left] = /translate\(([\d.]+),[\d.]+\)[^>]*>here</.exec(await figureToSvg(fig)) ?? [];
    expect(Math.abs(Number(left) - x)).toBeLessThan(1);
  });

  it("shows the active step, its value and no other step", async () => {
    const base = figure(words, line({ x: [0, 1], y: [0, 1] }));
    const steps = [okabeIto.green, okabeIto.vermilion].map((color, i) => ({
      label: `step ${i}`,
      marks: [dots({ x: [i], y: [i], color, size: 30 })],
    }));
    const slid = withSlider(base, { label: "now", steps, start: 1 });
    expect(await figureToSvg(slid)).toContain("now: step 1");
    const { count } = await pixels(slid);
    expect(count(okabeIto.vermilion)).toBeGreaterThan(300);
    expect(count(okabeIto.green)).toBe(0);
    expect(await figureToSvg(withButtons(base, { steps }))).toContain(">step 1</text>");
  });

  it("puts two steps above each other, the title above the first only", async () => {
    const steps = [okabeIto.green, okabeIto.vermilion].map((color, i) => ({
      label: String(i),
      marks: [dots({ x: [i], y: [i], color, size: 30 })],
    }));
    const base = figure(words, line({ x: [0, 1], y: [0, 1] }));
    const slid = withSlider(base, { label: "step", steps, pictureSteps: [0, 1] });
    const { count, height } = await pixels(slid);
    expect(height).toBeGreaterThan(1.7 * slid.layout.height);
    expect(count(okabeIto.green)).toBeGreaterThan(300);
    expect(count(okabeIto.vermilion)).toBeGreaterThan(300);
  });

  it("is the same text again, also when several are drawn at once", async () => {
    const fig = panels(words, [
      { marks: [line({ x: [0, 1], y: [0, 1] }), segment([0, 0], [1, 1])] },
      { marks: [bars({ at: ["a"], values: [1] }), region({ y: [0, 0.5] }), verticalLine("a")] },
    ]);
    const once = await figureToSvg(fig);
    const many = await Promise.all([figureToSvg(fig), figureToSvg(fig), figureToSvg(fig)]);
    expect(new Set([once, ...many]).size).toBe(1);
    expect(once).toContain('id="clip1"');
  });

  it("changes nothing of the figure", async () => {
    const fig = figure(words, line({ x: [0, 1], y: [0, 1], label: "a" }));
    const before = structuredClone(fig);
    await figureToSvg(fig);
    expect(fig).toEqual(before);
  });
});

describe("figureToPng", () => {
  const fig = figure(words, line({ x: [0, 1, 2], y: [1, 3, 2], label: "a line" }));

  it("is twice as wide and high as the figure, and small", async () => {
    const png = Buffer.from(await figureToPng(fig));
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([1600, 2 * fig.layout.height]);
    expect(png.length).toBeLessThan(60_000);
    expect(png.length).toBeGreaterThan(3_000);
  });

  it("is as wide and as fine as told", async () => {
    const png = Buffer.from(await figureToPng(fig, { width: 600, scale: 1 }));
    expect(png.readUInt32BE(16)).toBe(600);
  });
});
