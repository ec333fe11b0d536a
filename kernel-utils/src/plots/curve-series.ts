import { InputError } from "../errors";
import type { Annotation } from "../figure";
import { requireSameLength } from "../inputs";
import { type Style, series, styles } from "../palette";
import { sizes } from "./look";
import { labelColor, type Mark, mark } from "./mark";
import { plotText } from "./plot-text";

/** How one of several curves is named and drawn, and what its rates are shares of. */
export interface CurveOptions {
  /** Stands at the curve, instead of a legend. */
  label?: string;
  style?: Style;
  /** Counts of both classes, for the pointer: "68 of 86". */
  positives?: number;
  negatives?: number;
}

/** A little more than 0 to 1, so that lines on the border stay whole. */
export const RATE_RANGE = [-0.01, 1.01] as const;

/** Returns the style of the i-th of several curves; a single one is the model's. */
export function curveStyle(options: CurveOptions, i: number, count: number): Style {
  return options.style ?? (count === 1 ? styles.model : series[i % series.length]);
}

/** Returns the curve's name beside one of its points, `side` of the curve; nothing without a name. */
export function curveLabel(
  { label }: CurveOptions,
  style: Style,
  point: { x: number; y: number },
  side: "right" | "left",
): Mark {
  if (label === undefined) return mark({});
  const isRight = side === "right";
  const annotation: Annotation = {
    text: plotText(label),
    xref: "x",
    yref: "y",
    ...point,
    xanchor: isRight ? "left" : "right",
    yanchor: "top",
    xshift: isRight ? 8 : -8,
    yshift: -4,
    align: isRight ? "left" : "right",
    font: { size: sizes.text, color: labelColor(style.color) },
    showarrow: false,
  };
  return mark({ annotations: [annotation] });
}

/** Returns the place of the greatest value. */
export function greatest(values: readonly number[]): number {
  return values.reduce((best, value, i) => (value > values[best] ? i : best), 0);
}

/** Returns a rate with the counts behind it, where they are known: "recall 68 of 86 = 0.791". */
export function rateWords(name: string, rate: number, total: number | undefined): string {
  const counts = total === undefined ? "" : `${Math.round(rate * total)} of ${total} = `;
  return `${name} ${counts}${rate.toFixed(3)}`;
}

/** Returns a threshold in words; the one above all scores is infinite. */
export function thresholdWords(threshold: number): string {
  return Number.isFinite(threshold)
    ? `score ≥ ${Number(threshold.toPrecision(4))}`
    : "above every score";
}

/**
 * @throws InputError `out-of-range` for a rate outside 0 to 1, `length-mismatch` for columns of
 *   different length, `empty-input` for none
 */
export function requireRates(columns: Readonly<Record<string, readonly number[]>>): void {
  const [[firstName, first], ...others] = Object.entries(columns);
  if (first.length === 0) {
    throw new InputError("empty-input", `${firstName} is empty: expected at least one point.`);
  }
  for (const [name, column] of others) requireSameLength(firstName, first, name, column);
  for (const [name, column] of Object.entries(columns)) {
    const index = column.findIndex((rate) => !(rate >= 0 && rate <= 1));
    if (index < 0) continue;
    throw new InputError(
      "out-of-range",
      `${name}[${index}] is ${column[index]}: expected a rate from 0 to 1.`,
      { name, index, value: column[index] },
    );
  }
}
