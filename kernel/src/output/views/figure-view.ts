import type { MimeBundle } from "../../bridge/contract";
import { toJson } from "../json-value";
import { ownValue } from "./rows-view";

/** Shows a Plotly figure: an object with an array `data` of traces and an object `layout`. */
export function figureView(value: object): MimeBundle | undefined {
  const data = ownValue(value, "data");
  const layout = ownValue(value, "layout");
  if (!Array.isArray(data) || !isObject(layout) || !data.every(isTrace)) return undefined;
  const config = ownValue(value, "config");
  const frames = ownValue(value, "frames");
  const svg = ownValue(value, "svg");
  const figure = {
    data,
    layout,
    ...(isObject(config) && { config }),
    ...(Array.isArray(frames) && { frames }),
  };
  return {
    data: {
      "application/vnd.plotly.v1+json": toJson(figure),
      ...(typeof svg === "string" && { "image/svg+xml": svg }),
      "text/plain": figureText(value, data, layout),
    },
    metadata: {},
  };
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

const TRACE_PARTS = ["type", "x", "y", "z", "values", "labels", "lat", "locations"];

function isTrace(value: unknown): value is object {
  return isObject(value) && TRACE_PARTS.some((part) => part in value);
}

/** The figure in words, where it has some; else its title and kinds of trace. */
function figureText(figure: object, data: readonly object[], layout: object): string {
  const alt = ownValue(figure, "alt");
  if (typeof alt === "string") return alt;
  const title = ownValue(layout, "title");
  const titleText = typeof title === "string" ? title : ownValue(title, "text");
  const kinds = data.map((trace) => String(ownValue(trace, "type") ?? "scatter"));
  const named = typeof titleText === "string" ? ` "${titleText}"` : "";
  return `Plotly figure${named} (${[...new Set(kinds)].join(", ") || "empty"})`;
}
