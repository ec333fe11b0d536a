import type { Dash } from "./palette";

// Everything about a figure but its data: see figure.ts for what these types promise.

/** Panels are numbered as Plotly does it: x, x2, ... x9 each with y, y2, ... y9. */
export type PanelNumber = "" | "2" | "3" | "4" | "5" | "6" | "7" | "8" | "9";

/** Names a panel's axes from a trace or a note. */
export type XAxisName = `x${PanelNumber}`;
export type YAxisName = `y${PanelNumber}`;

/** Family is left to the figure as a whole, so that all texts agree. */
export interface Font {
  size: number;
  color: string;
}

interface AxisBase {
  /** The part of the picture's width or height that the panel takes, from 0 to 1. */
  domain: [number, number];
  anchor: XAxisName | YAxisName;
  showgrid: boolean;
  gridcolor?: string;
  zeroline: boolean;
  zerolinecolor?: string;
  showticklabels: boolean;
  ticks: "";
  tickfont?: Font;
  /** Pixels between the panel and the labels. */
  ticklabelstandoff?: number;
  automargin?: true;
  fixedrange?: boolean;
  /** Keeps one unit as long as one unit of the other axis, by narrowing the panel. */
  scaleanchor?: XAxisName | YAxisName;
  constrain?: "domain";
  constraintoward?: "left" | "center" | "right" | "top" | "middle" | "bottom";
}

/** A range from its first to its second end; turned round where the first is greater. */
export type Range = [number, number];

/** Numbers, evenly spaced. Ticks are chosen unless `tickvals` lists them. */
export interface LinearAxis extends AxisBase {
  type: "linear";
  range: Range;
  tickvals?: number[];
  ticktext?: string[];
  /** A d3-format such as ".0%" or ",d". */
  tickformat?: string;
  ticksuffix?: string;
}

/** Numbers above 0, spaced by their ratio. `range` holds decimal logarithms, `tickvals` values. */
export interface LogAxis extends AxisBase {
  type: "log";
  range: Range;
  tickvals: number[];
  ticktext: string[];
}

/** Names, one unit apart; the first is at 0. */
export interface CategoryAxis extends AxisBase {
  type: "category";
  categoryorder: "array";
  categoryarray: string[];
  range: Range;
}

export type Axis = LinearAxis | LogAxis | CategoryAxis;

/** Plotly turns the title of an upright axis by 90 degrees; here it is an annotation on top. */
export type XAxis = Axis & { title?: { text: string; standoff: number; font: Font } };

/** A line or a rectangle. `paper` counts from 0 to 1 over the panels' area. */
export interface Shape {
  type: "line" | "rect";
  xref: XAxisName | `${XAxisName} domain` | "paper";
  yref: YAxisName | `${YAxisName} domain` | "paper";
  x0: number | string;
  x1: number | string;
  y0: number | string;
  y1: number | string;
  layer: "above" | "below";
  line: { width: 0 } | { color: string; width: number; dash?: Dash };
  fillcolor?: string;
}

/** A text, with an arrow to a point where `showarrow` is set. */
export interface Annotation {
  text: string;
  xref: XAxisName | `${XAxisName} domain` | "paper";
  yref: YAxisName | `${YAxisName} domain` | "paper";
  x: number | string;
  y: number | string;
  xanchor: "left" | "center" | "right";
  yanchor: "top" | "middle" | "bottom";
  /** Shift in pixels, right and up. */
  xshift?: number;
  yshift?: number;
  align: "left" | "center" | "right";
  font: { size: number; color: string };
  bgcolor?: string;
  textangle?: 0 | -90;
  showarrow: boolean;
  /** The text's place in pixels from the point, right and down. */
  ax?: number;
  ay?: number;
  arrowhead?: 0 | 2;
  arrowwidth?: number;
  arrowcolor?: string;
  /** Pixels that the arrow's tip keeps away from the point. */
  standoff?: number;
}

/** What a slider's step or a button changes: first the traces that show, then the layout. */
type StepArguments = [{ visible: boolean[] }, LayoutChange];

/** The parts of a layout that may change with a step. Lists replace the ones before. */
export type LayoutChange = {
  annotations?: Annotation[];
  shapes?: Shape[];
} & { [key in `${"x" | "y"}axis${PanelNumber}.categoryarray`]?: string[] };

export interface Step {
  method: "update";
  label: string;
  args: StepArguments;
}

/** At most one; its steps switch between traces that are all in the figure. */
export interface Slider {
  active: number;
  steps: Step[];
  currentvalue: { prefix: string; xanchor: "left"; font: Font };
  x: 0;
  len: 1;
  y: 0;
  yanchor: "top";
  pad: { t: number; b: number; l: number; r: number };
  font: Font;
  ticklen: number;
  bgcolor: string;
  bordercolor: string;
  activebgcolor: string;
  tickcolor: string;
}

/** A row of buttons above the panels. */
export interface ButtonRow {
  type: "buttons";
  direction: "right";
  active: number;
  showactive: true;
  buttons: Step[];
  x: 0;
  xanchor: "left";
  y: 1;
  yanchor: "bottom";
  pad: { t: number; b: number; l: number; r: number };
  font: Font;
  bgcolor: string;
  bordercolor: string;
}

/** Everything about a figure but its data. The width follows the window. */
export type Layout = {
  title: {
    /** The finding; then, where there is one, the subtitle in a `<span>` that makes it smaller. */
    text: string;
    font: Font;
    x: 0;
    xref: "container";
    xanchor: "left";
    /** The share of the height at which the first line stands. */
    y: number;
    yref: "container";
    /** Plotly keeps this promise only for "bottom": others shift titles of several lines. */
    yanchor: "bottom";
    pad: { l: number };
  };
  height: number;
  margin: { l: number; r: number; t: number; b: number };
  font: { family: string; size: number; color: string };
  paper_bgcolor: string;
  plot_bgcolor: string;
  showlegend: false;
  hovermode: "closest" | "x unified";
  dragmode: false;
  barmode?: "group" | "stack" | "overlay";
  bargap?: number;
  shapes: Shape[];
  annotations: Annotation[];
  sliders?: [Slider];
  updatemenus?: [ButtonRow];
} & { [key in `xaxis${PanelNumber}`]?: XAxis } & { [key in `yaxis${PanelNumber}`]?: Axis };
