import { InputError } from "../errors";
import type { ColorScale, Figure } from "../figure";
import type { Fold } from "../fold";
import type { LabelColumn } from "../inputs";
import { encodeLabels } from "../label-codes";
import { greys, okabeIto } from "../palette";
import { heatmap } from "./heatmap";
import { inPanel, type Mark } from "./mark";
import { type FigureOptions, panels } from "./panels";
import { withSlider } from "./steps";

/** One way to make folds. */
export interface FoldMap {
  /** Names the way: "shuffled". */
  readonly title: string;
  /** Returns as many folds as asked for, of the labelled samples. */
  readonly folds: (count: number) => readonly Fold[];
}

/** Words of the figure, and which numbers of folds its slider has. */
export interface FoldMapOptions extends Pick<FigureOptions, "title" | "subtitle"> {
  /** Numbers of folds, at least two of them. */
  readonly counts: readonly number[];
  /** One of `counts`, to begin with. */
  readonly start: number;
  /** What the classes are called, in sorted order; the labels themselves unless given. */
  readonly classNames?: readonly string[];
}

const COLORS = [okabeIto.blue, okabeIto.orange, okabeIto.green, okabeIto.purple, okabeIto.black];
/** With more runs than these, names of classes below them would not fit. */
const MOST_RUNS = 8;

/**
 * Returns maps of who validates where: a row for each fold, a column for each sample in the order of
 * the file; grey samples train, coloured ones validate, in the colour of their class. A slider
 * changes the number of folds in all maps.
 *
 * @param labels the class of each sample, at most 5 classes
 * @param maps one to three ways to make folds, one above the other
 * @throws InputError for more classes or ways, and a start that is not among the counts
 */
export function foldMapFigure(
  labels: LabelColumn,
  maps: readonly FoldMap[],
  { counts, start, classNames, ...around }: FoldMapOptions,
): Figure {
  const encoded = encodeLabels([{ name: "labels", column: labels }]);
  const codes = encoded.codes[0] as Int32Array;
  const names = classNames ?? encoded.labels.map(String);
  requireDrawable(encoded.labels.length, names.length, maps.length);
  const begin = counts.indexOf(start);
  if (begin < 0) {
    throw new InputError(
      "out-of-range",
      `start: expected one of ${counts.join(", ")}, got ${start}.`,
    );
  }
  const runs = runsOf(codes);
  const few = runs.length <= MOST_RUNS;
  const last = maps.length - 1;
  const base = panels(
    {
      ...around,
      alt: altText(maps, names, start, around.title),
      height: 110 + 112 * maps.length,
      columns: [1],
    },
    maps.map(({ title }, i) => ({
      title,
      x: {
        ...(i === last && { title: `${codes.length} samples in the file's order` }),
        range: [-0.5, codes.length - 0.5],
        ticks: few ? runs.map(({ from, to }) => (from + to - 1) / 2) : [0, codes.length - 1],
        tickLabels: few ? runs.map(({ code }) => names[code] as string) : ["first", "last"],
        grid: false,
      },
      // A hair more than 0 to 1, for rounding must not widen it.
      y: { title: "a row for each fold", range: [1.001, -0.001], labels: false, grid: false },
      marks: [],
    })),
  );
  const steps = counts.map((count) => ({
    label: String(count),
    marks: maps.map(({ folds }, i) => inPanel(i + 1, foldRows(codes, names, folds(count)))),
  }));
  return withSlider(base, { label: "number of folds", steps, start: begin });
}

/** Rows are placed between 0 and 1, so that any number of folds fills the panel. */
function foldRows(codes: Int32Array, names: readonly string[], folds: readonly Fold[]): Mark {
  const classes = names.length;
  const z = folds.map(({ validation }) => {
    const row = new Array<number>(codes.length).fill(0);
    for (const i of validation) row[i] = 1 + (codes[i] as number);
    return row;
  });
  const colors: ColorScale = [greys.grid, ...COLORS.slice(0, classes)].map((color, i) => [
    i / classes,
    color,
  ]);
  const y = folds.map((_, i) => (i + 0.5) / folds.length);
  const hover = z.map((row, fold) =>
    row.map((value, i) => {
      const does = value === 0 ? "trains" : "validates";
      return `fold ${fold + 1}, sample ${i + 1}, ${names[codes[i] as number]}: ${does}`;
    }),
  );
  return heatmap({ z, y, hover, colors, range: [0, classes] });
}

interface Run {
  readonly code: number;
  readonly from: number;
  readonly to: number;
}

/** Stretches of neighbours of one class. */
function runsOf(codes: Int32Array): Run[] {
  const runs: Run[] = [];
  for (const [i, code] of codes.entries()) {
    const last = runs.at(-1);
    if (last?.code === code) runs[runs.length - 1] = { ...last, to: i + 1 };
    else runs.push({ code, from: i, to: i + 1 });
  }
  return runs;
}

function requireDrawable(classes: number, names: number, maps: number): void {
  const wrong =
    classes > COLORS.length || names !== classes || maps < 1 || maps > 3
      ? `Expected at most ${COLORS.length} classes, a name for each, and 1 to 3 maps; got ` +
        `${classes} classes, ${names} names and ${maps} maps.`
      : undefined;
  if (wrong === undefined) return;
  throw new InputError("out-of-range", wrong, { classes, names, maps });
}

function altText(
  maps: readonly FoldMap[],
  names: readonly string[],
  start: number,
  title: string,
): string {
  return (
    `Maps of ${start} folds, ${maps.map((map) => map.title).join("; ")}: rows are folds, columns samples ` +
    `in the file's order, classes ${names.join(", ")}; grey trains, coloured validates. ${title}.`
  );
}
