/**
 * The colours, dashes and symbols that mean the same thing in every lesson. The colours are those
 * of Okabe and Ito, which colour-blind readers can tell apart; each role also has a dash or symbol
 * of its own, so that no figure depends on colour alone.
 *
 * Source: M. Okabe, K. Ito, "Color Universal Design" (2002).
 */

/** The eight colours of Okabe and Ito. Orange, sky blue and yellow are too pale for text. */
export const okabeIto = {
  black: "#000000",
  orange: "#E69F00",
  skyBlue: "#56B4E9",
  green: "#009E73",
  yellow: "#F0E442",
  blue: "#0072B2",
  vermilion: "#D55E00",
  purple: "#CC79A7",
} as const;

/** Greys: `title` and `text` for words, `axis` for axis labels, `context` for what stands behind the message. */
export const greys = {
  title: "#1F1F1F",
  text: "#333333",
  axis: "#595959",
  context: "#A6A6A6",
  baseline: "#8C8C8C",
  grid: "#E8E8E8",
  faint: "#F3F3F3",
  background: "#FFFFFF",
} as const;

/** How a line is broken, by its Plotly name. */
export type Dash = "solid" | "dot" | "dash" | "longdash" | "dashdot";

/** The shape of a marker, by its Plotly name. */
export type MarkerSymbol =
  | "circle"
  | "circle-open"
  | "square"
  | "diamond"
  | "cross"
  | "x"
  | "triangle-up"
  | "triangle-down";

/** Colour, dash and symbol of one role. */
export interface Style {
  readonly color: string;
  readonly dash: Dash;
  readonly symbol: MarkerSymbol;
}

/**
 * What each part of an experiment looks like: training, validation and test data, the right and
 * the wrong way, a model, the people or the baseline it is measured against, and mere context.
 */
export const styles = {
  train: { color: okabeIto.blue, dash: "solid", symbol: "circle" },
  validation: { color: okabeIto.orange, dash: "dash", symbol: "square" },
  test: { color: okabeIto.black, dash: "solid", symbol: "diamond" },
  wrong: { color: okabeIto.vermilion, dash: "solid", symbol: "x" },
  right: { color: okabeIto.green, dash: "solid", symbol: "circle" },
  model: { color: okabeIto.blue, dash: "solid", symbol: "circle" },
  human: { color: okabeIto.green, dash: "dash", symbol: "diamond" },
  baseline: { color: greys.baseline, dash: "dot", symbol: "triangle-up" },
  context: { color: greys.context, dash: "solid", symbol: "circle" },
} as const satisfies Record<string, Style>;

/** For series without a role, in this order; tells four apart in greyscale too, by dash and symbol. */
export const series: readonly Style[] = [
  { color: okabeIto.blue, dash: "solid", symbol: "circle" },
  { color: okabeIto.vermilion, dash: "dash", symbol: "square" },
  { color: okabeIto.green, dash: "dashdot", symbol: "diamond" },
  { color: okabeIto.purple, dash: "dot", symbol: "triangle-up" },
  { color: okabeIto.black, dash: "longdash", symbol: "cross" },
];
