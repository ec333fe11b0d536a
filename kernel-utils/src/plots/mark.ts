import { InputError } from "../errors";
import type { Annotation, PanelNumber, Shape, Trace } from "../figure";
import { greys, okabeIto } from "../palette";

/** A name that stands right of a line's last point. */
export interface EndLabel {
  panel?: PanelNumber;
  x: number | string;
  y: number;
  text: string;
  color: string;
}

/** What `line`, `dots`, `bars` and the like return: pieces of a figure, still without a panel. */
export interface Mark {
  readonly traces: readonly Trace[];
  readonly shapes: readonly Shape[];
  readonly annotations: readonly Annotation[];
  readonly endLabels: readonly EndLabel[];
}

/** Returns a mark of the given pieces, and of nothing else. */
export function mark(pieces: Partial<Mark>): Mark {
  return { traces: [], shapes: [], annotations: [], endLabels: [], ...pieces };
}

/** Returns one mark with the pieces of all, in order. */
export function joinMarks(marks: readonly Mark[]): Mark {
  return {
    traces: marks.flatMap((one) => one.traces),
    shapes: marks.flatMap((one) => one.shapes),
    annotations: marks.flatMap((one) => one.annotations),
    endLabels: marks.flatMap((one) => one.endLabels),
  };
}

type Reference = Shape["xref"] | Shape["yref"];

function moveReference<R extends Reference>(reference: R, panel: PanelNumber): R {
  if (reference === "paper") return reference;
  return reference.replace(/^([xy])[2-9]?/, `$1${panel}`) as R;
}

/** Returns copies of the mark's traces, shapes and annotations that belong to `panel`. */
export function placeMark(one: Mark, panel: PanelNumber): Mark {
  const move = <T extends { xref: Shape["xref"]; yref: Shape["yref"] }>(piece: T): T => ({
    ...piece,
    xref: moveReference(piece.xref, panel),
    yref: moveReference(piece.yref, panel),
  });
  return {
    traces: one.traces.map((trace) => ({ ...trace, xaxis: `x${panel}`, yaxis: `y${panel}` })),
    shapes: one.shapes.map(move),
    annotations: one.annotations.map(move),
    endLabels: one.endLabels.map((label) => ({ ...label, panel })),
  };
}

/** The panels of a figure as Plotly numbers them, in order. */
export const panelNumbers: readonly PanelNumber[] = ["", "2", "3", "4", "5", "6", "7", "8", "9"];

/**
 * Returns the marks for one panel of several, counted from 1; for the steps of a slider.
 *
 * @throws InputError `out-of-range` for a number that no panel can have
 */
export function inPanel(number: number, ...marks: readonly Mark[]): Mark {
  const panel = panelNumbers[number - 1];
  if (panel === undefined) {
    throw new InputError(
      "out-of-range",
      `There is no panel ${number}: expected 1 to ${panelNumbers.length}.`,
      { number },
    );
  }
  return placeMark(joinMarks(marks), panel);
}

const PALE: readonly string[] = [
  okabeIto.orange,
  okabeIto.skyBlue,
  okabeIto.yellow,
  okabeIto.purple,
  greys.context,
  greys.baseline,
];

/** Returns the colour in which a mark of `color` is named: pale colours are named in dark grey. */
export function labelColor(color: string): string {
  return PALE.includes(color) ? greys.text : color;
}
