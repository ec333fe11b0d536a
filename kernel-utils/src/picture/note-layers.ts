import type { Annotation, Shape } from "../figure";
import type { MeasureText } from "./font-metrics";
import { dashLengths, type Layer } from "./layer";
import { type AxisBox, type PanelBoxes, toPixel } from "./panel-boxes";
import { type PlacedText, textLayer } from "./text-layer";
import { textLines } from "./text-lines";

type Reference = Shape["xref"] | Shape["yref"];

/** Returns the pixel of a coordinate after what it refers to: an axis, a panel or the paper. */
function notePixel(
  boxes: PanelBoxes,
  reference: Reference,
  direction: "x" | "y",
  value: number | string,
  toNumber: (box: AxisBox, value: number | string) => number,
): number {
  const between = (start: number, end: number) => start + Number(value) * (end - start);
  if (reference === "paper") {
    const { left, right, top, bottom } = boxes.paper;
    return direction === "x" ? between(left, right) : between(bottom, top);
  }
  const [name, domain] = reference.split(" ");
  const panel = boxes.panels.find((one) => one[direction].name === name);
  if (panel === undefined) throw new Error(`The figure has no axis ${String(name)}.`);
  const box = panel[direction];
  return domain === undefined ? toNumber(box, value) : between(box.start, box.end);
}

/** Returns the lines and rectangles of one layer, in order. */
export function shapeLayers(
  shapes: readonly Shape[],
  boxes: PanelBoxes,
  layer: Shape["layer"],
): Layer[] {
  return shapes
    .filter((shape) => shape.layer === layer)
    .map((shape) => {
      const x = (value: number | string) => notePixel(boxes, shape.xref, "x", value, toPixel);
      const y = (value: number | string) => notePixel(boxes, shape.yref, "y", value, toPixel);
      const row = { x: x(shape.x0), x2: x(shape.x1), y: y(shape.y0), y2: y(shape.y1) };
      const { line } = shape;
      return {
        rows: [row],
        mark: {
          type: shape.type === "line" ? ("rule" as const) : ("rect" as const),
          encode: {
            enter: {
              x: { field: "x" },
              x2: { field: "x2" },
              y: { field: "y" },
              y2: { field: "y2" },
              ...("color" in line && {
                stroke: { value: line.color },
                strokeWidth: { value: line.width },
                strokeDash: { value: dashLengths(line.dash, line.width) },
              }),
              ...(shape.fillcolor !== undefined && { fill: { value: shape.fillcolor } }),
            },
          },
        },
      };
    });
}

/** Annotations on logarithmic axes are placed by logarithms, as Plotly has it. */
function annotationPixel(box: AxisBox, value: number | string): number {
  return toPixel(box, box.axis.type === "log" ? 10 ** Number(value) : value);
}

/** Returns the texts with their arrows and backgrounds. */
export function annotationLayers(
  annotations: readonly Annotation[],
  boxes: PanelBoxes,
  measure: MeasureText,
): Layer[] {
  const placed = annotations.map((annotation) => {
    const { xref, yref } = annotation;
    const x = notePixel(boxes, xref, "x", annotation.x, annotationPixel) + (annotation.xshift ?? 0);
    const y = notePixel(boxes, yref, "y", annotation.y, annotationPixel) - (annotation.yshift ?? 0);
    return { annotation, x, y, text: placeText(annotation, x, y, measure) };
  });
  return [
    ...placed.flatMap(({ annotation, x, y }) => arrowLayers(annotation, x, y)),
    ...placed.flatMap(({ annotation, text }) => backgroundLayers(annotation, text, measure)),
    textLayer(placed.map(({ text }) => text)),
  ];
}

function blockWidth(annotation: Annotation, measure: MeasureText): number {
  const lines = textLines(annotation.text);
  return Math.max(...lines.map((line) => measure(line.text, annotation.font.size)));
}

/** Lines are aligned within the block, and the block stands at its anchor. */
function placeText(annotation: Annotation, x: number, y: number, measure: MeasureText): PlacedText {
  const lines = textLines(annotation.text);
  const width = blockWidth(annotation, measure);
  const share = { left: 0, center: 0.5, right: 1 };
  const along = (share[annotation.align] - share[annotation.xanchor]) * width;
  const isUpright = annotation.textangle === -90;
  const [dx, dy] = annotation.showarrow ? [annotation.ax ?? 0, annotation.ay ?? 0] : [0, 0];
  return {
    lines,
    x: x + dx + (isUpright ? 0 : along),
    y: y + dy - (isUpright ? along : 0),
    align: annotation.align,
    baseline: annotation.yanchor,
    size: annotation.font.size,
    color: annotation.font.color,
    ...(isUpright && { angle: -90 }),
  };
}

/** The head is as long as Plotly's second, 3.5 times the line's width on either side. */
function arrowLayers(annotation: Annotation, x: number, y: number): Layer[] {
  if (!annotation.showarrow) return [];
  const [ax, ay] = [annotation.ax ?? 0, annotation.ay ?? 0];
  const length = Math.hypot(ax, ay);
  if (length === 0) return [];
  const [ux, uy] = [ax / length, ay / length];
  const away = annotation.standoff ?? 0;
  const tip = { x: x + ux * away, y: y + uy * away };
  const width = annotation.arrowwidth ?? 1;
  const color = annotation.arrowcolor ?? annotation.font.color;
  const line: Layer = {
    rows: [{ ...tip, x2: x + ax, y2: y + ay }],
    mark: {
      type: "rule",
      encode: {
        enter: {
          x: { field: "x" },
          y: { field: "y" },
          x2: { field: "x2" },
          y2: { field: "y2" },
          stroke: { value: color },
          strokeWidth: { value: width },
        },
      },
    },
  };
  if (annotation.arrowhead === 0) return [line];
  const angle = (Math.atan2(uy, ux) * 180) / Math.PI;
  const head: Layer = {
    rows: [tip],
    mark: {
      type: "symbol",
      encode: {
        enter: {
          x: { field: "x" },
          y: { field: "y" },
          shape: { value: "M0,0L2,-0.8L1.6,0L2,0.8Z" },
          size: { value: (6 * width) ** 2 },
          angle: { value: angle },
          fill: { value: color },
        },
      },
    },
  };
  return [line, head];
}

function backgroundLayers(annotation: Annotation, text: PlacedText, measure: MeasureText): Layer[] {
  if (annotation.bgcolor === undefined) return [];
  const width = blockWidth(annotation, measure);
  const height = text.lines.length * annotation.font.size * 1.3;
  const share = { left: 0, center: 0.5, right: 1, top: 0, middle: 0.5, bottom: 1 };
  const left = text.x - share[annotation.align] * width;
  const top = text.y - share[annotation.yanchor] * height;
  return [
    {
      rows: [{ x: left - 2, x2: left + width + 2, y: top - 1, y2: top + height + 1 }],
      mark: {
        type: "rect",
        encode: {
          enter: {
            x: { field: "x" },
            x2: { field: "x2" },
            y: { field: "y" },
            y2: { field: "y2" },
            fill: { value: annotation.bgcolor },
          },
        },
      },
    },
  ];
}
