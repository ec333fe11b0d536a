import { InputError } from "../errors";
import type { Figure } from "../figure";
import { requireSameLength } from "../inputs";
import { series, styles } from "../palette";
import { requireProportion } from "../ranges";
import { line } from "./line";
import { type FigureOptions, figure } from "./panels";
import { points } from "./points-text";

/** A group of samples and its rate in each draw, as proportions from 0 to 1. */
export interface RateByDraw {
  readonly name: string;
  readonly rates: readonly number[];
}

/** Words of the figure, and what is measured. */
export interface RateByDrawOptions
  extends Pick<FigureOptions, "title" | "subtitle" | "alt" | "height"> {
  /** Default "error rate, %". */
  readonly measure?: string;
}

/**
 * Returns a line for each group over the draws of an experiment, so that one sees what repeats and
 * what was luck. The last group is grey: it is what the others are compared with.
 *
 * @param groups two to six, with equally many rates
 * @throws InputError `out-of-range` for other numbers of groups and for per cents,
 *   `length-mismatch` for unequal numbers of rates, `empty-input` for none
 */
export function rateByDrawFigure(
  groups: readonly RateByDraw[],
  { measure = "error rate, %", ...around }: RateByDrawOptions,
): Figure {
  const most = series.length + 1;
  const [first] = groups;
  if (first === undefined || groups.length < 2 || groups.length > most) {
    throw new InputError("out-of-range", `Expected 2 to ${most} groups, got ${groups.length}.`, {
      groups: groups.length,
    });
  }
  for (const { name, rates } of groups) {
    requireSameLength(`rates of ${first.name}`, first.rates, `rates of ${name}`, rates);
    for (const [i, rate] of rates.entries()) requireProportion(`rates[${i}] of ${name}`, rate);
  }
  const draws = first.rates.map((_, i) => i + 1);
  const top = 100 * Math.max(0.01, ...groups.flatMap(({ rates }) => rates));
  return figure(
    {
      ...around,
      x: { title: "draw", ticks: draws, grid: false },
      y: { title: measure, range: [0, 1.08 * top] },
    },
    ...groups.map(({ name, rates }, g) =>
      line({
        x: draws,
        y: rates.map((rate) => 100 * rate),
        label: name,
        style: g === groups.length - 1 ? styles.context : (series[g] ?? styles.context),
        markers: true,
        hover: rates.map((rate, i) => `${name}, draw ${i + 1}: ${points(rate)} %`),
      }),
    ),
  );
}
