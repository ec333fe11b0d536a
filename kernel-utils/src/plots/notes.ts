import type { Annotation, Shape } from "../figure";
import { type Dash, greys } from "../palette";
import { sizes } from "./look";
import { labelColor, type Mark, mark } from "./mark";
import { plotText } from "./plot-text";

/** A text at a point of the panel, in units of its axes. */
export interface NoteOptions {
  x: number | string;
  y: number | string;
  text: string;
  /** Pixels from the point to the text, right and up; with them comes an arrow to the point. */
  right?: number;
  up?: number;
  color?: string;
  size?: number;
  /** Which side of the text is at the point, if there is no arrow. */
  anchor?: "left" | "center" | "right";
}

/** Returns a text at a point, with an arrow if `right` or `up` moves it away from the point. */
export function note(options: NoteOptions): Mark {
  const { right = 0, up = 0 } = options;
  const arrow = right !== 0 || up !== 0;
  const sideways = Math.abs(right) > Math.abs(up);
  const anchor = sideways ? (right > 0 ? "left" : "right") : "center";
  const annotation: Annotation = {
    text: plotText(options.text),
    xref: "x",
    yref: "y",
    x: options.x,
    y: options.y,
    xanchor: arrow ? anchor : (options.anchor ?? "center"),
    yanchor: !arrow || sideways ? "middle" : up > 0 ? "bottom" : "top",
    align: arrow ? anchor : (options.anchor ?? "center"),
    font: { size: options.size ?? sizes.text, color: options.color ?? greys.text },
    showarrow: arrow,
    ...(arrow && {
      ax: right,
      ay: -up,
      arrowhead: 2,
      arrowwidth: 1.2,
      arrowcolor: options.color ?? greys.axis,
      standoff: 5,
    }),
  };
  return mark({ annotations: [annotation] });
}

/** How a line across the panel looks and what stands at its end. */
export interface RuleOptions {
  label?: string;
  /** Which end of a level line the label stands at; the right unless given. */
  labelSide?: "left" | "right";
  color?: string;
  dash?: Dash;
  width?: number;
}

function ruleLine(options: RuleOptions): Shape["line"] {
  return {
    color: options.color ?? greys.baseline,
    width: options.width ?? 1.5,
    dash: options.dash ?? "dash",
  };
}

function ruleLabel(options: RuleOptions, place: Partial<Annotation>): Annotation[] {
  if (options.label === undefined) return [];
  return [
    {
      text: plotText(options.label),
      xref: "x",
      yref: "y",
      x: 0,
      y: 0,
      xanchor: "left",
      yanchor: "bottom",
      align: "left",
      font: { size: sizes.text, color: labelColor(options.color ?? greys.text) },
      showarrow: false,
      ...place,
    },
  ];
}

/** Returns an upright line through the panel at `x`, with its label at the top. */
export function verticalLine(x: number | string, options: RuleOptions = {}): Mark {
  const shape: Shape = {
    type: "line",
    xref: "x",
    yref: "y domain",
    x0: x,
    x1: x,
    y0: 0,
    y1: 1,
    layer: "above",
    line: ruleLine(options),
  };
  const place = { x, yref: "y domain", y: 1, yanchor: "top", xshift: 4 } as const;
  return mark({ shapes: [shape], annotations: ruleLabel(options, place) });
}

/** Returns a level line through the panel at `y`, with its label above one of its ends. */
export function horizontalLine(y: number | string, options: RuleOptions = {}): Mark {
  const shape: Shape = {
    type: "line",
    xref: "x domain",
    yref: "y",
    x0: 0,
    x1: 1,
    y0: y,
    y1: y,
    layer: "above",
    line: ruleLine(options),
  };
  const side = options.labelSide ?? "right";
  const x = side === "left" ? 0 : 1;
  const place = { y, xref: "x domain", x, xanchor: side, align: side } as const;
  return mark({ shapes: [shape], annotations: ruleLabel(options, place) });
}

/** Returns the line from one point to another, such as the diagonal of chance or of equality. */
export function segment(
  from: readonly [number, number],
  to: readonly [number, number],
  options: Omit<RuleOptions, "label"> = {},
): Mark {
  const shape: Shape = {
    type: "line",
    xref: "x",
    yref: "y",
    x0: from[0],
    y0: from[1],
    x1: to[0],
    y1: to[1],
    layer: "below",
    line: ruleLine(options),
  };
  return mark({ shapes: [shape] });
}

/** A shaded part of the panel; ends that are left out lie on the panel's border. */
export interface RegionOptions {
  x?: readonly [number | string, number | string];
  y?: readonly [number | string, number | string];
  color?: string;
  /** Draws only the outline, above the data. */
  outline?: boolean;
}

/** Returns a rectangle, shaded behind the data or outlined above it. */
export function region(options: RegionOptions): Mark {
  const [x0, x1] = options.x ?? [0, 1];
  const [y0, y1] = options.y ?? [0, 1];
  const color = options.color ?? (options.outline ? greys.text : greys.faint);
  const shape: Shape = {
    type: "rect",
    xref: options.x ? "x" : "x domain",
    yref: options.y ? "y" : "y domain",
    x0,
    x1,
    y0,
    y1,
    layer: options.outline ? "above" : "below",
    line: options.outline ? { color, width: 2 } : { width: 0 },
    ...(!options.outline && { fillcolor: color }),
  };
  return mark({ shapes: [shape] });
}
