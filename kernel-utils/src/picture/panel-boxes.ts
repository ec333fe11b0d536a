import type { Axis, Figure, PanelNumber, XAxis } from "../figure";
import type { MeasureText } from "./font-metrics";
import { textLines } from "./text-lines";
import { axisTicks, type FormatNumber, type Tick } from "./ticks";

/** An axis in the picture: `start` is the pixel of its range's first end, `end` of its second. */
export interface AxisBox {
  /** As traces and notes refer to it: "x", "y2". */
  name: string;
  axis: Axis;
  start: number;
  end: number;
  ticks: Tick[];
}

/** A panel's borders in pixels and its two axes. */
export interface PanelBox {
  x: AxisBox;
  y: AxisBox;
  left: number;
  right: number;
  top: number;
  bottom: number;
  /** Labels below are turned by this angle in degrees, since they would overlap. */
  labelAngle: 0 | 30;
  /** Pixels that the labels below take. */
  labelDepth: number;
  /** The title below, with the pixel of its top. */
  title?: { text: string; top: number };
}

/** All panels, and the area that "paper" refers to. */
export interface PanelBoxes {
  panels: PanelBox[];
  paper: { left: number; right: number; top: number; bottom: number };
}

/** What the boxes depend on besides the figure. */
export interface Measures {
  width: number;
  measure: MeasureText;
  format: FormatNumber;
}

const NUMBERS: readonly PanelNumber[] = ["", "2", "3", "4", "5", "6", "7", "8", "9"];
const LINE_HEIGHT = 1.3;

/** Pixels between the longest label and the picture's edge. */
const LABEL_EDGE = 9;
/** Pixels that Plotly keeps between labels and the picture's right and lower edge. */
const AUTO_PADDING = 12;
/** Labels that would touch are turned by 30 degrees. */
const COS = Math.cos(Math.PI / 6);
const SIN = 0.5;

interface Pair {
  number: PanelNumber;
  x: XAxis;
  y: Axis;
}

