import { InputError } from "../errors";
import type { ButtonRow, Figure, LayoutChange, Slider, Step, Trace } from "../figure";
import { greys, okabeIto } from "../palette";
import { endLabelWidth, placeEndLabels } from "./end-labels";
import { growRanges } from "./grow-ranges";
import { axisFont, EDGE, sizes } from "./look";
import { joinMarks, type Mark, panelNumbers, placeMark } from "./mark";
import { toAxisUnits } from "./panels";
import { plotText } from "./plot-text";

/** What is added to a figure while its slider or its buttons stand at this step. */
export interface StepOptions {
  /** The value that the slider shows, or the button's words. */
  label: string;
  /** Marks of the first panel; for another, wrap them in `inPanel`. */
  marks: readonly Mark[];
  /** A new order of names on the first panel's axes, to sort rows. */
  xCategories?: readonly string[];
  yCategories?: readonly string[];
}

/** What a slider is called and where it begins. */
export interface SliderOptions {
  /** What the steps' labels are values of: "threshold". */
  label: string;
  steps: readonly StepOptions[];
  /** The step to begin with, counted from 0: where there is something to see. */
  start?: number;
  /** Steps for the static picture, one above the other, if the message is the change. */
  pictureSteps?: readonly number[];
}

/** More would make notebooks heavy. */
const MOST_STEPS = 40;
const SLIDER_ROOM = 84;
const BUTTON_ROOM = 44;

/**
 * Returns the figure with a slider below it. All steps are drawn beforehand and switched on and
 * off, so that the slider works without a kernel. Axes grow until they hold every step.
 *
 * @throws InputError `out-of-range` for fewer than 2 or more than 40 steps, or a start that is no
 *   step
 */
export function withSlider(figure: Figure, options: SliderOptions): Figure {
  const start = requireStep(options.start ?? 0, options.steps);
  const { layout, ...stepped } = addSteps(figure, options.steps, start);
  for (const step of options.pictureSteps ?? []) requireStep(step, options.steps);
  const slider: Slider = {
    active: start,
    steps: stepped.steps,
    currentvalue: {
      prefix: `${plotText(options.label)}: `,
      xanchor: "left",
      font: { size: sizes.text, color: greys.text },
    },
    x: 0,
    len: 1,
    y: 0,
    yanchor: "top",
    pad: { t: figure.layout.margin.b, b: 0, l: 0, r: 0 },
    font: { ...axisFont, size: 11 },
    ticklen: 4,
    bgcolor: greys.grid,
    bordercolor: greys.context,
    activebgcolor: okabeIto.skyBlue,
    tickcolor: greys.context,
  };
  return {
    data: stepped.data,
    layout: {
      ...layout,
      height: layout.height + SLIDER_ROOM,
      margin: { ...layout.margin, b: layout.margin.b + SLIDER_ROOM },
      title: { ...layout.title, y: keepTop(layout.title.y, layout.height, SLIDER_ROOM) },
      sliders: [slider],
    },
    alt: figure.alt,
    ...(options.pictureSteps && { pictureSteps: [...options.pictureSteps] }),
  };
}

/**
 * Returns the figure with a row of buttons above it, which switch between steps as a slider does.
 *
 * @throws InputError as `withSlider` does
 */
export function withButtons(
  figure: Figure,
  options: Omit<SliderOptions, "label" | "pictureSteps">,
): Figure {
  const start = requireStep(options.start ?? 0, options.steps);
  const { layout, ...stepped } = addSteps(figure, options.steps, start);
  const buttons: ButtonRow = {
    type: "buttons",
    direction: "right",
    active: start,
    showactive: true,
    buttons: stepped.steps,
    x: 0,
    xanchor: "left",
    y: 1,
    yanchor: "bottom",
    pad: { t: 0, b: headRoom(figure), l: 0, r: 0 },
    font: { ...axisFont },
    bgcolor: greys.background,
    bordercolor: greys.context,
  };
  return {
    data: stepped.data,
    layout: {
      ...layout,
      height: layout.height + BUTTON_ROOM,
      margin: { ...layout.margin, t: layout.margin.t + BUTTON_ROOM },
      title: { ...layout.title, y: keepTop(layout.title.y, layout.height, BUTTON_ROOM) },
      updatemenus: [buttons],
    },
    alt: figure.alt,
  };
}

/** The title is placed by a share of the height, which has grown. */
function keepTop(share: number, height: number, growth: number): number {
  return 1 - ((1 - share) * height) / (height + growth);
}

