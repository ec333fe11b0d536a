import type { Axis, LinearAxis, LogAxis } from "../figure";
import { sizes } from "./look";
import { estimateWidth } from "./plot-text";

const GAP = 8;

/** Returns about how many pixels the labels left of a panel take, 0 if it has none. */
export function roomForYLabels(axis: Axis): number {
  if (!axis.showticklabels) return 0;
  const labels = axis.type === "category" ? axis.categoryarray : numberLabels(axis);
  return GAP + widest(labels);
}

/**
 * Returns how many pixels right of a panel its last label needs: half of it, since Plotly hides a
 * label that would be cut.
 */
export function roomForLastXLabel(axis: Axis): number {
  if (!axis.showticklabels || axis.type === "category") return 0;
  return Math.ceil(widest(numberLabels(axis)) / 2);
}

function widest(labels: readonly string[]): number {
  return Math.max(...labels.map((label) => estimateWidth(label, sizes.text)));
}

/** Plotly chooses the numbers once it knows the width; here are some as long as they will be. */
function numberLabels(axis: LinearAxis | LogAxis): string[] {
  if (axis.ticktext) return axis.ticktext;
  if (axis.type === "log") return axis.tickvals.map(String);
  const suffix = axis.ticksuffix ?? "";
  if (axis.tickformat?.includes("%")) return [`100%${suffix}`];
  const fraction = Math.abs(axis.range[1] - axis.range[0]) < 5 ? ".00" : "";
  return axis.range.map((end) => Math.round(end).toLocaleString("en-US") + fraction + suffix);
}
