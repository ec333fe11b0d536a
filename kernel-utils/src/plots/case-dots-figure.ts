import { type BinaryCounts, binaryCounts } from "../binary-counts";
import { InputError } from "../errors";
import type { Figure } from "../figure";
import { greys, type MarkerSymbol, okabeIto } from "../palette";
import { dots } from "./dots";
import type { Mark } from "./mark";
import { note, segment } from "./notes";
import { type FigureOptions, type Panel, panels } from "./panels";

/** One predictor's cases. */
export interface CasePanel {
  /** Names the predictor: "trained model". */
  readonly title: string;
  readonly counts: BinaryCounts;
}

/** Words of the figure, and what the two classes are called. */
export interface CaseDotsOptions extends Omit<FigureOptions, "barMode" | "barGap"> {
  readonly names?: { readonly positive: string; readonly negative: string };
}

const MOST_CASES = 2000;
/** Dots in a row of a box: the common class' box is the wider one. */
const ACROSS = [36, 18] as const;
/** Between a box's dots and its border, in dots, and above them for the heading. */
const MARGIN = 1.5;
const HEADING = 4.5;
const LEFT = [0, ACROSS[0] + 2 * MARGIN] as const;
const WIDTH = LEFT[1] + ACROSS[1] + MARGIN;

interface Box {
  readonly key: keyof BinaryCounts;
  readonly text: string;
  readonly column: 0 | 1;
  readonly row: 0 | 1;
  readonly color: string;
  readonly symbol: MarkerSymbol;
}

const BOXES: readonly Box[] = [
  { key: "tn", text: "left alone", column: 0, row: 0, color: greys.context, symbol: "circle" },
  { key: "fp", text: "false alarms", column: 1, row: 0, color: okabeIto.vermilion, symbol: "x" },
  { key: "fn", text: "missed", column: 0, row: 1, color: okabeIto.vermilion, symbol: "x" },
  { key: "tp", text: "found", column: 1, row: 1, color: okabeIto.green, symbol: "circle" },
];

/**
 * Returns a figure with every case as one dot in the four boxes of its predictor's confusion matrix:
 * rows are what a case is, columns what it was called; wrong ones are orange-red crosses. Dots are
 * equally dense in all boxes, so that areas compare.
 *
 * @param list one to three predictors, each with at most 2,000 cases
 * @throws InputError `out-of-range` for more predictors or cases, or counts that are not whole
 */
export function caseDotsFigure(list: readonly CasePanel[], options: CaseDotsOptions): Figure {
  const checked = list.map((one) => ({ ...one, counts: binaryCounts(one.counts) }));
  const cases = checked.map(({ counts }) => counts.tn + counts.fp + counts.fn + counts.tp);
  if (list.length < 1 || list.length > 3 || cases.some((n) => n > MOST_CASES)) {
    throw new InputError(
      "out-of-range",
      `Expected 1 to 3 predictors with at most ${MOST_CASES} cases each, got ${list.length} with ` +
        `${cases.join(", ") || "none"}. Divide the counts, and say so in the subtitle.`,
      { predictors: list.length, cases },
    );
  }
  const { names = { positive: "positive", negative: "negative" }, ...around } = options;
  const rows = ([0, 1] as const).map((row) => rowHeight(row, checked));
  return panels(
    { height: 340, ...around },
    checked.map((one, i) => casePanel(one, rows, i === 0 ? names : undefined)),
  );
}

/** Lines of dots that the fullest box of a row needs. */
function rowHeight(row: 0 | 1, list: readonly CasePanel[]): number {
  const boxes = BOXES.filter((box) => box.row === row);
  const lines = list.flatMap(({ counts }) =>
    boxes.map(({ key, column }) => Math.ceil(counts[key] / ACROSS[column])),
  );
  return HEADING + Math.max(2, ...lines) + MARGIN;
}

function casePanel(
  { title, counts }: CasePanel,
  rows: readonly number[],
  names: { positive: string; negative: string } | undefined,
): Panel {
  const [upper = 0, lower = 0] = rows;
  const [middle, border] = [LEFT[1] - MARGIN, upper];
  return {
    title,
    x: {
      range: [-MARGIN, WIDTH],
      ticks: [ACROSS[0] / 2, LEFT[1] + ACROSS[1] / 2],
      tickLabels: ["called no", "called yes"],
      grid: false,
    },
    y: {
      range: [upper + lower, 0],
      ticks: [upper / 2, upper + lower / 2],
      tickLabels: names ? [`is ${names.negative}`, `is ${names.positive}`] : ["", ""],
      grid: false,
    },
    marks: [
      segment([middle, 0], [middle, upper + lower], { dash: "solid" }),
      segment([-MARGIN, border], [WIDTH, border], { dash: "solid" }),
      ...BOXES.flatMap((box) => boxMarks(box, counts[box.key], box.row * upper)),
    ],
  };
}

function boxMarks(box: Box, count: number, top: number): Mark[] {
  const left = LEFT[box.column];
  const words = `${count.toLocaleString("en-US")} ${box.text}`;
  const heading = note({ x: left - 0.5, y: top + 2, text: words, anchor: "left" });
  if (count === 0) return [heading];
  const places = Array.from({ length: count }, (_, i) => i);
  const cases = dots({
    x: places.map((i) => left + (i % ACROSS[box.column])),
    y: places.map((i) => top + HEADING + Math.floor(i / ACROSS[box.column])),
    color: box.color,
    symbol: box.symbol,
    size: 4.5,
    hover: places.map(() => words),
  });
  return [heading, cases];
}
