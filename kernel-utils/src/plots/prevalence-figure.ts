import { InputError } from "../errors";
import type { Figure } from "../figure";
import { okabeIto, styles } from "../palette";
import { precisionAt, type TestQuality } from "../rates";
import { dots } from "./dots";
import { line } from "./line";
import { type FigureOptions, figure } from "./panels";

/** A share of positives worth marking. */
export interface MarkedPrevalence {
  /** Above 0, below 1. */
  readonly prevalence: number;
  readonly name: string;
}

/** What the figure says, and which places it marks. */
export interface PrevalenceFigureOptions extends Omit<FigureOptions, "barMode" | "barGap"> {
  readonly marked: readonly MarkedPrevalence[];
}

/**
 * Returns precision and recall of one model against the share of positives (log scale, .1 to 50 %):
 * recall stays, precision falls. By Bayes' rule, see `precisionAt`.
 *
 * @throws InputError `out-of-range` for shares outside 0 to 1 and marks outside .001 to .5
 */
export function prevalenceFigure(quality: TestQuality, options: PrevalenceFigureOptions): Figure {
  const { marked, ...around } = options;
  for (const { prevalence, name } of marked) {
    if (prevalence >= 0.001 && prevalence <= 0.5) continue;
    throw new InputError(
      "out-of-range",
      `marked "${name}": expected a prevalence from 0.001 to 0.5, got ${prevalence}.`,
      { name, prevalence },
    );
  }
  // Powers differ in their last digit between versions of Node, and the figure should not.
  const at = Array.from({ length: 81 }, (_, i) =>
    Number((10 ** (-3 + (i / 80) * Math.log10(500))).toPrecision(6)),
  );
  const precisionOf = (share: number) => precisionAt(share, quality).value;
  const hover = (share: number) =>
    `${percent(share)} ill: precision ${percent(precisionOf(share))}, ` +
    `recall ${percent(quality.sensitivity)}`;
  return figure(
    {
      ...around,
      x: {
        title: "prevalence: share of positives (log scale)",
        type: "log",
        range: [0.001, 0.5],
        ticks: [0.001, 0.003, 0.01, 0.03, 0.1, 0.5],
        tickLabels: ["0.1 %", "0.3 %", "1 %", "3 %", "10 %", "50 %"],
      },
      y: { title: "share", range: [0, 1.05], format: ".0%" },
    },
    line({
      x: at,
      y: at.map(() => quality.sensitivity),
      label: "recall",
      color: okabeIto.green,
      dash: "dash",
      hover: at.map(hover),
    }),
    line({
      x: at,
      y: at.map(precisionOf),
      label: "precision",
      style: styles.model,
      hover: at.map(hover),
    }),
    // Right below a point its name is clear of the curve, left above it is clear of recall's line.
    ...([true, false] as const).flatMap((above) => {
      const those = marked.filter(
        ({ prevalence }) => precisionOf(prevalence) > quality.sensitivity === above,
      );
      if (those.length === 0) return [];
      return dots({
        x: those.map(({ prevalence }) => prevalence),
        y: those.map(({ prevalence }) => precisionOf(prevalence)),
        style: styles.model,
        color: okabeIto.black,
        labels: those.map(({ prevalence, name }) => `${name}: ${percent(precisionOf(prevalence))}`),
        labelPosition: above ? "top left" : "bottom right",
        hover: those.map(({ prevalence }) => hover(prevalence)),
      });
    }),
  );
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}
