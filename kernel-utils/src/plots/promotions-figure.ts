import { InputError } from "../errors";
import type { Figure } from "../figure";
import { type NumberColumn, toNumbers } from "../inputs";
import { greys, okabeIto, styles } from "../palette";
import { requireCount, requireProportion } from "../ranges";
import type { AxisOptions } from "./axis";
import { dots } from "./dots";
import { line } from "./line";
import { joinMarks, type Mark } from "./mark";
import { figure } from "./panels";
import { wrapText } from "./plot-text";
import { points } from "./points-text";
import { withButtons } from "./steps";

/** One configuration of a search in brackets, from its first epoch to its last. */
export interface TrainedConfiguration {
  /** Names it for the pointer, and at the end of its line if it is the best: "352 units". */
  readonly name: string;
  /** Which bracket, counted from 1. */
  readonly bracket: number;
  /** One validation score per epoch, from the first on: proportions. */
  readonly scores: NumberColumn;
}

/** What stands around the lines. */
export interface PromotionsOptions {
  /** The finding, as a sentence. */
  readonly title: string;
  readonly subtitle?: string;
  /** Who was trained so long was never cut. */
  readonly maxEpochs: number;
}

const LEAST_ERROR = 0.1;
/** Errors at which the axis is labelled, and those between for when all scores are close together. */
const ERROR_TICKS = [90, 50, 20, 10, 5, 2, 1, 0.5, 0.2, 0.1];
const DENSE_TICKS = [
  90, 70, 50, 40, 30, 20, 15, 10, 7, 5, 4, 3, 2, 1.5, 1, 0.7, 0.5, 0.3, 0.2, 0.1,
];

interface Curve {
  readonly name: string;
  readonly bracket: number;
  readonly scores: readonly number[];
  readonly best: number;
}

/**
 * Returns the learning curves of a search in brackets, a line for each configuration: one that was cut is
 * grey and ends in a cross, one that was trained to the end is blue and ends in a dot, and the one with the
 * best score of any epoch is thick, black and named. Buttons show all brackets or one of them.
 *
 * @param configurations at least one, each with 1 to `maxEpochs` scores
 * @throws InputError for no configuration, scores that are missing, too many or no proportions, and a
 *   bracket that is no whole number from 1 on
 * @example
 * import { promotionsFigure } from "@headroom/kernel-utils";
 * const figure = promotionsFigure(
 *   [
 *     { name: "32 units", bracket: 1, scores: [0.5, 0.6] },
 *     { name: "64 units", bracket: 1, scores: [0.6, 0.7, 0.8, 0.9] },
 *   ],
 *   { title: "The wider one goes on", maxEpochs: 4 },
 * );
 * figure.alt.includes("Best: 64 units, 90 %"); // => true
 */
export function promotionsFigure(
  configurations: readonly TrainedConfiguration[],
  { title, subtitle, maxEpochs }: PromotionsOptions,
): Figure {
  requireCount("maxEpochs", maxEpochs, 1);
  const curves = configurations.map((one) => readCurve(one, maxEpochs));
  const best = leader(curves);
  const brackets = [...new Set(curves.map(({ bracket }) => bracket))].sort((a, b) => a - b);
  const finished = curves.filter(({ scores }) => scores.length === maxEpochs).length;
  const cut = curves.length - finished;
  const key =
    cut === 0
      ? "thick line: the best"
      : `cross: cut (${cut} of ${curves.length}); dot: trained to the end (${finished})`;
  const around = {
    title,
    subtitle: subtitle === undefined ? key : `${subtitle}\n${key}`,
    alt:
      `Lines of validation accuracy by epoch for ${curves.length} configurations in ` +
      `${brackets.length} ${brackets.length === 1 ? "bracket" : "brackets"}: ${cut} are cut before ` +
      `epoch ${maxEpochs}, ` +
      `${finished} are trained to the end. Best: ${best.name}, ${points(best.best)} %. ${title}.`,
    height: 440,
    x: { title: "epochs trained", range: [0.7, maxEpochs + 0.3], ticks: epochTicks(maxEpochs) },
    y: { title: "validation accuracy, % (stretched towards 100)", ...errorScale(curves) },
  } as const;
  const all = curveMarks(curves, best, maxEpochs);
  if (brackets.length === 1) return figure(around, ...all);
  const of = (bracket: number) => curves.filter((curve) => curve.bracket === bracket);
  return withButtons(figure(around), {
    steps: [
      { label: "all brackets", marks: all },
      ...brackets.map((bracket) => ({
        label: `bracket ${bracket}`,
        marks: curveMarks(of(bracket), best, maxEpochs),
      })),
    ],
  });
}

