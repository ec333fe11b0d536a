import type { ButtonRow, Layout, Slider } from "../figure";
import type { MeasureText } from "./font-metrics";
import type { Layer } from "./layer";
import type { PanelBoxes } from "./panel-boxes";
import { type PlacedText, textLayer } from "./text-layer";
import { textLines } from "./text-lines";

interface Box {
  x: number;
  x2: number;
  y: number;
  y2: number;
  fill: string;
  stroke: string;
  radius: number;
}

/** Plotly's places in pixels below the slider's top, and its handle. */
const SLIDER = { valueFoot: 17, track: 35, labelTop: 49, inset: 10, handle: 20 };
/** Plotly's colour of the active button, which a figure can't choose. */
const ACTIVE = "#F4FAFF";
const BUTTON = { height: 33, side: 12, radius: 2 };

/** Returns the slider or the buttons, so that readers see that there is more to see. */
export function controlLayers(
  { sliders, updatemenus }: Layout,
  boxes: PanelBoxes,
  measure: MeasureText,
): Layer[] {
  return [
    ...(sliders ?? []).flatMap((slider) => sliderLayers(slider, boxes)),
    ...(updatemenus ?? []).flatMap((buttons) => buttonLayers(buttons, boxes, measure)),
  ];
}

function boxLayer(rows: readonly Box[]): Layer {
  return {
    rows,
    mark: {
      type: "rect",
      encode: {
        enter: {
          x: { field: "x" },
          x2: { field: "x2" },
          y: { field: "y" },
          y2: { field: "y2" },
          fill: { field: "fill" },
          stroke: { field: "stroke" },
          strokeWidth: { value: 1 },
          cornerRadius: { field: "radius" },
        },
      },
    },
  };
}

/** Shows the active step's value, and the first and the last of all. */
function sliderLayers(slider: Slider, { paper }: PanelBoxes): Layer[] {
  const top = paper.bottom + slider.pad.t;
  const [left, right] = [paper.left + SLIDER.inset, paper.right - SLIDER.inset];
  const last = slider.steps.length - 1;
  const at = left + (slider.active / last) * (right - left);
  const middle = top + SLIDER.track;
  const half = SLIDER.handle / 2;
  const label = (step: number) => textLines(slider.steps[step]?.label ?? "");
  const { font, currentvalue } = slider;
  const value = `${currentvalue.prefix}${slider.steps[slider.active]?.label ?? ""}`;
  const end = { y: top + SLIDER.labelTop, baseline: "top", ...font } as const;
  const colors = { fill: slider.bgcolor, stroke: slider.bordercolor };
  return [
    boxLayer([
      { x: left, x2: right, y: middle - 2.5, y2: middle + 2.5, radius: 2.5, ...colors },
      { x: at - half, x2: at + half, y: middle - half, y2: middle + half, radius: half, ...colors },
    ]),
    textLayer([
      {
        lines: textLines(value),
        x: paper.left,
        y: top + SLIDER.valueFoot,
        align: "left",
        baseline: "first line",
        ...currentvalue.font,
      },
      { lines: label(0), x: paper.left, align: "left", ...end },
      { lines: label(last), x: paper.right, align: "right", ...end },
    ]),
  ];
}

function buttonLayers(menu: ButtonRow, { paper }: PanelBoxes, measure: MeasureText): Layer[] {
  const bottom = paper.top - menu.pad.b;
  const { size } = menu.font;
  let left = paper.left;
  const drawn = menu.buttons.map((button, i) => {
    const lines = textLines(button.label);
    const width = Math.max(...lines.map((line) => measure(line.text, size))) + 2 * BUTTON.side;
    const box: Box = {
      x: left,
      x2: left + width,
      y: bottom - BUTTON.height,
      y2: bottom,
      fill: i === menu.active ? ACTIVE : menu.bgcolor,
      stroke: menu.bordercolor,
      radius: BUTTON.radius,
    };
    const text: PlacedText = {
      lines,
      x: left + width / 2,
      y: bottom - BUTTON.height / 2,
      align: "center",
      baseline: "middle",
      ...menu.font,
    };
    left += width;
    return { box, text };
  });
  return [boxLayer(drawn.map(({ box }) => box)), textLayer(drawn.map(({ text }) => text))];
}
