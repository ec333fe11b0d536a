import { InputError } from "../errors";
import type { Figure } from "../figure";
import { toNumbers } from "../inputs";
import { greys, okabeIto, styles } from "../palette";
import { dots } from "./dots";
import { line } from "./line";
import { type FigureOptions, figure } from "./panels";

/** Words of the figure. */
export interface FoldScoresOptions extends Pick<FigureOptions, "title" | "subtitle"> {
  /** What the scores are: "accuracy". */
  readonly metric: string;
}

/** How far apart the first and the last fold of a repeat stand; repeats are 1 apart. */
const SPREAD = 0.6;

/**
 * Returns every fold's score as a square, repeat by repeat, and the mean of each repeat as a diamond
 * on a line: how much single folds differ, and how little their means.
 *
 * @param repeats proportions from 0 to 1: for each repeat its folds' scores, at least two of both
 * @throws InputError for fewer, and for NaN
 */
export function foldScoresFigure(
  repeats: readonly (readonly number[])[],
  { metric, subtitle, ...around }: FoldScoresOptions,
): Figure {
  const rows = repeats.map((scores, i) => Array.from(toNumbers(`repeats[${i}]`, scores)));
  if (rows.length < 2 || rows.some((scores) => scores.length < 2)) {
    throw new InputError(
      "out-of-range",
      "Expected at least two repeats of at least two folds each.",
      {
        repeats: rows.length,
      },
    );
  }
  const means = rows.map((scores) => scores.reduce((sum, value) => sum + value, 0) / scores.length);
  const all = rows.flat();
  const places = rows.flatMap((scores, r) =>
    scores.map((_, f) => r + 1 + SPREAD * (f / (scores.length - 1) - 0.5)),
  );
  const range = (values: readonly number[]) =>
    `${percent(Math.min(...values))} to ${percent(Math.max(...values))} %`;
  const folds = rows[0]?.length ?? 0;
  const lead = subtitle === undefined ? "" : `${subtitle}; `;
  return figure(
    {
      ...around,
      subtitle: `${lead}squares: ${folds} folds each, diamonds: their mean`,
      alt:
        `Dots: the horizontal axis is the repeat, 1 to ${rows.length}, the vertical one ${metric} in ` +
        `per cent. Folds lie between ${range(all)}, means of ${folds} folds between ${range(means)}. ` +
        `${around.title}.`,
      x: { title: "repeat: the folds drawn anew", ticks: rows.map((_, r) => r + 1), grid: false },
      y: { title: `${metric}, % (axis cut)` },
    },
    dots({
      x: places,
      y: all.map((value) => 100 * value),
      style: styles.validation,
      size: 7,
      hover: rows.flatMap((scores, r) =>
        scores.map((value, f) => `repeat ${r + 1}, fold ${f + 1}: ${percent(value)} %`),
      ),
    }),
    line({
      x: means.map((_, r) => r + 1),
      y: means.map((value) => 100 * value),
      color: greys.text,
      dash: "solid",
      width: 1.5,
      label: "means",
    }),
    dots({
      x: means.map((_, r) => r + 1),
      y: means.map((value) => 100 * value),
      color: okabeIto.black,
      symbol: "diamond",
      size: 10,
      hover: means.map((value, r) => `repeat ${r + 1}: mean of ${folds} folds ${percent(value)} %`),
    }),
  );
}

function percent(value: number): string {
  return (100 * value).toFixed(1);
}
