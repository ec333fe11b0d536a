import { defaultLocale } from "vega";
import { describe, expect, it } from "vitest";
import fixture from "../../fixtures/plotly_layout.json";
import type { BarTrace, Figure } from "../figure";
import { barLayers } from "./bar-layers";
import { pictureFontFile, readFontMetrics } from "./font-metrics";
import { type AxisBox, type PanelBox, panelBoxes, toPixel } from "./panel-boxes";
import { atStep } from "./steps";

const measures = {
  width: fixture.width,
  measure: readFontMetrics(pictureFontFile()),
  format: (specifier: string, value: number) => defaultLocale().format(specifier)(value),
};

interface DrawnAxis {
  from: number;
  length: number;
  ticks: { at: number; text: string }[];
}

interface Case {
  figure: Figure;
  drawn: { axes: Record<string, DrawnAxis>; bars: number[][] };
}

const cases = Object.entries(fixture.cases as unknown as Record<string, Case>);

/** Pixels by which labels may differ, since a browser measures text in its own way. */
const NEAR = 4;

function axisKey({ name }: AxisBox): string {
  return `${name[0]}axis${name.slice(1)}`;
}

describe.each(cases)("%s, as Plotly draws it", (_, { figure, drawn }) => {
  const { panels } = panelBoxes(atStep(figure), measures);

  it("has panels at the same place", () => {
    expect(panels).toHaveLength(Object.keys(drawn.axes).length / 2);
    for (const panel of panels) {
      const [x, y] = [drawn.axes[axisKey(panel.x)], drawn.axes[axisKey(panel.y)]];
      expect(Math.abs(panel.left - x.from)).toBeLessThan(NEAR);
      expect(Math.abs(panel.right - (x.from + x.length))).toBeLessThan(NEAR);
      expect(Math.abs(panel.top - y.from)).toBeLessThan(NEAR);
      expect(Math.abs(panel.bottom - (y.from + y.length))).toBeLessThan(NEAR);
    }
  });

  it("has the same ticks", () => {
    for (const box of panels.flatMap((panel) => [panel.x, panel.y])) {
      const { ticks } = drawn.axes[axisKey(box)];
      const place = (value: number) => (box.axis.type === "log" ? Math.log10(value) : value);
      const ours = box.ticks.map((tick) => [place(tick.value), tick.lines.join("<br>")]);
      const theirs = ticks.map(({ at, text }) => [at, text]);
      const byPlace = (a: (string | number)[], b: (string | number)[]) =>
        Number(a[0]) - Number(b[0]);
      expect(ours.sort(byPlace).map(([, text]) => text)).toEqual(
        theirs.sort(byPlace).map(([, text]) => text),
      );
      for (const [i, [at]] of theirs.entries()) expect(ours[i][0]).toBeCloseTo(Number(at), 9);
    }
  });

  it("has the same bars", () => {
    const traces = figure.data.filter((trace): trace is BarTrace => trace.type === "bar");
    const rects = panels.flatMap((panel) => barRects(traces, panel, figure));
    expect(rects).toHaveLength(drawn.bars.length);
    for (const [i, rect] of rects.entries()) {
      for (const [j, value] of rect.entries()) {
        expect(Math.abs(value - drawn.bars[i][j])).toBeLessThan(NEAR);
      }
    }
  });
});

interface BarRow {
  along: number;
  along2: number;
  across: number;
  across2: number;
}

/** Left, top, width and height in pixels of every bar, trace by trace. */
function barRects(traces: BarTrace[], panel: PanelBox, { layout }: Figure): number[][] {
  return barLayers(traces, panel, layout)
    .filter((layer) => layer.mark.type === "rect")
    .flatMap((layer, i) => {
      const isUpright = traces[i].orientation === "v";
      const [along, across] = isUpright ? [panel.y, panel.x] : [panel.x, panel.y];
      return (layer.rows as BarRow[]).map((row) => {
        const a = [toPixel(along, row.along), toPixel(along, row.along2)];
        const b = [toPixel(across, row.across), toPixel(across, row.across2)];
        const [xs, ys] = isUpright ? [b, a] : [a, b];
        const [left, top] = [Math.min(...xs), Math.min(...ys)];
        return [left, top, Math.max(...xs) - left, Math.max(...ys) - top];
      });
    });
}
