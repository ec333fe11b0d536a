import { InputError } from "../errors";
import type { Annotation, Axis, Figure, PanelNumber, XAxis } from "../figure";
import { greys } from "../palette";
import { type AxisOptions, buildAxis } from "./axis";
import { endLabelWidth, placeEndLabels } from "./end-labels";
import { buildTitle } from "./figure-title";
import { roomForLastXLabel, roomForYLabels } from "./label-room";
import { axisFont, baseLayout, EDGE, LINE_HEIGHT, sizes } from "./look";
import { joinMarks, type Mark, panelNumbers, placeMark } from "./mark";
import { countLines, plotText } from "./plot-text";

/** What stands around the panels. */
export interface FigureOptions {
  /** The finding, as a sentence: "Recall falls first". */
  title: string;
  /** What is drawn: n, units, what the whiskers are. */
  subtitle?: string;
  /** For who can't see the figure: its type, its axes, its finding. */
  alt: string;
  /** In pixels; the width follows the window. */
  height?: number;
  /** How bars at one place share it. */
  barMode?: "group" | "stack" | "overlay";
  /** The part of each place that stays empty between bars, from 0 to 1. */
  barGap?: number;
}

/** One panel of a figure. */
export interface Panel {
  title?: string;
  x?: AxisOptions;
  y?: AxisOptions;
  marks: readonly Mark[];
  /** Makes one unit equally long on both axes, for images and diagonals. */
  square?: boolean;
}

/** How panels are laid out; filled row by row. */
export interface GridOptions {
  /** Relative widths of the columns; one row of equal panels unless given. */
  columns?: readonly number[];
  /** Relative heights of the rows. */
  rows?: readonly number[];
}

/** Keeps the heading clear of the uppermost tick's label. */
const HEAD_LIFT = 9;
const BAR_GAP = 0.25;
const BOTTOM_EDGE = 10;
const TICK_ROOM = 24;
const AXIS_TITLE_ROOM = 24;
const ROW_GAP = 14;
/** Columns keep their gaps when the figure is only this wide. */
const NARROW = 620;

interface Built {
  number: PanelNumber;
  panel: Panel;
  marks: Mark;
  x: XAxis;
  y: Axis;
  left: number;
  right: number;
  head: number;
  foot: number;
}

/**
 * Returns a figure of several panels, at most nine.
 *
 * @throws InputError for a missing title or alternative text, for no or too many panels, and for
 *   a range that an axis can't have
 */
export function panels(options: FigureOptions & GridOptions, list: readonly Panel[]): Figure {
  requireWords(options);
  const columns = options.columns ?? list.map(() => 1);
  const rowCount = Math.ceil(list.length / columns.length);
  const rows = options.rows ?? Array.from({ length: rowCount }, () => 1);
  if (list.length === 0 || list.length > panelNumbers.length || rows.length !== rowCount) {
    throw new InputError(
      "out-of-range",
      `Expected 1 to ${panelNumbers.length} panels that fill ${rows.length} rows of ` +
        `${columns.length}, got ${list.length}.`,
      { panels: list.length, rows: rows.length, columns: columns.length },
    );
  }
  const built = list.map((panel, i) => buildPanel(panel, panelNumbers[i] ?? "", options.barMode));
  const height = options.height ?? 300 * rowCount + 120;
  const heading = buildTitle(options, height);
  const row = (r: number) => built.slice(r * columns.length, (r + 1) * columns.length);
  const column = (c: number) => built.filter((_, i) => i % columns.length === c);
  const most = (list: readonly Built[], side: "left" | "right" | "head" | "foot") =>
    Math.max(0, ...list.map((one) => one[side]));
  const margin = {
    l: EDGE + most(column(0), "left"),
    r: EDGE + most(column(columns.length - 1), "right"),
    t: heading.room + most(row(0), "head"),
    b: most(row(rowCount - 1), "foot") + BOTTOM_EDGE,
  };
  const inner = height - margin.t - margin.b;
  const yGaps = rows
    .slice(1)
    .map((_, r) => most(row(r), "foot") + most(row(r + 1), "head") + ROW_GAP);
  const xGaps = columns
    .slice(1)
    .map((_, c) => most(column(c), "right") + most(column(c + 1), "left") + EDGE);
  const xDomains = divide(columns, xGaps, NARROW - margin.l - margin.r);
  const yDomains = divide(rows, yGaps, inner).map(([a, b]): [number, number] => [1 - b, 1 - a]);
  for (const [i, one] of built.entries()) {
    one.left = most(column(i % columns.length), "left");
    one.x.domain = xDomains[i % columns.length] ?? [0, 1];
    one.y.domain = yDomains[Math.floor(i / columns.length)] ?? [0, 1];
  }
  return {
    data: built.flatMap((one) => placeMark(one.marks, one.number).traces),
    layout: {
      ...baseLayout,
      title: heading.title,
      height,
      margin,
      ...(built.some((one) => one.marks.traces.some((trace) => trace.type === "bar")) && {
        barmode: options.barMode ?? "group",
        bargap: options.barGap ?? BAR_GAP,
      }),
      shapes: built.flatMap((one) => placeMark(one.marks, one.number).shapes),
      annotations: built.flatMap((one) => panelAnnotations(one, inner)),
      ...Object.fromEntries(
        built.flatMap((one) => [
          [`xaxis${one.number}`, one.x],
          [`yaxis${one.number}`, one.y],
        ]),
      ),
    },
    alt: options.alt.trim(),
  };
}

