import type { Layer } from "./layer";
import type { TextLine } from "./text-lines";

/** A text of one or more lines at a pixel. */
export interface PlacedText {
  lines: readonly TextLine[];
  x: number;
  y: number;
  /** Which part of the text is at the pixel. */
  align: "left" | "center" | "right";
  baseline: "top" | "middle" | "bottom" | "first line";
  size: number;
  color: string;
  /** Clockwise, in degrees, about the pixel. */
  angle?: number;
}

/** Plotly's distance between lines, as a multiple of the size. */
const LINE_HEIGHT = 1.3;
/** The height of capitals, and the part of a line below its foot, as multiples of the size. */
const CAP_HEIGHT = 0.72;
const ASCENT = 1.02;
const DESCENT = 0.26;

/** Returns the distance in pixels from the text's anchor down to the foot of its first line. */
function firstFoot(text: PlacedText): number {
  const rest = (text.lines.length - 1) * LINE_HEIGHT * text.size;
  switch (text.baseline) {
    case "first line":
      return 0;
    case "top":
      return ASCENT * text.size;
    case "middle":
      return (CAP_HEIGHT / 2) * text.size - rest / 2;
    case "bottom":
      return -DESCENT * text.size - rest;
  }
}

/** Returns the layer that writes the texts. Empty lines are left out. */
export function textLayer(texts: readonly PlacedText[]): Layer {
  const rows = texts.flatMap((text) => {
    const foot = firstFoot(text);
    return text.lines.map((line, i) => ({
      text: line.text,
      x: text.x,
      y: text.y,
      dy: foot + i * LINE_HEIGHT * text.size,
      align: text.align,
      size: line.size ?? text.size,
      color: line.color ?? text.color,
      angle: text.angle ?? 0,
    }));
  });
  return {
    rows: rows.filter((row) => row.text !== ""),
    mark: {
      type: "text",
      encode: {
        enter: {
          text: { field: "text" },
          x: { field: "x" },
          y: { field: "y" },
          dy: { field: "dy" },
          align: { field: "align" },
          baseline: { value: "alphabetic" },
          fontSize: { field: "size" },
          fill: { field: "color" },
          angle: { field: "angle" },
        },
      },
    },
  };
}
