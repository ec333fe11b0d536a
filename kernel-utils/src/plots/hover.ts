import { plotText } from "./plot-text";

/** The hover text of points that have none of their own is left out. */
export type Hover =
  | { hoverinfo: "skip" }
  | { customdata: string[]; hovertemplate: "%{customdata}<extra></extra>" };

/** Returns the fields of a trace that show `texts`, one per point, to the pointer. */
export function hoverTexts(texts: readonly string[] | undefined): Hover {
  if (texts === undefined) return { hoverinfo: "skip" };
  return {
    customdata: texts.map(plotText),
    hovertemplate: "%{customdata}<extra></extra>",
  };
}