/**
 * Returns a figure of one panel.
 *
 * @throws InputError as `panels` does
 */
export function figure(
  options: FigureOptions & Omit<Panel, "title" | "marks">,
  ...marks: readonly Mark[]
): Figure {
  const { x, y, square, ...around } = options;
  const panel = { ...(x && { x }), ...(y && { y }), ...(square && { square }), marks };
  return panels({ ...around, columns: [1] }, [panel]);
}

function requireWords(options: FigureOptions): void {
  for (const name of ["title", "alt"] as const) {
    if (options[name].trim() !== "") continue;
    throw new InputError(
      "empty-input",
      name === "title"
        ? "The title is empty: expected the figure's finding as a sentence."
        : "alt is empty: expected the figure's type, its axes and its finding in words.",
      { name },
    );
  }
}

function buildPanel(panel: Panel, number: PanelNumber, barMode: FigureOptions["barMode"]): Built {
  const marks = joinMarks(panel.marks);
  const x: XAxis = buildAxis(panel.x ?? {}, marks, "x", barMode ?? "group");
  const y = buildAxis(panel.y ?? {}, marks, "y", barMode ?? "group");
  x.anchor = `y${number}`;
  y.anchor = `x${number}`;
  if (panel.x?.title !== undefined) {
    x.title = { text: plotText(panel.x.title), standoff: 8, font: { ...axisFont } };
  }
  if (panel.square) {
    y.scaleanchor = `x${number}`;
    for (const axis of [x, y]) axis.constrain = "domain";
    x.constraintoward = "left";
    y.constraintoward = "top";
  }
  const titleLines = (text: string | undefined) =>
    text === undefined ? 0 : countLines(plotText(text));
  return {
    number,
    panel,
    marks,
    x,
    y,
    left: roomForYLabels(y),
    right: Math.max(endLabelWidth(marks.endLabels), roomForLastXLabel(x)),
    head:
      titleLines(panel.title) * sizes.panelTitle * LINE_HEIGHT +
      titleLines(panel.y?.title) * sizes.text * LINE_HEIGHT +
      (panel.title || panel.y?.title ? HEAD_LIFT + 4 : 0),
    foot:
      (x.showticklabels ? TICK_ROOM : 0) +
      (panel.x?.title === undefined ? 0 : 8 + titleLines(panel.x.title) * AXIS_TITLE_ROOM),
  };
}

/** Returns both ends, as shares of the whole, of parts with gaps (in pixels) between them. */
function divide(parts: readonly number[], gaps: readonly number[], pixels: number) {
  const gapShare = gaps.map((gap) => gap / pixels);
  const rest = 1 - gapShare.reduce((sum, gap) => sum + gap, 0);
  const total = parts.reduce((sum, part) => sum + part, 0);
  let start = 0;
  return parts.map((part, i): [number, number] => {
    const end = start + (part / total) * rest;
    const ends: [number, number] = [round(start), round(end)];
    start = end + (gapShare[i] ?? 0);
    return ends;
  });
}

function round(share: number): number {
  return Math.min(1, Math.round(share * 1e4) / 1e4);
}

/** Returns the panel's heading, its notes and its end labels, placed. */
function panelAnnotations(one: Built, inner: number): Annotation[] {
  const height = (one.y.domain[1] - one.y.domain[0]) * inner;
  const endLabels = placeEndLabels(one.marks.endLabels, one.y, height);
  const notes = [...one.marks.annotations, ...endLabels].map((annotation) =>
    toAxisUnits(annotation, one.x, one.y),
  );
  const placed = placeMark({ ...one.marks, annotations: notes }, one.number).annotations;
  return [...headings(one), ...placed];
}

/** Plotly places annotations on logarithmic axes by their logarithms, unlike shapes. */
export function toAxisUnits(annotation: Annotation, x: Axis, y: Axis): Annotation {
  const convert = (value: number | string, axis: Axis, reference: string) =>
    axis.type === "log" && !reference.endsWith("domain") && reference !== "paper"
      ? Math.log10(Number(value))
      : value;
  return {
    ...annotation,
    x: convert(annotation.x, x, annotation.xref),
    y: convert(annotation.y, y, annotation.yref),
  };
}

/** The title of the y axis stands level above it, where it is easy to read and takes no width. */
function headings({ panel, number, left }: Built): Annotation[] {
  const place = {
    xref: `x${number} domain`,
    yref: `y${number} domain`,
    x: 0,
    y: 1,
    xanchor: "left",
    yanchor: "bottom",
    xshift: -left,
    align: "left",
    showarrow: false,
  } as const;
  const axisTitle = panel.y?.title === undefined ? "" : plotText(panel.y.title);
  const rise =
    axisTitle === "" ? HEAD_LIFT : countLines(axisTitle) * sizes.text * LINE_HEIGHT + HEAD_LIFT;
  const font = { size: sizes.text, color: greys.axis };
  const titleFont = { size: sizes.panelTitle, color: greys.text };
  return [
    ...(panel.title === undefined
      ? []
      : [{ ...place, text: plotText(panel.title), yshift: Math.round(rise), font: titleFont }]),
    ...(axisTitle === "" ? [] : [{ ...place, text: axisTitle, yshift: HEAD_LIFT, font }]),
  ];
}
