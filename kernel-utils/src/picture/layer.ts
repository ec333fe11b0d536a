import type { Dash } from "../palette";
import type { PanelBox } from "./panel-boxes";
import type { Mark } from "./vega-types";

/** One vega mark together with the rows that it draws; later layers lie on top. */
export interface Layer {
  readonly rows: readonly object[];
  readonly mark: Mark;
}

/** Returns vega's clip to a panel, which leaves lines on the panel's border whole. */
export function clipTo(panel: PanelBox, room = 2): { path: string } {
  const [left, right] = [panel.left - room, panel.right + room];
  const [top, bottom] = [panel.top - room, panel.bottom + room];
  return { path: `M${left},${top}H${right}V${bottom}H${left}Z` };
}

/**
 * Returns the lengths of strokes and gaps of a dash.
 *
 * Source: `dashStyle` in plotly.js `components/drawing`.
 */
export function dashLengths(dash: Dash | undefined, width: number): number[] {
  const unit = Math.max(width, 3);
  const patterns: Record<Dash, number[]> = {
    solid: [],
    dot: [1, 1],
    dash: [3, 3],
    longdash: [5, 5],
    dashdot: [3, 1, 1, 1],
  };
  return patterns[dash ?? "solid"].map((length) => length * unit);
}
