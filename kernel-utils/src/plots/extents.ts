import type { BarTrace, Coordinate, HeatmapTrace, ScatterTrace, Trace } from "../figure";
import { LINE_HEIGHT, sizes } from "./look";
import type { Mark } from "./mark";
import { countLines, estimateWidth } from "./plot-text";

/** A position that an axis must show, with room beyond it, as a share of the axis' span. */
export interface Reach {
  value: number | string;
  room: number;
}

/** The room that points ask for, so that markers stay whole. */
export const ROOM = 0.05;

type Direction = "x" | "y";
type BarMode = "group" | "stack" | "overlay";

/**
 * Returns all positions along the x or the y axis that a panel with these marks must show: points
 * with their whiskers, both ends of bars, the borders of cells, and the lines and notes.
 */
export function collectReaches(marks: Mark, direction: Direction, barMode: BarMode): Reach[] {
  const stacks = new Map<Coordinate, number>();
  return [
    ...marks.traces.flatMap((trace) => traceReaches(trace, direction, barMode, stacks)),
    ...noteReaches(marks, direction),
  ];
}

function traceReaches(
  trace: Trace,
  direction: Direction,
  barMode: BarMode,
  stacks: Map<Coordinate, number>,
): Reach[] {
  switch (trace.type) {
    case "scatter":
      return pointReaches(trace, direction);
    case "bar":
      return isValueAxis(trace, direction)
        ? barEnds(trace, direction, barMode, stacks)
        : barPlaces(trace, direction);
    case "heatmap":
      return cellBorders(trace, direction);
  }
}

/** Returns whether bars grow along this axis rather than stand side by side on it. */
export function isValueAxis(trace: BarTrace, direction: Direction): boolean {
  return (trace.orientation === "h") === (direction === "x");
}

function pointReaches(trace: ScatterTrace, direction: Direction): Reach[] {
  const bars = direction === "x" ? trace.error_x : trace.error_y;
  return trace[direction].flatMap((value, i): Reach[] => {
    if (value === null) return [];
    if (typeof value === "string") return [{ value, room: ROOM }];
    const up = bars?.array[i] ?? 0;
    const down = bars?.arrayminus?.[i] ?? up;
    return [
      { value: value - down, room: ROOM },
      { value: value + up, room: ROOM },
    ];
  });
}

function barEnds(
  trace: BarTrace,
  direction: Direction,
  barMode: BarMode,
  stacks: Map<Coordinate, number>,
): Reach[] {
  const places = trace[direction === "x" ? "y" : "x"];
  const errors = direction === "x" ? trace.error_x : trace.error_y;
  return trace[direction].flatMap((value, i): Reach[] => {
    if (typeof value !== "number") return [];
    const place = places[i] ?? null;
    const stacked = barMode === "stack" ? (stacks.get(place) ?? 0) : 0;
    const start = trace.base?.[i] ?? stacked;
    stacks.set(place, stacked + value);
    const end = start + value;
    const room = end === 0 ? 0 : ROOM;
    return [
      { value: start, room: start === 0 ? 0 : ROOM },
      { value: end, room: labelRoom(trace, i) || room },
      { value: end + (errors?.array[i] ?? 0), room },
      { value: end - (errors?.arrayminus?.[i] ?? 0), room },
    ];
  });
}

/** Labels beyond a bar's end, in a panel of about 500 by 250 pixels. */
function labelRoom(trace: BarTrace, i: number): number {
  const text = trace.text?.[i] ?? "";
  if (text === "" || trace.textposition !== "outside") return 0;
  return trace.orientation === "h"
    ? (estimateWidth(text, sizes.text) + 8) / 500
    : (countLines(text) * sizes.text * LINE_HEIGHT + 8) / 250;
}

function barPlaces(trace: BarTrace, direction: Direction): Reach[] {
  const places = trace[direction];
  return places.flatMap((value, i): Reach[] => {
    if (value === null) return [];
    if (typeof value === "string") return [{ value, room: 0 }];
    const width = typeof trace.width === "object" ? trace.width[i] : trace.width;
    const half = (width ?? smallestStep(places)) / 2;
    return [
      { value: value - half, room: 0 },
      { value: value + half, room: 0 },
    ];
  });
}

function cellBorders(trace: HeatmapTrace, direction: Direction): Reach[] {
  const centres = trace[direction];
  const half = smallestStep(centres) / 2;
  return centres.flatMap((value): Reach[] => {
    if (value === null) return [];
    if (typeof value === "string") return [{ value, room: 0 }];
    return [
      { value: value - half, room: 0 },
      { value: value + half, room: 0 },
    ];
  });
}

/** Returns the smallest distance between two different numbers, 1 if there are no two. */
export function smallestStep(values: readonly Coordinate[]): number {
  const sorted = values
    .filter((value): value is number => typeof value === "number")
    .sort((a, b) => a - b);
  const steps = sorted.slice(1).map((value, i) => value - (sorted[i] ?? value));
  const positive = steps.filter((step) => step > 0);
  return positive.length === 0 ? 1 : Math.min(...positive);
}

/** Whatever is placed by a share of the panel or the paper is visible anyway. */
function noteReaches(marks: Mark, direction: Direction): Reach[] {
  const reference = direction === "x" ? "xref" : "yref";
  const reaches = (value: number | string): Reach => ({ value, room: 0 });
  return [
    ...marks.shapes
      .filter((shape) => isAxis(shape[reference]))
      .flatMap((shape) => [shape[`${direction}0`], shape[`${direction}1`]].map(reaches)),
    ...marks.annotations
      .filter((annotation) => isAxis(annotation[reference]))
      .map((annotation) => reaches(annotation[direction])),
    ...marks.endLabels.map((label) => reaches(label[direction])),
  ];
}

function isAxis(reference: string): boolean {
  return reference !== "paper" && !reference.endsWith("domain");
}