/** Headings of the first row stand between the buttons and the panels. */
function headRoom({ layout }: Figure): number {
  const tops = layout.annotations
    .filter((note) => note.yref.endsWith("domain") && note.y === 1 && note.yanchor === "bottom")
    .map((note) => (note.yshift ?? 0) + note.font.size * 1.3);
  return Math.round(Math.max(4, ...tops) + 4);
}

function requireStep(step: number, steps: readonly unknown[]): number {
  if (steps.length < 2 || steps.length > MOST_STEPS) {
    throw new InputError(
      "out-of-range",
      `Expected 2 to ${MOST_STEPS} steps, got ${steps.length}. Show every second or fifth value.`,
      { steps: steps.length },
    );
  }
  if (Number.isInteger(step) && step >= 0 && step < steps.length) return step;
  throw new InputError(
    "out-of-range",
    `There is no step ${step}: the ${steps.length} steps are counted from 0.`,
    { step, steps: steps.length },
  );
}

interface Stepped {
  data: Trace[];
  layout: Figure["layout"];
  steps: Step[];
}

function addSteps(figure: Figure, options: readonly StepOptions[], start: number): Stepped {
  const joined = options.map((step) => joinMarks(step.marks));
  const layout = widenRight(growRanges(figure.layout, joined), joined);
  const fixed = figure.data.length;
  const owners = joined.flatMap((marks, i) => marks.traces.map(() => i));
  const changes = joined.map((marks, i) => layoutChange(layout, marks, options[i]));
  const isQuiet = changes.every((change) => Object.keys(change).length === 0);
  const everyChange = changes.map((change) =>
    isQuiet ? change : { annotations: layout.annotations, shapes: layout.shapes, ...change },
  );
  const traces = joined.flatMap((marks) => [...marks.traces]);
  return {
    data: [
      ...figure.data,
      ...traces.map((trace, i) => (owners[i] === start ? trace : { ...trace, visible: false })),
    ],
    layout: applyChange(layout, everyChange[start] ?? {}),
    steps: options.map((step, i) => ({
      method: "update",
      label: plotText(step.label),
      args: [
        { visible: [...Array<boolean>(fixed).fill(true), ...owners.map((owner) => owner === i)] },
        everyChange[i] ?? {},
      ],
    })),
  };
}

/** Returns the layout while a step is on. */
export function applyChange(layout: Figure["layout"], change: LayoutChange): Figure["layout"] {
  const changed = structuredClone(layout);
  for (const number of panelNumbers) {
    for (const key of [`xaxis${number}`, `yaxis${number}`] as const) {
      const names = change[`${key}.categoryarray`];
      const axis = changed[key];
      if (names && axis?.type === "category") axis.categoryarray = names;
    }
  }
  const { annotations, shapes } = change;
  return { ...changed, ...(annotations && { annotations }), ...(shapes && { shapes }) };
}

function layoutChange(
  layout: Figure["layout"],
  marks: Mark,
  options: StepOptions | undefined,
): LayoutChange {
  const placed = panelNumbers.flatMap((number) => {
    const [x, y] = [layout[`xaxis${number}`], layout[`yaxis${number}`]];
    if (x === undefined || y === undefined) return [];
    const labels = marks.endLabels.filter((label) => (label.panel ?? "") === number);
    const height = layout.height - layout.margin.t - layout.margin.b;
    const annotations = placeEndLabels(labels, y, height * (y.domain[1] - y.domain[0]));
    const own = marks.annotations.filter((note) => belongsTo(note.xref, note.yref, number));
    const moved = placeMark({ ...marks, annotations }, number).annotations;
    return [...own, ...moved].map((note) => toAxisUnits(note, x, y));
  });
  return {
    ...(placed.length > 0 && { annotations: [...layout.annotations, ...placed] }),
    ...(marks.shapes.length > 0 && { shapes: [...layout.shapes, ...marks.shapes] }),
    ...(options?.xCategories && { "xaxis.categoryarray": [...options.xCategories] }),
    ...(options?.yCategories && { "yaxis.categoryarray": [...options.yCategories] }),
  };
}

function belongsTo(xref: string, yref: string, number: string): boolean {
  const reference = xref === "paper" ? yref : xref;
  return (/^[xy]([2-9]?)/.exec(reference)?.[1] ?? "") === number;
}

function widenRight(layout: Figure["layout"], steps: readonly Mark[]): Figure["layout"] {
  const width = Math.max(0, ...steps.map((marks) => endLabelWidth(marks.endLabels)));
  return { ...layout, margin: { ...layout.margin, r: Math.max(layout.margin.r, width + EDGE) } };
}
