import type { ErrorBars, ScatterTrace } from "../figure";
import { greys } from "../palette";
import { clipTo, dashLengths, type Layer } from "./layer";
import { axisNumber, type PanelBox, toPixel } from "./panel-boxes";
import { isOpen, symbolOutline } from "./symbols";
import { type PlacedText, textLayer } from "./text-layer";
import { textLines } from "./text-lines";

/** A point in axis units; null is a gap. */
interface Point {
  x: number | null;
  y: number | null;
}

/** Returns the layers of a scatter trace: area, line, whiskers, markers and texts. */
export function scatterLayers(trace: ScatterTrace, panel: PanelBox): Layer[] {
  const points = trace.x.map((x, i): Point => {
    const y = trace.y[i] ?? null;
    return {
      x: x === null ? null : axisNumber(panel.x.axis, x),
      y: y === null ? null : axisNumber(panel.y.axis, y),
    };
  });
  const hasLine = trace.mode.includes("lines") || trace.fill !== undefined;
  return [
    ...(hasLine ? [lineLayer(trace, points, panel)] : []),
    ...whiskerLayers(trace, points, panel),
    ...(trace.mode.includes("markers") ? [markerLayer(trace, points, panel)] : []),
    ...(trace.mode.includes("text") ? [pointTextLayer(trace, points, panel)] : []),
  ];
}

function lineLayer(trace: ScatterTrace, points: readonly Point[], panel: PanelBox): Layer {
  const width = trace.line?.width ?? 2;
  const isDrawn = trace.mode.includes("lines") && trace.line !== undefined;
  return {
    rows: points,
    mark: {
      type: "line",
      clip: clipTo(panel),
      encode: {
        enter: {
          x: { scale: panel.x.name, field: "x" },
          y: { scale: panel.y.name, field: "y" },
          defined: { signal: "isValid(datum.x) && isValid(datum.y)" },
          interpolate: { value: trace.line?.shape === "hv" ? "step-after" : "linear" },
          ...(isDrawn && {
            stroke: { value: trace.line?.color ?? greys.text },
            strokeWidth: { value: width },
            strokeDash: { value: dashLengths(trace.line?.dash, width) },
            strokeJoin: { value: "round" },
          }),
          ...(trace.fill && { fill: { value: trace.fillcolor ?? greys.faint } }),
          opacity: { value: trace.opacity ?? 1 },
        },
      },
    },
  };
}

/** Returns the i-th of a list, or what stands for all. */
function pick<T extends string | number>(value: T | T[] | undefined, i: number, otherwise: T): T {
  return typeof value === "object" ? (value[i] ?? otherwise) : (value ?? otherwise);
}

function isInside(point: Point, panel: PanelBox): point is { x: number; y: number } {
  if (point.x === null || point.y === null) return false;
  const [x, y] = [toPixel(panel.x, point.x), toPixel(panel.y, point.y)];
  return (
    x >= panel.left - 0.5 &&
    x <= panel.right + 0.5 &&
    y >= panel.top - 0.5 &&
    y <= panel.bottom + 0.5
  );
}

function markerLayer(trace: ScatterTrace, points: readonly Point[], panel: PanelBox): Layer {
  const { marker } = trace;
  const rows = points.flatMap((point, i) => {
    const isShown = trace.cliponaxis !== false || isInside(point, panel);
    if (point.x === null || point.y === null || !isShown) return [];
    const symbol = pick(marker?.symbol, i, "circle");
    const color = pick(marker?.color, i, greys.text);
    const open = isOpen(symbol);
    return [
      {
        ...point,
        area: pick(marker?.size, i, 6) ** 2,
        outline: symbolOutline(symbol),
        fill: open ? "transparent" : color,
        stroke: open ? color : (marker?.line?.color ?? "transparent"),
        strokeWidth: open ? 1 : (marker?.line?.width ?? 0),
      },
    ];
  });
  return {
    rows,
    mark: {
      type: "symbol",
      ...(trace.cliponaxis !== false && { clip: clipTo(panel, 0) }),
      encode: {
        enter: {
          x: { scale: panel.x.name, field: "x" },
          y: { scale: panel.y.name, field: "y" },
          size: { field: "area" },
          shape: { field: "outline" },
          fill: { field: "fill" },
          stroke: { field: "stroke" },
          strokeWidth: { field: "strokeWidth" },
          opacity: { value: trace.opacity ?? 1 },
        },
      },
    },
  };
}

