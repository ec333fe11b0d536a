import type { BarTrace } from "../figure";
import { type NumberColumn, requireSameLength, toNumbers } from "../inputs";
import { greys, type Style, series } from "../palette";
import { type CoordinateColumn, requireOnePerPoint, toCoordinates } from "./coordinates";
import { type Whiskers, whiskers } from "./dots";
import { hoverTexts } from "./hover";
import { sizes } from "./look";
import { labelColor, type Mark, mark } from "./mark";
import { plotText } from "./plot-text";

/** What `bars` draws and how; everything but `at` and `values` may be left out. */
export interface BarsOptions {
  /** Where each bar stands: names of categories, or numbers. */
  at: CoordinateColumn;
  /** How long each bar is, from `base`. */
  values: NumberColumn;
  /** Lying bars leave room for long names. */
  horizontal?: boolean;
  /** Where each bar begins; 0 unless given. */
  base?: NumberColumn;
  /** Thickness in units of the axis, of all or of each; categories are 1 apart. */
  width?: number | NumberColumn;
  /** One text per bar, at its end or within it. */
  labels?: readonly string[];
  labelPosition?: "outside" | "inside";
  /** Colour of labels within bars. */
  labelColor?: string;
  /** One text per bar for the pointer. */
  hover?: readonly string[];
  /** Whiskers at the bars' ends, as positions on the axis. */
  whiskers?: Whiskers;
  /** The role, as in `styles.model`; `color` is for all or one per bar. */
  style?: Style;
  color?: string | readonly string[];
  /** Draws a thin white border, which keeps neighbours apart. */
  border?: boolean;
  opacity?: number;
}

/**
 * Returns bars. They begin at 0 unless `base` says otherwise, so that their length is their value.
 *
 * @throws InputError for columns that are empty, not equally long, or hold NaN
 */
export function bars(options: BarsOptions): Mark {
  const at = toCoordinates("at", options.at);
  const values = Array.from(toNumbers("values", options.values));
  requireSameLength("at", at, "values", values);
  for (const key of ["labels", "hover"] as const) requireOnePerPoint(key, options[key], at);
  const color = options.color ?? options.style?.color ?? series[0].color;
  if (typeof color === "object") requireOnePerPoint("color", color, at);
  const base = options.base && Array.from(toNumbers("base", options.base));
  requireOnePerPoint("base", base, at);
  const trace: BarTrace = {
    type: "bar",
    orientation: options.horizontal ? "h" : "v",
    x: options.horizontal ? values : at,
    y: options.horizontal ? at : values,
    ...(base && { base }),
    ...(options.width !== undefined && { width: toWidths(options.width, at) }),
    marker: {
      color: typeof color === "string" ? color : [...color],
      ...(options.border && { line: { color: greys.background, width: 1 } }),
    },
    ...barLabels(options, color),
    ...barWhiskers(options, values, base),
    ...(options.opacity !== undefined && { opacity: options.opacity }),
    ...hoverTexts(options.hover),
    showlegend: false,
  };
  return mark({ traces: [trace] });
}

function barLabels(
  options: BarsOptions,
  color: string | readonly string[],
): Omit<BarTrace, "type" | "orientation" | "x" | "y" | "marker" | "showlegend"> {
  if (options.labels === undefined) return { textposition: "none" };
  const position = options.labelPosition ?? "outside";
  const outside = typeof color === "string" ? labelColor(color) : greys.text;
  return {
    text: options.labels.map(plotText),
    textposition: position,
    textfont: {
      size: sizes.text,
      color: position === "outside" ? outside : (options.labelColor ?? greys.background),
    },
    textangle: 0,
    constraintext: "none",
    ...(position === "outside" ? { cliponaxis: false } : { insidetextanchor: "middle" }),
  };
}

function toWidths(width: number | NumberColumn, at: readonly unknown[]): number | number[] {
  if (typeof width === "number") return width;
  const widths = Array.from(toNumbers("width", width));
  requireSameLength("width", widths, "at", at);
  return widths;
}

/** Whiskers stand at the bars' ends, which `base` moves. */
function barWhiskers(
  options: BarsOptions,
  values: readonly number[],
  base: readonly number[] | undefined,
): Pick<BarTrace, "error_x" | "error_y"> {
  if (options.whiskers === undefined) return {};
  const ends = values.map((value, i) => value + (base?.[i] ?? 0));
  const axis = options.horizontal ? "x" : "y";
  const errorBars = whiskers(axis, ends, options.whiskers, greys.text);
  return options.horizontal ? { error_x: errorBars } : { error_y: errorBars };
}
