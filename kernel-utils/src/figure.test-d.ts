// Checked by the compiler alone: figures must be what Plotly's own types accept, and what the
// static picture can't draw must not compile.
import type { Data, Layout as PlotlyLayout, SliderStep } from "plotly.js";
import type {
  Annotation,
  BarTrace,
  Figure,
  HeatmapTrace,
  Layout,
  LogAxis,
  ScatterTrace,
  Shape,
  Step,
  Trace,
  XAxis,
} from "./figure";

/** Does not compile unless `Given` can stand where `Wanted` is asked for. */
type Fits<Given extends Wanted, Wanted> = Given;

/**
 * Plotly's types know no `ticklabelstandoff`, no texts of heatmaps in rows, and take the angle of an
 * annotation's text for a word.
 */
export type Checks = [
  Fits<ScatterTrace | BarTrace, Data>,
  Fits<Omit<HeatmapTrace, "text">, Data>,
  Fits<Pick<Layout, "title" | "margin" | "font" | "height" | "dragmode">, Partial<PlotlyLayout>>,
  Fits<Pick<Layout, "sliders" | "updatemenus" | "barmode" | "bargap">, Partial<PlotlyLayout>>,
  Fits<Omit<XAxis, "ticklabelstandoff">, PlotlyLayout["xaxis"]>,
  Fits<Omit<Annotation, "textangle">, PlotlyLayout["annotations"][number]>,
  Fits<Shape, PlotlyLayout["shapes"][number]>,
  Fits<Step, Partial<SliderStep>>,
];

declare const layout: Layout;
declare const points: ScatterTrace;
declare const log: LogAxis;

const markers = { ...points, mode: "markers" as const };

// @ts-expect-error legends are not drawn: labels stand beside the data
export const legend: Trace = { ...markers, showlegend: true };

// @ts-expect-error other kinds of traces are not drawn
export const pie: Trace = { ...markers, type: "pie" };

// @ts-expect-error this symbol is not drawn
export const star: Trace = { ...markers, marker: { color: "#000000", symbol: "star" } };

// @ts-expect-error the picture needs the labels of a logarithmic axis
export const bare: LogAxis = { ...log, ticktext: undefined };

// @ts-expect-error a figure needs a text that stands for it
export const mute: Figure = { data: [], layout };