function pointTextLayer(trace: ScatterTrace, points: readonly Point[], panel: PanelBox): Layer {
  const [vertical = "middle", horizontal = "center"] = (
    trace.textposition ?? "middle center"
  ).split(" ");
  const size = trace.textfont?.size ?? 12;
  const texts = points.flatMap((point, i): PlacedText[] => {
    if (!isInside(point, panel)) return [];
    const hasMarker = trace.mode.includes("markers");
    const gap = hasMarker ? pick(trace.marker?.size, i, 6) / 1.6 + 2 : 0;
    const sideways = horizontal === "left" ? -1 : horizontal === "right" ? 1 : 0;
    const upwards = vertical === "top" ? -1 : vertical === "bottom" ? 1 : 0;
    return [
      {
        lines: textLines(trace.text?.[i] ?? ""),
        x: toPixel(panel.x, point.x) + sideways * gap,
        y: toPixel(panel.y, point.y) + upwards * gap,
        align: sideways < 0 ? "right" : sideways > 0 ? "left" : "center",
        baseline: upwards < 0 ? "bottom" : upwards > 0 ? "top" : "middle",
        size,
        color: trace.textfont?.color ?? greys.text,
      },
    ];
  });
  return textLayer(texts);
}

function whiskerLayers(trace: ScatterTrace, points: readonly Point[], panel: PanelBox): Layer[] {
  const color = pick(trace.marker?.color, 0, trace.line?.color ?? greys.text);
  return (["x", "y"] as const).flatMap((direction) => {
    const bars = trace[`error_${direction}`];
    return bars ? [whiskerLayer(bars, points, direction, panel, color)] : [];
  });
}

/** Returns whiskers at points: each a line and, where `width` says so, two caps. */
export function whiskerLayer(
  bars: ErrorBars,
  points: readonly Point[],
  direction: "x" | "y",
  panel: PanelBox,
  color: string,
): Layer {
  const [along, across] = direction === "x" ? [panel.x, panel.y] : [panel.y, panel.x];
  const rows = points.flatMap((point, i) => {
    if (!isInside(point, panel)) return [];
    const value = point[direction];
    const low = toPixel(along, value - (bars.arrayminus?.[i] ?? bars.array[i] ?? 0));
    const high = toPixel(along, value + (bars.array[i] ?? 0));
    const middle = toPixel(across, point[direction === "x" ? "y" : "x"]);
    const cap = bars.width ?? 4;
    const segments: [number, number, number, number][] = [
      [low, middle, high, middle],
      [low, middle - cap, low, middle + cap],
      [high, middle - cap, high, middle + cap],
    ];
    return segments
      .filter(([a, b, c, d]) => a !== c || b !== d)
      .map(([a, b, c, d]) =>
        direction === "x" ? { x: a, y: b, x2: c, y2: d } : { x: b, y: a, x2: d, y2: c },
      );
  });
  return {
    rows,
    mark: {
      type: "rule",
      clip: clipTo(panel, 6),
      encode: {
        enter: {
          x: { field: "x" },
          y: { field: "y" },
          x2: { field: "x2" },
          y2: { field: "y2" },
          stroke: { value: bars.color ?? color },
          strokeWidth: { value: bars.thickness ?? 2 },
          opacity: { value: 1 },
        },
      },
    },
  };
}
