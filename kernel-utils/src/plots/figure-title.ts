import type { Layout } from "../figure";
import { greys } from "../palette";
import { EDGE, LINE_HEIGHT, SUBTITLE_WIDTH, sizes, TITLE_WIDTH } from "./look";
import { countLines, plotText, wrapText } from "./plot-text";

/**
 * Returns the title with its subtitle, wrapped to fit 600 pixels, and the room in pixels that they
 * need above the panels.
 *
 * @param height of the whole figure in pixels
 */
export function buildTitle(
  options: { readonly title: string; readonly subtitle?: string },
  height: number,
): { title: Layout["title"]; room: number } {
  const lines = plotText(wrapText(options.title, TITLE_WIDTH));
  const subtitle = plotText(wrapText(options.subtitle ?? "", SUBTITLE_WIDTH));
  const style = `font-size:${sizes.subtitle}px;color:${greys.axis}`;
  const text = subtitle === "" ? lines : `${lines}<br><span style="${style}">${subtitle}</span>`;
  const baseline = EDGE + 0.75 * sizes.title;
  const room = Math.ceil(baseline + (countLines(text) - 1) * sizes.title * LINE_HEIGHT) + 18;
  return {
    title: {
      text,
      font: { size: sizes.title, color: greys.title },
      x: 0,
      xref: "container",
      xanchor: "left",
      y: 1 - baseline / height,
      yref: "container",
      yanchor: "bottom",
      pad: { l: EDGE },
    },
    room,
  };
}
