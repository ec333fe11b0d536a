import { type Displayable, displayable } from "../displayable";
import { colors } from "../palette";

/** One trace of Plotly's, as JSON. */
export type Trace = Readonly<Record<string, unknown>> & { readonly type: "scatter" | "bar" };

/** Plotly's layout, as JSON. */
export type Layout = Readonly<Record<string, unknown>>;

/**
 * A figure as Plotly's JSON, `Plotly.newPlot(element, figure.data, figure.layout)`; a notebook shows it as
 * a cell's result. It uses only what Plotly's smallest bundle for Cartesian axes has.
 */
export interface Figure extends Displayable {
  readonly data: readonly Trace[];
  readonly layout: Layout;
  /** The figure in words, where it can't be seen. */
  readonly alt: string;
}

/** What a figure is made of. */
export interface FigureParts {
  /** The finding, in a line or two. */
  readonly title: string;
  readonly data: readonly Trace[];
  /** Axes and all else that is the figure's own. */
  readonly layout: Layout;
  readonly alt: string;
  /** In pixels; 420 by default. The width follows the window. */
  readonly height?: number;
}

/** Returns a figure in the tuner's look. (`Plotly.validate` breaks on any `layout.legend`; so there is none.) */
export function figure({ title, data, layout, alt, height = 420 }: FigureParts): Figure {
  const whole = {
    data,
    layout: {
      title: {
        text: plotText(title),
        font: { size: 16, color: colors.title },
        x: 0,
        xref: "paper",
        xanchor: "left",
      },
      height,
      margin: { l: 70, r: 30, t: 60, b: 60 },
      font: { family: "system-ui, sans-serif", size: 12, color: colors.text },
      paper_bgcolor: colors.background,
      plot_bgcolor: colors.background,
      hovermode: "closest",
      ...layout,
    },
    alt,
  };
  return displayable(whole, () => ({
    "application/vnd.plotly.v1+json": {
      data: whole.data,
      layout: whole.layout,
      config: { responsive: true, displaylogo: false },
    },
    "text/plain": alt,
  }));
}

/** Returns a figure that says why there is nothing to see. */
export function emptyFigure(title: string, reason: string): Figure {
  return figure({
    title,
    data: [],
    layout: {
      xaxis: { visible: false },
      yaxis: { visible: false },
      annotations: [
        {
          text: plotText(reason),
          xref: "paper",
          yref: "paper",
          x: 0.5,
          y: 0.5,
          showarrow: false,
          font: { size: 14, color: colors.axis },
        },
      ],
    },
    alt: `${title}: ${reason}`,
    height: 200,
  });
}

/** Returns an axis with its title. */
export function axis(title: string, more: Layout = {}): Layout {
  return {
    title: { text: plotText(title), font: { size: 12, color: colors.axis } },
    gridcolor: colors.grid,
    linecolor: colors.line,
    zeroline: false,
    automargin: true,
    ...more,
  };
}

/** Returns text as Plotly shows it unchanged: it reads a few HTML tags. */
export function plotText(text: string): string {
  return text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
}
