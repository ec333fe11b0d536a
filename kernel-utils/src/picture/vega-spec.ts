import type { Figure, Trace } from "../figure";
import { axisTextLayers, gridLayers } from "./axis-layers";
import { barLayers } from "./bar-layers";
import { controlLayers } from "./control-layers";
import { PICTURE_FONT } from "./font-metrics";
import { heatmapLayers } from "./heatmap-layers";
import type { Layer } from "./layer";
import { annotationLayers, shapeLayers } from "./note-layers";
import { type AxisBox, type Measures, type PanelBox, panelBoxes } from "./panel-boxes";
import { scatterLayers } from "./scatter-layers";
import { textLayer } from "./text-layer";
import { textLines } from "./text-lines";
import type { Scale, Spec } from "./vega-types";

/** Returns a vega specification that draws the figure as Plotly does, in the same order. */
export function vegaSpec(figure: Figure, measures: Measures): Spec {
  const { layout } = figure;
  const boxes = panelBoxes(figure, measures);
  const layers = [
    ...boxes.panels.flatMap(gridLayers),
    ...shapeLayers(layout.shapes, boxes, "below"),
    ...boxes.panels.flatMap((panel) => traceLayers(figure, panel)),
    ...shapeLayers(layout.shapes, boxes, "above"),
    ...boxes.panels.flatMap(axisTextLayers),
    ...annotationLayers(layout.annotations, boxes, measures.measure),
    titleLayer(figure),
    ...controlLayers(layout, boxes, measures.measure),
  ].filter((layer) => layer.rows.length > 0);
  return {
    $schema: "https://vega.github.io/schema/vega/v6.json",
    width: measures.width,
    height: layout.height,
    padding: 0,
    autosize: "none",
    background: layout.paper_bgcolor,
    config: { text: { font: PICTURE_FONT } },
    scales: boxes.panels.flatMap((panel) => [vegaScale(panel.x), vegaScale(panel.y)]),
    data: layers.map((layer, i) => ({ name: `layer${i}`, values: [...layer.rows] })),
    marks: layers.map((layer, i) => ({ ...layer.mark, from: { data: `layer${i}` } })),
  };
}

function vegaScale({ name, axis, start, end }: AxisBox): Scale {
  const isLog = axis.type === "log";
  return {
    name,
    type: isLog ? "log" : "linear",
    domain: isLog ? axis.range.map((power) => 10 ** power) : axis.range,
    range: [start, end],
    zero: false,
    nice: false,
  };
}

/** Heatmaps lie under bars, bars under points, whatever their order in the figure. */
function traceLayers(figure: Figure, panel: PanelBox): Layer[] {
  const own = figure.data.filter(
    (trace) =>
      trace.visible !== false &&
      (trace.xaxis ?? "x") === panel.x.name &&
      (trace.yaxis ?? "y") === panel.y.name,
  );
  const ofType = <T extends Trace["type"]>(type: T) =>
    own.filter((trace): trace is Extract<Trace, { type: T }> => trace.type === type);
  return [
    ...ofType("heatmap").flatMap((trace) => heatmapLayers(trace, panel)),
    ...barLayers(ofType("bar"), panel, figure.layout),
    ...ofType("scatter").flatMap((trace) => scatterLayers(trace, panel)),
  ];
}

function titleLayer({ layout }: Figure): Layer {
  const { title } = layout;
  return textLayer([
    {
      lines: textLines(title.text),
      x: title.pad.l,
      y: (1 - title.y) * layout.height,
      align: "left",
      baseline: "first line",
      size: title.font.size,
      color: title.font.color,
    },
  ]);
}