interface Area {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

/**
 * Returns where Plotly puts the panels of a figure that is `width` pixels wide: margins grow until
 * labels fit, and panels with equal units shrink.
 */
export function panelBoxes({ layout }: Figure, measures: Measures): PanelBoxes {
  const pairs = NUMBERS.flatMap((number): Pair[] => {
    const [x, y] = [layout[`xaxis${number}`], layout[`yaxis${number}`]];
    return x && y ? [{ number, x, y }] : [];
  });
  const { l, r, t, b } = layout.margin;
  const given = { left: l, right: measures.width - r, top: t, bottom: layout.height - b };
  const drafts = pairs.map((pair) => panelBox(pair, given, measures));
  const most = (side: (panel: PanelBox) => number) => Math.max(0, ...drafts.map(side));
  const paper = {
    left: Math.max(
      l,
      most((panel) => (panel.left === l ? labelWidth(panel.y, measures) : 0)),
    ),
    right:
      measures.width -
      Math.max(
        r,
        most((panel) => (panel.right === given.right ? overhang(panel, measures) : 0)),
      ),
    top: t,
    bottom:
      layout.height -
      Math.max(
        b,
        most((panel) => (panel.bottom === given.bottom ? depthBelow(panel) : 0)),
      ),
  };
  return { panels: pairs.map((pair) => panelBox(pair, paper, measures)), paper };
}

function panelBox({ number, x, y }: Pair, paper: Area, measures: Measures): PanelBox {
  const area = squareArea(domainArea(x, y, paper), x, y);
  const standoff = x.ticklabelstandoff ?? 0;
  const xTicks = x.showticklabels ? axisTicks(x, "x", area.right - area.left, measures.format) : [];
  const yTicks = y.showticklabels ? axisTicks(y, "y", area.bottom - area.top, measures.format) : [];
  const xBox = { name: `x${number}`, axis: x, start: area.left, end: area.right, ticks: xTicks };
  const yBox = { name: `y${number}`, axis: y, start: area.bottom, end: area.top, ticks: yTicks };
  const turned = overlap(xBox, measures);
  const size = x.tickfont?.size ?? 12;
  const widest = Math.max(0, ...xTicks.map((tick) => tickWidth(tick, size, measures)));
  const lines = Math.max(0, ...xTicks.map((tick) => tick.lines.length));
  const straight = lines * size * LINE_HEIGHT;
  const depth = turned ? SIN * widest + COS * straight : straight;
  const labelDepth = xTicks.length === 0 ? 0 : standoff + depth;
  return {
    ...area,
    x: xBox,
    y: yBox,
    labelAngle: turned ? 30 : 0,
    labelDepth,
    ...(x.title && {
      title: { text: x.title.text, top: area.bottom + labelDepth + x.title.standoff },
    }),
  };
}

function domainArea(x: Axis, y: Axis, paper: Area): Area {
  const width = paper.right - paper.left;
  const height = paper.bottom - paper.top;
  return {
    left: paper.left + x.domain[0] * width,
    right: paper.left + x.domain[1] * width,
    top: paper.bottom - y.domain[1] * height,
    bottom: paper.bottom - y.domain[0] * height,
  };
}

/** Narrows the area so that one unit is as long on both axes, where the axes ask for it. */
function squareArea(area: Area, x: Axis, y: Axis): Area {
  if (y.scaleanchor === undefined) return area;
  const units = (axis: Axis) => Math.abs(axis.range[1] - axis.range[0]);
  const unit = Math.min((area.right - area.left) / units(x), (area.bottom - area.top) / units(y));
  const spareWidth = area.right - area.left - unit * units(x);
  const spareHeight = area.bottom - area.top - unit * units(y);
  const share = { left: 0, top: 0, center: 0.5, middle: 0.5, right: 1, bottom: 1 };
  const left = area.left + spareWidth * share[x.constraintoward ?? "center"];
  const top = area.top + spareHeight * share[y.constraintoward ?? "middle"];
  return { left, right: left + unit * units(x), top, bottom: top + unit * units(y) };
}

/** Returns the pixel of a position: a number in axis units, or the name of a category. */
export function toPixel({ axis, start, end }: AxisBox, position: number | string): number {
  const value = axisNumber(axis, position);
  const place = axis.type === "log" ? Math.log10(value) : value;
  return start + ((place - axis.range[0]) / (axis.range[1] - axis.range[0])) * (end - start);
}

/** Returns a position as a number: categories count from 0. */
export function axisNumber(axis: Axis, position: number | string): number {
  if (typeof position === "number") return position;
  return axis.type === "category" ? axis.categoryarray.indexOf(position) : Number(position);
}

function tickWidth(tick: Tick, size: number, { measure }: Measures): number {
  return Math.max(...tick.lines.map((line) => measure(line, size)));
}

function labelWidth({ axis, ticks }: AxisBox, measures: Measures): number {
  const size = axis.tickfont?.size ?? 12;
  const widest = Math.max(0, ...ticks.map((tick) => tickWidth(tick, size, measures)));
  return ticks.length === 0 ? 0 : widest + (axis.ticklabelstandoff ?? 0) + LABEL_EDGE;
}

/** Returns the pixels that the last label needs right of the panel. */
function overhang({ x, labelAngle, right }: PanelBox, measures: Measures): number {
  const size = x.axis.tickfont?.size ?? 12;
  const reach = (width: number) => (labelAngle === 0 ? width / 2 : COS * width + SIN * size);
  const ends = x.ticks.map(
    (tick) => toPixel(x, tick.value) + reach(tickWidth(tick, size, measures)),
  );
  return Math.max(0, ...ends) - right + AUTO_PADDING;
}

function depthBelow({ title, labelDepth, bottom }: PanelBox): number {
  if (title === undefined) return labelDepth + AUTO_PADDING;
  return title.top - bottom + textLines(title.text).length * 13 * LINE_HEIGHT;
}

/** Returns whether any two neighbouring labels would touch if they stood level. */
function overlap(x: AxisBox, measures: Measures): boolean {
  const size = x.axis.tickfont?.size ?? 12;
  const spans = x.ticks
    .map((tick) => {
      const centre = toPixel(x, tick.value);
      const half = tickWidth(tick, size, measures) / 2;
      return { from: centre - half, to: centre + half };
    })
    .sort((a, b) => a.from - b.from);
  return spans.some((span, i) => i > 0 && span.from < (spans[i - 1]?.to ?? 0) + 4);
}
