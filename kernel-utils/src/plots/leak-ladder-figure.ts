import { InputError } from "../errors";
import type { Figure } from "../figure";
import { type NumberColumn, requireSameLength, toNumbers } from "../inputs";
import { styles } from "../palette";
import { dots } from "./dots";
import { line } from "./line";
import { note } from "./notes";
import { type FigureOptions, figure } from "./panels";

/** One leak, measured several times. */
export interface Leak {
  readonly name: string;
  /** What the leaking way reports, 0 to 1: one value per seed. */
  readonly reported: NumberColumn;
  /** What the honest way reports, for the same seeds in the same order. */
  readonly honest: NumberColumn;
}

/** How far a row's outermost lines lie apart; rows are 1 apart. */
const SPREAD = 0.5;
const LABEL_LIFT = 0.38;

/**
 * Returns a ladder of leaks: for each a thin line per seed from the honest score to the reported one,
 * the honest mean as a green dot, the reported mean as an orange-red cross.
 *
 * @param leaks from the top down, at least one
 * @throws InputError for no leaks, columns of unequal length, and NaN
 */
export function leakLadderFigure(
  leaks: readonly Leak[],
  around: Pick<FigureOptions, "title" | "subtitle">,
): Figure {
  if (leaks.length === 0)
    throw new InputError("empty-input", "leaks is empty: expected at least one.");
  const rows = leaks.map(({ name, reported, honest }, place) => {
    const [wrong, right] = [
      Array.from(toNumbers(`${name}: reported`, reported), toPercent),
      Array.from(toNumbers(`${name}: honest`, honest), toPercent),
    ];
    requireSameLength(`${name}: reported`, wrong, `${name}: honest`, right);
    return { name, place, wrong, right, wrongMean: mean(wrong), rightMean: mean(right) };
  });
  const all = rows.flatMap(({ wrong, right }) => [...wrong, ...right]);
  const low = Math.max(0, 10 * Math.floor(Math.min(...all) / 10));
  const told = rows.map(
    ({ name, wrongMean, rightMean }) =>
      `${name}: reported ${wrongMean.toFixed(1)}, honest ${rightMean.toFixed(1)}`,
  );
  // The words stand where there is most room for them.
  const gaps = rows.map(({ wrongMean, rightMean }) => Math.abs(wrongMean - rightMean));
  const widest = gaps.indexOf(Math.max(...gaps));
  const meansOf = (side: "wrongMean" | "rightMean") => rows.map((row) => row[side]);
  return figure(
    {
      ...around,
      alt:
        "Ladder of leaks: rows are leaks, the axis is the score in per cent, a thin line for each seed " +
        `from the honest to the reported score. ${told.join("; ")}. ${around.title}.`,
      height: 130 + 64 * rows.length,
      x: { title: `score, %${low > 0 ? " (axis cut)" : ""}`, range: [low, 104] },
      y: {
        range: [rows.length - 0.45, -0.6],
        ticks: rows.map(({ place }) => place),
        tickLabels: rows.map(({ name }) => name),
        grid: false,
      },
    },
    ...rows.map(({ place, wrong, right }) => {
      const heights = wrong.map((_, i) => place + SPREAD * ((i + 0.5) / wrong.length - 0.5));
      return line({
        x: wrong.flatMap((value, i) => [right[i] as number, value, null]),
        y: heights.flatMap((height) => [height, height, null]),
        style: styles.context,
        width: 1,
      });
    }),
    dots({
      x: meansOf("rightMean"),
      y: rows.map(({ place }) => place),
      style: styles.right,
      size: 12,
      hover: told,
    }),
    dots({
      x: meansOf("wrongMean"),
      y: rows.map(({ place }) => place),
      style: styles.wrong,
      size: 12,
      hover: told,
    }),
    ...rows.flatMap(({ place, wrongMean, rightMean }, i) => {
      // Beside each other where the two marks are nearly one.
      const below = rightMean <= wrongMean;
      const words = (value: number, text: string) =>
        i === widest ? `${text} ${value.toFixed(1)}` : value.toFixed(1);
      const y = place - LABEL_LIFT;
      return [
        note({
          x: rightMean,
          y,
          text: words(rightMean, "honest"),
          anchor: below ? "right" : "left",
        }),
        note({
          x: wrongMean + (below ? 0.6 : -0.6),
          y,
          text: words(wrongMean, "reported"),
          anchor: below ? "left" : "right",
        }),
      ];
    }),
  );
}

function toPercent(share: number): number {
  return 100 * share;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
