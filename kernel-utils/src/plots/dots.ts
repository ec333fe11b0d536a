import { InputError } from "../errors";
import type { ErrorBars, PointTextPosition, ScatterTrace } from "../figure";
import { type NumberColumn, requireSameLength, toNumbers } from "../inputs";
import { greys, type MarkerSymbol, type Style, series } from "../palette";
import { type CoordinateColumn, requireOnePerPoint, toPoints } from "./coordinates";
import { hoverTexts } from "./hover";
import { sizes } from "./look";
import { labelColor, type Mark, mark } from "./mark";
import { plotText } from "./plot-text";

/** Ends of a whisker per point, as positions on the axis (not as lengths). */
export interface Whiskers {
  low: NumberColumn;
  high: NumberColumn;
}

/** What `dots` draws and how; everything but `x` and `y` may be left out. */
export interface DotsOptions {
  x: CoordinateColumn;
  y: CoordinateColumn;
  /** One text per point, beside it. */
  labels?: readonly string[];
  labelPosition?: PointTextPosition;
  /** One text per point for the pointer. */
  hover?: readonly string[];
  /** Whiskers along the axis: say in the subtitle what they are. */
  xWhiskers?: Whiskers;
  yWhiskers?: Whiskers;
  /** The role, as in `styles.test`; the next two change parts of it. */
  style?: Style;
  /** One colour for all, or one per point. */
  color?: string | readonly string[];
  symbol?: MarkerSymbol | readonly MarkerSymbol[];
  /** Diameter in pixels, of all or of each. */
  size?: number | readonly number[];
  opacity?: number;
}

/**
 * Returns a marker at each point.
 *
 * @throws InputError for columns that are empty, not equally long, or hold NaN, and for whiskers
 *   that don't enclose their point
 */
export function dots(options: DotsOptions): Mark {
  const { x, y } = toPoints(options.x, options.y);
  for (const key of ["labels", "hover"] as const) requireOnePerPoint(key, options[key], x);
  for (const key of ["color", "symbol", "size"] as const) {
    const value = options[key];
    if (typeof value === "object") requireOnePerPoint(key, value, x);
  }
  const style = options.style ?? series[0];
  const color = options.color ?? style.color;
  const whiskerColor = typeof color === "string" ? color : undefined;
  const trace: ScatterTrace = {
    type: "scatter",
    mode: options.labels ? "text+markers" : "markers",
    x,
    y,
    marker: {
      color: copy(color),
      size: copy(options.size ?? sizes.marker),
      symbol: copy(options.symbol ?? style.symbol),
    },
    ...(options.labels && {
      text: options.labels.map(plotText),
      textposition: options.labelPosition ?? "middle right",
      textfont: {
        size: sizes.text,
        color: typeof color === "string" ? labelColor(color) : greys.text,
      },
    }),
    ...(options.xWhiskers && { error_x: whiskers("x", x, options.xWhiskers, whiskerColor) }),
    ...(options.yWhiskers && { error_y: whiskers("y", y, options.yWhiskers, whiskerColor) }),
    ...(options.opacity !== undefined && { opacity: options.opacity }),
    ...hoverTexts(options.hover),
    showlegend: false,
    cliponaxis: false,
  };
  return mark({ traces: [trace] });
}

function copy<T extends string | number>(value: T | readonly T[]): T | T[] {
  return typeof value === "object" ? [...value] : value;
}

/**
 * Returns the whiskers as Plotly has them, as lengths from the point.
 *
 * @throws InputError `out-of-range` where a whisker does not reach from below its point to above
 */
export function whiskers(
  axis: "x" | "y",
  points: readonly (string | number | null)[],
  ends: Whiskers,
  color: string | undefined,
): ErrorBars {
  const low = toNumbers(`${axis}Whiskers.low`, ends.low);
  const high = toNumbers(`${axis}Whiskers.high`, ends.high);
  requireSameLength(`${axis}Whiskers.low`, low, "the points", points);
  requireSameLength(`${axis}Whiskers.high`, high, "the points", points);
  const lengths = points.map((point, i) => {
    if (point === null) return { up: 0, down: 0 };
    const [bottom, top] = [low[i] ?? Number.NaN, high[i] ?? Number.NaN];
    if (typeof point !== "number" || !(bottom <= point && point <= top)) {
      throw new InputError(
        "out-of-range",
        `${axis}Whiskers[${i}] reaches from ${bottom} to ${top}, but the point is at ${point}: ` +
          "give both ends as positions on the axis, not as lengths.",
        { index: i, low: bottom, high: top, point },
      );
    }
    return { up: top - point, down: point - bottom };
  });
  return {
    type: "data",
    array: lengths.map((length) => length.up),
    arrayminus: lengths.map((length) => length.down),
    thickness: 1.5,
    width: 4,
    ...(color !== undefined && { color }),
  };
}
