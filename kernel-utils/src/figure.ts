import type { Dash, MarkerSymbol } from "./palette";

/**
 * The part of Plotly's figure format that the lessons use, as types: whatever compiles here is
 * drawn by Plotly in the notebook and by `static-picture.ts` on paper, and looks alike. The
 * builders in `plots/` make such figures; write one by hand only where they don't reach.
 *
 * Texts hold `<br>` for a new line and `&amp;`, `&lt;`, `&gt;` for the three signs, nothing else
 * but the `<span>` in a title.
 * Source of names and meanings: the Plotly figure reference, version 3.
 */

/** A position along an axis: a number, the name of a category, or a gap. */
export type Coordinate = number | string | null;

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

/** Whiskers around points: half lengths in axis units, `array` upwards, `arrayminus` downwards. */
export interface ErrorBars {
  type: "data";
  array: number[];
  arrayminus?: number[];
  color?: string;
  /** Width of the line in pixels. */
  thickness?: number;
  /** Half width of the caps in pixels. */
  width?: number;
}

interface TraceBase {
  name?: string;
  visible?: boolean;
  xaxis?: XAxisName;
  yaxis?: YAxisName;
  hovertemplate?: string;
  hoverinfo?: "skip";
  /** Always false: labels stand beside the data, there are no legends. */
  showlegend: false;
}

/** Where the text of a point stands, seen from the point. */
export type PointTextPosition =
  | "top left"
  | "top center"
  | "top right"
  | "middle left"
  | "middle center"
  | "middle right"
  | "bottom left"
  | "bottom center"
  | "bottom right";

/** Lines, markers and texts at points. `null` breaks a line. */
export interface ScatterTrace extends TraceBase {
  type: "scatter";
  mode:
    | "lines"
    | "markers"
    | "text"
    | "lines+markers"
    | "text+markers"
    | "text+lines"
    | "text+lines+markers";
  x: Coordinate[];
  y: Coordinate[];
  /** One text per point, `%{customdata}` in the hover template. */
  customdata?: string[];
  text?: string[];
  textposition?: PointTextPosition;
  textfont?: Font;
  line?: { color: string; width?: number; dash?: Dash; shape?: "linear" | "hv" };
  marker?: {
    color: string | string[];
    /** Diameter in pixels. */
    size?: number | number[];
    symbol?: MarkerSymbol | MarkerSymbol[];
    line?: { color: string; width: number };
  };
  error_x?: ErrorBars;
  error_y?: ErrorBars;
  /** Fills the closed outline that the points make, for bands and areas. */
  fill?: "toself";
  fillcolor?: string;
  opacity?: number;
  /** False lets marks on the border of the panel stand out whole. */
  cliponaxis?: boolean;
}

/** Bars, from `base` (0 unless given) as far as their value reaches. */
export interface BarTrace extends TraceBase {
  type: "bar";
  orientation: "v" | "h";
  x: Coordinate[];
  y: Coordinate[];
  customdata?: string[];
  base?: number[];
  /** Thickness in axis units; categories are 1 apart. */
  width?: number | number[];
  marker: { color: string | string[]; line?: { color: string; width: number } };
  text?: string[];
  textposition: "none" | "outside" | "inside";
  textfont?: Font;
  /** These keep Plotly from turning and shrinking texts. */
  textangle?: 0;
  constraintext?: "none";
  insidetextanchor?: "middle";
  error_x?: ErrorBars;
  error_y?: ErrorBars;
  opacity?: number;
  cliponaxis?: false;
}

/** Rising pairs of position (0 to 1) and colour. */
export type ColorScale = [number, string][];

/** A grid of coloured cells; row 0 is the first of `y`. `null` leaves a cell empty. */
export interface HeatmapTrace extends TraceBase {
  type: "heatmap";
  z: (number | null)[][];
  x: Coordinate[];
  y: Coordinate[];
  customdata?: string[][];
  text?: string[][];
  texttemplate?: "%{text}";
  /** Black or white, whichever can be read on the cell. */
  textfont?: { size: number };
  colorscale: ColorScale;
  zmin: number;
  zmax: number;
  showscale: false;
  /** Pixels between cells. */
  xgap?: number;
  ygap?: number;
  hoverongaps: false;
}

/** What a figure draws. */
export type Trace = ScatterTrace | BarTrace | HeatmapTrace;

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
export type StepArguments = [{ visible: boolean[] }, LayoutChange];

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

/**
 * A figure as Plotly's JSON, with the text that stands for it where it can't be seen: type, axes
 * and finding.
 */
export interface Figure {
  data: Trace[];
  layout: Layout;
  alt: string;
  /** The slider's steps that the static picture shows, one above the other; else the active one. */
  pictureSteps?: number[];
}
