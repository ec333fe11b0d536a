import type { ScatterTrace } from "../figure";
import { type Dash, type Style, series } from "../palette";
import { type CoordinateColumn, requireOnePerPoint, toPoints } from "./coordinates";
import { hoverTexts } from "./hover";
import { sizes } from "./look";
import { type EndLabel, labelColor, type Mark, mark } from "./mark";
import { plotText } from "./plot-text";

/** What `line` draws and how; everything but `x` and `y` may be left out. */
export interface LineOptions {
  x: CoordinateColumn;
  y: CoordinateColumn;
  /** Stands right of the last point, instead of a legend. */
  label?: string;
  /** One text per point for the pointer: the counts, and the sum that gave the value. */
  hover?: readonly string[];
  /** The role, as in `styles.train`; the next three change parts of it. */
  style?: Style;
  color?: string;
  dash?: Dash;
  /** In pixels. */
  width?: number;
  /** Draws the points too. */
  markers?: boolean;
  /** Goes on flat and then up or down, as counts and empirical distributions do. */
  steps?: boolean;
  opacity?: number;
}

/**
 * Returns a line through the points in their order; null is a gap.
 *
 * @throws InputError for columns that are empty, not equally long, or hold NaN
 */
export function line(options: LineOptions): Mark {
  const { x, y } = toPoints(options.x, options.y);
  requireOnePerPoint("hover", options.hover, x);
  const style = options.style ?? series[0];
  const color = options.color ?? style.color;
  const trace: ScatterTrace = {
    type: "scatter",
    mode: options.markers ? "lines+markers" : "lines",
    x,
    y,
    line: {
      color,
      width: options.width ?? sizes.line,
      dash: options.dash ?? style.dash,
      shape: options.steps ? "hv" : "linear",
    },
    ...(options.markers && {
      marker: { color, size: sizes.marker - 2, symbol: style.symbol },
    }),
    ...(options.label !== undefined && { name: plotText(options.label) }),
    ...(options.opacity !== undefined && { opacity: options.opacity }),
    ...hoverTexts(options.hover),
    showlegend: false,
    ...(options.markers && { cliponaxis: false }),
  };
  return mark({ traces: [trace], endLabels: endLabels(options.label, trace, color) });
}

/** The label stands at the last point that has both coordinates. */
function endLabels(label: string | undefined, trace: ScatterTrace, color: string): EndLabel[] {
  if (label === undefined) return [];
  for (let i = trace.x.length - 1; i >= 0; i--) {
    const [x, y] = [trace.x[i], trace.y[i]];
    if (x !== null && x !== undefined && typeof y === "number") {
      return [{ x, y, text: plotText(label), color: labelColor(color) }];
    }
  }
  return [];
}
