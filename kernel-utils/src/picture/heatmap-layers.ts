import type { Coordinate, HeatmapTrace } from "../figure";
import { smallestStep } from "../plots/extents";
import { contrastColor, scaleColor } from "./colors";
import { clipTo, type Layer } from "./layer";
import { type AxisBox, axisNumber, type PanelBox, toPixel } from "./panel-boxes";
import { type PlacedText, textLayer } from "./text-layer";
import { textLines } from "./text-lines";

interface Span {
  low: number;
  high: number;
}

/** Returns the pixels between which each column or row of cells lies. */
function cellSpans(places: readonly Coordinate[], box: AxisBox, gap: number): Span[] {
  const centres = places.map((place) => (place === null ? 0 : axisNumber(box.axis, place)));
  const half = smallestStep(centres) / 2;
  return centres.map((centre) => {
    // Whole pixels, or neighbours of one colour would show a seam.
    const ends = [centre - half, centre + half].map((end) => Math.round(toPixel(box, end)));
    return { low: Math.min(...ends) + gap / 2, high: Math.max(...ends) - gap / 2 };
  });
}

/** Returns the layers of a heatmap: its cells, and the texts in them. */
export function heatmapLayers(trace: HeatmapTrace, panel: PanelBox): Layer[] {
  const columns = cellSpans(trace.x, panel.x, trace.xgap ?? 0);
  const rows = cellSpans(trace.y, panel.y, trace.ygap ?? 0);
  const cells = trace.z.flatMap((values, i) =>
    values.flatMap((value, j) => {
      const [column, row] = [columns[j], rows[i]];
      if (value === null || column === undefined || row === undefined) return [];
      const share = (value - trace.zmin) / (trace.zmax - trace.zmin);
      const fill = scaleColor(trace.colorscale, share);
      return [{ column, row, fill, text: trace.text?.[i]?.[j] ?? "" }];
    }),
  );
  const rects: Layer = {
    rows: cells.map(({ column, row, fill }) => ({
      x: column.low,
      x2: column.high,
      y: row.low,
      y2: row.high,
      fill,
    })),
    mark: {
      type: "rect",
      clip: clipTo(panel, 0),
      encode: {
        enter: {
          x: { field: "x" },
          x2: { field: "x2" },
          y: { field: "y" },
          y2: { field: "y2" },
          fill: { field: "fill" },
        },
      },
    },
  };
  const texts = cells.map(
    ({ column, row, fill, text }): PlacedText => ({
      lines: textLines(text),
      x: (column.low + column.high) / 2,
      y: (row.low + row.high) / 2,
      align: "center",
      baseline: "middle",
      size: trace.textfont?.size ?? 12,
      color: contrastColor(fill),
    }),
  );
  return [rects, textLayer(texts)];
}
