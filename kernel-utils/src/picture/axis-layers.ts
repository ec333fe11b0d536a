import { greys } from "../palette";
import type { Layer } from "./layer";
import { type AxisBox, type PanelBox, toPixel } from "./panel-boxes";
import { textLayer } from "./text-layer";
import { textLines } from "./text-lines";

/** Returns lines in pixels as one layer. */
function ruleLayer(
  rows: readonly { x: number; y: number; x2: number; y2: number }[],
  color: string,
): Layer {
  return {
    rows,
    mark: {
      type: "rule",
      encode: {
        enter: {
          x: { field: "x" },
          y: { field: "y" },
          x2: { field: "x2" },
          y2: { field: "y2" },
          stroke: { value: color },
          strokeWidth: { value: 1 },
        },
      },
    },
  };
}

/** Plotly measures the standoff from the labels' box to the foot of the title's line. */
const TITLE_RISE = 4;

function lineAcross(panel: PanelBox, direction: "x" | "y", value: number) {
  const at = toPixel(panel[direction], value);
  return direction === "x"
    ? { x: at, y: panel.top, x2: at, y2: panel.bottom }
    : { x: panel.left, y: at, x2: panel.right, y2: at };
}

/** Returns the grid and the zero lines, which lie under the data. */
export function gridLayers(panel: PanelBox): Layer[] {
  const directions = ["x", "y"] as const;
  const grids = directions
    .filter((direction) => panel[direction].axis.showgrid)
    .map((direction) => {
      const { axis, ticks } = panel[direction];
      const rows = ticks.map((tick) => lineAcross(panel, direction, tick.value));
      return ruleLayer(rows, axis.gridcolor ?? greys.grid);
    });
  const zeros = directions
    .filter((direction) => showsZero(panel[direction]))
    .map((direction) => {
      const { zerolinecolor } = panel[direction].axis;
      return ruleLayer([lineAcross(panel, direction, 0)], zerolinecolor ?? greys.baseline);
    });
  return [...grids, ...zeros];
}

function showsZero({ axis }: AxisBox): boolean {
  return axis.zeroline && Math.min(...axis.range) <= 0 && Math.max(...axis.range) >= 0;
}

/** Returns the labels of both axes and the title of the lower one. */
export function axisTextLayers(panel: PanelBox): Layer[] {
  const { x, y, labelAngle } = panel;
  const below = x.ticks.map((tick) => ({
    lines: tick.lines.map((text) => ({ text })),
    x: toPixel(x, tick.value),
    y: panel.bottom + (x.axis.ticklabelstandoff ?? 0) + 1,
    align: labelAngle === 0 ? ("center" as const) : ("left" as const),
    baseline: "top" as const,
    size: x.axis.tickfont?.size ?? 12,
    color: x.axis.tickfont?.color ?? greys.axis,
    angle: labelAngle,
  }));
  const beside = y.ticks.map((tick) => ({
    lines: tick.lines.map((text) => ({ text })),
    x: panel.left - (y.axis.ticklabelstandoff ?? 0) - 3,
    y: toPixel(y, tick.value),
    align: "right" as const,
    baseline: "middle" as const,
    size: y.axis.tickfont?.size ?? 12,
    color: y.axis.tickfont?.color ?? greys.axis,
  }));
  const { title } = panel;
  const titles = title
    ? [
        {
          lines: textLines(title.text),
          x: (panel.left + panel.right) / 2,
          y: title.top - TITLE_RISE,
          align: "center" as const,
          baseline: "top" as const,
          size: 13,
          color: greys.axis,
        },
      ]
    : [];
  return [textLayer([...below, ...beside, ...titles])];
}
