import { InputError } from "../errors";
import type { Axis, Range } from "../figure";
import { greys } from "../palette";
import { collectReaches, isValueAxis, type Reach, ROOM } from "./extents";
import { axisFont } from "./look";
import type { Mark } from "./mark";
import { plotText } from "./plot-text";

/** What an axis says and shows; all of it may be left out. */
export interface AxisOptions {
  /** What is measured, in which unit: "share of errors, %". */
  title?: string;
  /** Turn to "log" where ratios count; names make an axis of categories by themselves. */
  type?: "linear" | "log";
  /** Both ends in units of the axis, the second smaller to turn it round. Bars need 0 in it. */
  range?: readonly [number, number];
  /** Names in their order, from left or top; else as they come. */
  categories?: readonly string[];
  /** Where labels stand; with `labels` one text for each. */
  ticks?: readonly number[];
  tickLabels?: readonly string[];
  /** How numbers are written, as a d3-format: ".0%", ",d", ".2f". */
  format?: string;
  /** Follows each number, such as " %". */
  suffix?: string;
  grid?: boolean;
  /** False hides ticks and labels, for images. */
  labels?: boolean;
}

type Direction = "x" | "y";
type BarMode = "group" | "stack" | "overlay";

/** Returns the axis of a panel with these marks, without its place in the picture. */
export function buildAxis(
  options: AxisOptions,
  marks: Mark,
  direction: Direction,
  barMode: BarMode,
): Axis {
  const reaches = collectReaches(marks, direction, barMode);
  const names = options.categories ?? categoryNames(marks, direction);
  const isCategory = names.length > 0;
  const hasBarsAlong = marks.traces.some(
    (trace) => trace.type === "bar" && isValueAxis(trace, direction),
  );
  const hasBarsAcross = marks.traces.some((trace) => trace.type === "bar") && !hasBarsAlong;
  const hasCells = marks.traces.some((trace) => trace.type === "heatmap");
  const common = {
    domain: [0, 1] as [number, number],
    anchor: direction === "x" ? ("y" as const) : ("x" as const),
    ...gridLines(options.grid ?? !(isCategory || hasCells || hasBarsAcross)),
    ...zeroLine(hasBarsAlong && !isCategory && options.type !== "log"),
    ...tickLabels(options.labels ?? true),
    ticks: "" as const,
  };
  const turned = direction === "y" && (isCategory || hasCells);
  if (isCategory) return { ...common, ...categoryScale(names, options, turned) };
  if (options.type === "log") return { ...common, ...logScale(options, reaches) };
  return { ...common, ...linearScale(options, reaches, turned) };
}

function gridLines(showgrid: boolean): Pick<Axis, "showgrid" | "gridcolor"> {
  return showgrid ? { showgrid, gridcolor: greys.grid } : { showgrid };
}

function zeroLine(zeroline: boolean): Pick<Axis, "zeroline" | "zerolinecolor"> {
  return zeroline ? { zeroline, zerolinecolor: greys.baseline } : { zeroline };
}

function tickLabels(
  showticklabels: boolean,
): Pick<Axis, "showticklabels" | "tickfont" | "ticklabelstandoff" | "automargin"> {
  if (!showticklabels) return { showticklabels };
  return {
    showticklabels,
    tickfont: { ...axisFont },
    ticklabelstandoff: TICK_STANDOFF,
    automargin: true,
  };
}

/** Returns the names along an axis in the order in which they come. */
function categoryNames(marks: Mark, direction: Direction): string[] {
  const names = marks.traces
    .flatMap((trace) => trace[direction])
    .filter((value): value is string => typeof value === "string");
  return [...new Set(names)];
}

function categoryScale(names: readonly string[], options: AxisOptions, turned: boolean) {
  const ends: Range = turned ? [names.length - 0.5, -0.5] : [-0.5, names.length - 0.5];
  return {
    type: "category" as const,
    categoryorder: "array" as const,
    categoryarray: [...names],
    range: options.range ? ([...options.range] as Range) : ends,
  };
}

function linearScale(options: AxisOptions, reaches: readonly Reach[], turned: boolean) {
  const range = options.range ? ([...options.range] as Range) : fitRange(reaches);
  requireLabelPerTick(options);
  return {
    type: "linear" as const,
    range: turned && !options.range ? ([range[1], range[0]] as Range) : range,
    ...(options.ticks && { tickvals: [...options.ticks] }),
    ...(options.tickLabels && { ticktext: options.tickLabels.map(plotText) }),
    ...numberFormat(options.format, range),
    ...(options.suffix !== undefined && { ticksuffix: plotText(options.suffix) }),
  };
}

/** Plotly would write 10k for 10,000. */
function numberFormat(format: string | undefined, range: Range): { tickformat?: string } {
  if (format !== undefined) return { tickformat: format };
  return Math.max(...range.map(Math.abs)) >= 5000 ? { tickformat: ",d" } : {};
}

function logScale(options: AxisOptions, reaches: readonly Reach[]) {
  requireLabelPerTick(options);
  const values = options.range ?? reaches.map((reach) => reach.value);
  for (const value of values) {
    if (typeof value === "number" && value > 0) continue;
    throw new InputError(
      "out-of-range",
      `A logarithmic axis can't show ${String(value)}: expected numbers above 0.`,
      { value },
    );
  }
  const range = options.range
    ? ([Math.log10(options.range[0]), Math.log10(options.range[1])] as Range)
    : fitRange(reaches.map(({ value, room }) => ({ value: Math.log10(Number(value)), room })));
  const tickvals = options.ticks ? [...options.ticks] : logTicks(range);
  const ticktext =
    options.tickLabels?.map(plotText) ??
    tickvals.map((value) => value.toLocaleString("en-US", { maximumSignificantDigits: 6 }));
  return { type: "log" as const, range, tickvals, ticktext };
}

function requireLabelPerTick({ ticks, tickLabels }: AxisOptions): void {
  if (tickLabels === undefined || tickLabels.length === ticks?.length) return;
  throw new InputError(
    "length-mismatch",
    `${tickLabels.length} tickLabels for ${ticks?.length ?? 0} ticks: expected one for each.`,
    { ticks: ticks?.length ?? 0, tickLabels: tickLabels.length },
  );
}

const TICK_STANDOFF = 5;

/** Returns the range that shows all positions, with the room beyond that they ask for. */
export function fitRange(reaches: readonly Reach[]): Range {
  const numbers = reaches.filter((reach) => typeof reach.value === "number");
  if (numbers.length === 0) return [0, 1];
  const values = numbers.map((reach) => Number(reach.value));
  const low = values.reduce((a, b) => Math.min(a, b));
  const high = values.reduce((a, b) => Math.max(a, b));
  const span = high > low ? high - low : Math.abs(high) || 1;
  const room = (end: number) =>
    high === low ? ROOM : Math.max(...numbers.filter((r) => r.value === end).map((r) => r.room));
  return [low - room(low) * span, high + room(high) * span];
}

/** Whole powers of ten; within two decades also 2 and 5. */
function logTicks(range: Range): number[] {
  const [low, high] = [Math.min(...range), Math.max(...range)];
  const steps = high - low > 2.5 ? [1] : high - low > 0.8 ? [1, 2, 5] : [1, 2, 3, 4, 5, 6, 8];
  const decades = Array.from(
    { length: Math.floor(high) - Math.floor(low) + 1 },
    (_, i) => Math.floor(low) + i,
  );
  return decades
    .flatMap((decade) => steps.map((step) => Number(`${step}e${decade}`)))
    .filter((value) => Math.log10(value) >= low - 1e-9 && Math.log10(value) <= high + 1e-9);
}
