import type { BarTrace, Coordinate, Layout } from "../figure";
import { greys } from "../palette";
import { smallestStep } from "../plots/extents";
import { clipTo, type Layer } from "./layer";
import { axisNumber, type PanelBox, toPixel } from "./panel-boxes";
import { whiskerLayer } from "./scatter-layers";
import { type PlacedText, textLayer } from "./text-layer";
import { textLines } from "./text-lines";

/** A bar in axis units: it stands at `place`, `width` thick, and reaches from `start` to `end`. */
interface Bar {
  place: number;
  width: number;
  start: number;
  end: number;
  index: number;
}

const TEXT_GAP = 3;

/**
 * Returns the layers of a panel's bar traces, which share places after `barmode`.
 *
 * Source: `crossTraceCalc` in plotly.js `traces/bar`.
 */
export function barLayers(
  traces: readonly BarTrace[],
  panel: PanelBox,
  layout: Pick<Layout, "barmode" | "bargap">,
): Layer[] {
  const places = traces.flatMap((trace) =>
    trace[trace.orientation === "v" ? "x" : "y"].map((at) => placeNumber(at, trace, panel)),
  );
  const room = smallestStep([...new Set(places)]) * (1 - (layout.bargap ?? 0.2));
  const mode = layout.barmode ?? "group";
  const stacks = new Map<number, number>();
  const drawn = traces.map((trace, i) => {
    const share = mode === "group" ? room / traces.length : room;
    const shift = mode === "group" ? (i - (traces.length - 1) / 2) * share : 0;
    const bars = layOut(trace, panel, { share, shift, stacks: mode === "stack" ? stacks : null });
    return { trace, bars };
  });
  return [
    ...drawn.map(({ trace, bars }) => rectLayer(trace, bars, panel)),
    ...drawn.flatMap(({ trace, bars }) => errorLayers(trace, bars, panel)),
    ...drawn.map(({ trace, bars }) => barTextLayer(trace, bars, panel)),
  ];
}

function placeNumber(at: Coordinate, trace: BarTrace, panel: PanelBox): number {
  const box = trace.orientation === "v" ? panel.x : panel.y;
  return at === null ? Number.NaN : axisNumber(box.axis, at);
}

interface Sharing {
  share: number;
  shift: number;
  stacks: Map<number, number> | null;
}

function layOut(trace: BarTrace, panel: PanelBox, sharing: Sharing): Bar[] {
  const [places, values] = trace.orientation === "v" ? [trace.x, trace.y] : [trace.y, trace.x];
  return values.flatMap((value, index): Bar[] => {
    const at = placeNumber(places[index] ?? null, trace, panel);
    if (typeof value !== "number" || Number.isNaN(at)) return [];
    const width = typeof trace.width === "object" ? trace.width[index] : trace.width;
    const start = trace.base?.[index] ?? sharing.stacks?.get(at) ?? 0;
    sharing.stacks?.set(at, start + value);
    return [
      {
        place: width === undefined ? at + sharing.shift : at,
        width: width ?? sharing.share,
        start,
        end: start + value,
        index,
      },
    ];
  });
}

function rectLayer(trace: BarTrace, bars: readonly Bar[], panel: PanelBox): Layer {
  const { color, line } = trace.marker;
  const rows = bars.map((bar) => ({
    along: bar.start,
    along2: bar.end,
    across: bar.place - bar.width / 2,
    across2: bar.place + bar.width / 2,
    fill: typeof color === "string" ? color : color[bar.index],
  }));
  const isUpright = trace.orientation === "v";
  const [x, y] = isUpright ? ["across", "along"] : ["along", "across"];
  return {
    rows,
    mark: {
      type: "rect",
      clip: clipTo(panel, 0),
      encode: {
        enter: {
          x: { scale: panel.x.name, field: x },
          x2: { scale: panel.x.name, field: `${x}2` },
          y: { scale: panel.y.name, field: y },
          y2: { scale: panel.y.name, field: `${y}2` },
          fill: { field: "fill" },
          ...(line && { stroke: { value: line.color }, strokeWidth: { value: line.width } }),
          opacity: { value: trace.opacity ?? 1 },
        },
      },
    },
  };
}

function errorLayers(trace: BarTrace, bars: readonly Bar[], panel: PanelBox): Layer[] {
  const direction = trace.orientation === "v" ? "y" : "x";
  const errors = trace[`error_${direction}`];
  if (errors === undefined) return [];
  const ends = bars.map((bar) =>
    direction === "y" ? { x: bar.place, y: bar.end } : { x: bar.end, y: bar.place },
  );
  return [whiskerLayer(errors, ends, direction, panel, greys.text)];
}

function barTextLayer(trace: BarTrace, bars: readonly Bar[], panel: PanelBox): Layer {
  const isUpright = trace.orientation === "v";
  const [along, across] = isUpright ? [panel.y, panel.x] : [panel.x, panel.y];
  const outside = trace.textposition === "outside";
  const texts = bars.map((bar): PlacedText => {
    const end = toPixel(along, bar.end);
    const direction = Math.sign(end - toPixel(along, bar.start)) || (isUpright ? -1 : 1);
    const middle = (toPixel(along, bar.start) + end) / 2;
    const place = toPixel(across, bar.place);
    const position = outside ? end + direction * TEXT_GAP : middle;
    return {
      lines: trace.textposition === "none" ? [] : textLines(trace.text?.[bar.index] ?? ""),
      x: isUpright ? place : position,
      y: isUpright ? position : place,
      align: isUpright || !outside ? "center" : direction > 0 ? "left" : "right",
      baseline: !isUpright || !outside ? "middle" : direction > 0 ? "top" : "bottom",
      size: trace.textfont?.size ?? 12,
      color: trace.textfont?.color ?? greys.text,
    };
  });
  return textLayer(texts);
}
