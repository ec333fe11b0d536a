import type { Font, Layout } from "../figure";
import { greys } from "../palette";

/** Sizes in pixels that the builders and the static picture agree on. */
export const sizes = {
  title: 18,
  subtitle: 13.5,
  text: 13,
  panelTitle: 14.5,
  line: 2.5,
  marker: 9,
} as const;

/** Plotly's height of a line of text, as a multiple of its size. */
export const LINE_HEIGHT = 1.3;

/** Pixels that stay empty along the figure's edges. */
export const EDGE = 14;

/** Characters of a title or subtitle that fit into 600 pixels. */
export const TITLE_WIDTH = 58;
export const SUBTITLE_WIDTH = 82;

/** The first is what static pictures use; the others are close to it in width. */
const FONT_FAMILY = '"DejaVu Sans Condensed", "Segoe UI", "Helvetica Neue", Arial, sans-serif';

export const axisFont: Font = { size: sizes.text, color: greys.axis };

/** The part of the layout that is the same in all figures. */
export const baseLayout = {
  font: { family: FONT_FAMILY, size: sizes.text, color: greys.text },
  paper_bgcolor: greys.background,
  plot_bgcolor: greys.background,
  showlegend: false,
  hovermode: "closest",
  dragmode: false,
} as const satisfies Partial<Layout>;