function readCurve({ name, bracket, scores }: TrainedConfiguration, maxEpochs: number): Curve {
  requireCount(`bracket of ${name}`, bracket, 1);
  const values = Array.from(toNumbers(`scores of ${name}`, scores));
  requireCount(`number of scores of ${name}`, values.length, 1, maxEpochs);
  for (const [i, value] of values.entries()) requireProportion(`scores of ${name}[${i}]`, value);
  return { name, bracket, scores: values, best: Math.max(...values) };
}

/** The first of the best. */
function leader(curves: readonly Curve[]): Curve {
  const [first, ...others] = curves;
  if (first === undefined) {
    throw new InputError("empty-input", "There are no configurations: expected at least one.");
  }
  return others.reduce((best, curve) => (curve.best > best.best ? curve : best), first);
}

function curveMarks(curves: readonly Curve[], best: Curve, maxEpochs: number): Mark[] {
  const others = curves.filter((curve) => curve !== best);
  const cut = others.filter(({ scores }) => scores.length < maxEpochs);
  const finished = others.filter(({ scores }) => scores.length === maxEpochs);
  return [
    group(cut, { color: greys.baseline, end: greys.axis, symbol: "x", width: 1.3 }),
    group(finished, {
      color: styles.model.color,
      end: styles.model.color,
      symbol: "circle",
      width: 1.3,
    }),
    ...(curves.includes(best) ? [bestLine(best)] : []),
  ];
}

interface Look {
  readonly color: string;
  /** Of the mark at a line's end. */
  readonly end: string;
  readonly symbol: "x" | "circle";
  readonly width: number;
}

/** Lines that look alike are one trace, with gaps between them. */
function group(curves: readonly Curve[], { color, end, symbol, width }: Look): Mark {
  if (curves.length === 0) return joinMarks([]);
  const lines = line({
    x: curves.flatMap(({ scores }) => [...scores.map((_, epoch) => epoch + 1), null]),
    y: curves.flatMap(({ scores }) => [...scores.map(errorOf), null]),
    hover: curves.flatMap((curve) => [...curve.scores.map((_, epoch) => hover(curve, epoch)), ""]),
    color,
    dash: "solid",
    width,
  });
  const ends = dots({
    x: curves.map(({ scores }) => scores.length),
    y: curves.map(({ scores }) => errorOf(scores.at(-1) as number)),
    hover: curves.map((curve) => hover(curve, curve.scores.length - 1)),
    color: end,
    symbol,
    size: 8,
  });
  return joinMarks([lines, ends]);
}

function bestLine(best: Curve): Mark {
  return line({
    x: best.scores.map((_, epoch) => epoch + 1),
    y: best.scores.map(errorOf),
    hover: best.scores.map((_, epoch) => hover(best, epoch)),
    label: `best:\n${wrapText(best.name, 12)}`,
    color: okabeIto.black,
    dash: "solid",
    width: 3,
  });
}

function hover({ name, bracket, scores }: Curve, epoch: number): string {
  return `${name}, bracket ${bracket}\nepoch ${epoch + 1}: ${points(scores[epoch] as number)} %`;
}

/** Per cent; never 0, which has no place on a logarithmic axis. */
function errorOf(score: number): number {
  return Math.max(100 - 100 * score, LEAST_ERROR);
}

/**
 * Good settings differ by a point, bad ones by fifty: drawn by the logarithm of their errors, upside
 * down, both can be told apart.
 */
function errorScale(curves: readonly Curve[]): AxisOptions {
  const errors = curves.flatMap(({ scores }) => scores.map(errorOf));
  const [most, least] = [Math.max(...errors) * 1.2, Math.min(...errors) / 1.3];
  const within = (list: readonly number[]) => list.filter((one) => one <= most && one >= least);
  const ticks = within(within(ERROR_TICKS).length < 3 ? DENSE_TICKS : ERROR_TICKS);
  return {
    type: "log",
    range: [most, least],
    ticks,
    tickLabels: ticks.map((error) => String(Number((100 - error).toFixed(1)))),
  };
}

/** Every epoch up to twelve, else about ten of them. */
function epochTicks(maxEpochs: number): number[] {
  const step = maxEpochs <= 12 ? 1 : Math.ceil(maxEpochs / 10);
  const ticks = Array.from({ length: Math.floor(maxEpochs / step) }, (_, i) => step * (i + 1));
  return step === 1 ? ticks : [1, ...ticks];
}
