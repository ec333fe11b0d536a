import type { Font, Layout, XAxisName, YAxisName } from "./figure-layout";
import type { Dash, MarkerSymbol } from "./palette";

export type {
  Annotation,
  Axis,
  ButtonRow,
  CategoryAxis,
  Font,
  Layout,
  LayoutChange,
  LinearAxis,
  LogAxis,
  PanelNumber,
  Range,
  Shape,
  Slider,
  Step,
  XAxis,
} from "./figure-layout";

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
