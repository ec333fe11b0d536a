import { InputError } from "../errors";
import type { Figure } from "../figure";
import { type NumberColumn, requireSameLength, toNumbers } from "../inputs";
import { greys, okabeIto, styles } from "../palette";
import { requireCount } from "../ranges";
import type { StoppingRow } from "../stopping-rule";
import { bars } from "./bars";
import { dots } from "./dots";
import { line } from "./line";
import { inPanel, type Mark } from "./mark";
import { horizontalLine, note, verticalLine } from "./notes";
import { panels } from "./panels";
import { withSlider } from "./steps";

/** What stands around the epochs. */
export interface StoppingEpochsOptions {
  /** The finding, as a sentence. */
  readonly title: string;
  readonly subtitle?: string;
  /** What `stoppingHistory` was told. */
  readonly patience: number;
  /** The training's losses, as many as there are rows or more; left out, only the monitored value is drawn. */
  readonly training?: NumberColumn;
  /** What is monitored, for the axis; default "loss". */
  readonly measure?: string;
  /** Epochs, from 0, for the static picture; the last one unless given. */
  readonly pictureEpochs?: readonly number[];
}

/** Beyond it, counts and best epochs would not fit beside each other. */
const DIGITS = 3;

/**
 * Returns the decisions of early stopping epoch by epoch: left the losses so far with the best one
 * marked, right the counter against patience. A slider goes through the epochs and begins at the last.
 *
 * @param rows what `stoppingHistory` or a callback's `rows` give, 2 to 40 of them, one after the other
 * @throws InputError `out-of-range` for other numbers of rows, a patience below 1, and an epoch for the
 *   picture that is none of them; `length-mismatch` for fewer training losses than rows; `not-finite`
 *   for values that can't be drawn
 */
export function stoppingEpochsFigure(
  rows: readonly StoppingRow[],
  options: StoppingEpochsOptions,
): Figure {
  const { title, subtitle, patience, measure = "loss" } = options;
  requireCount("patience", patience, 1);
  const values = Array.from(
    toNumbers(
      "rows",
      rows.map((row) => row.value),
    ),
  );
  const training = trainingLosses(rows, options.training);
  const last = rows.at(-1) as StoppingRow;
  const all = [...values, ...training];
  const [low, high] = [Math.min(...all), Math.max(...all)];
  const room = 0.08 * (high - low || 1);
  const base = panels(
    {
      title,
      ...(subtitle !== undefined && { subtitle }),
      alt: altText(rows, options),
      height: 360,
      columns: [3, 1],
      // Bars of the steps stand at one place.
      barMode: "overlay",
    },
    [
      {
        // Room on the right for the lines' names.
        x: { title: "epoch", range: [0, 1.3 * (last.epoch + 1)], grid: false },
        y: { title: `${measure} so far`, range: [low - room, high + room] },
        marks: [],
      },
      {
        x: { categories: ["counter"] },
        y: { title: "epochs without\nimprovement", range: [0, 1.12 * patience] },
        marks: [
          // Holds the place where the counter is 0.
          bars({ at: ["counter"], values: [0], color: greys.background }),
          horizontalLine(patience, { label: `patience ${patience}`, labelSide: "left" }),
        ],
      },
    ],
  );
  const step = (epoch: number): number => stepOf(epoch, rows);
  return withSlider(base, {
    label: "epoch",
    start: rows.length - 1,
    steps: rows.map((row, i) => ({
      label: String(row.epoch + 1),
      marks: [...lossMarks(rows, values, training, i), inPanel(2, ...counterMarks(row, patience))],
    })),
    ...(options.pictureEpochs && { pictureSteps: options.pictureEpochs.map(step) }),
  });
}

function trainingLosses(
  rows: readonly StoppingRow[],
  training: NumberColumn | undefined,
): readonly number[] {
  if (training === undefined) return [];
  const losses = Array.from(toNumbers("training", training)).slice(0, rows.length);
  requireSameLength("training", losses, "rows", rows);
  return losses;
}

/** Epochs are counted from 1 on the axis. */
function lossMarks(
  rows: readonly StoppingRow[],
  values: readonly number[],
  training: readonly number[],
  step: number,
): Mark[] {
  const { bestEpoch, best, stopped, epoch } = rows[step] as StoppingRow;
  const shown = rows.slice(0, step + 1);
  const x = shown.map((row) => row.epoch + 1);
  const hover = shown.map(
    (row) => `epoch ${row.epoch + 1}: ${text(row.value)}\ncounter ${row.counter}`,
  );
  const validation = line({
    x,
    y: values.slice(0, step + 1),
    style: styles.validation,
    label: training.length > 0 ? "validation" : "monitored",
    markers: true,
    hover,
  });
  const trained = training.length > 0 ? [training.slice(0, step + 1)] : [];
  return [
    ...trained.map((y) => line({ x, y, style: styles.train, label: "training" })),
    validation,
    ...(best === undefined || bestEpoch === undefined
      ? []
      : [
          dots({ x: [bestEpoch + 1], y: [best], style: styles.right, size: 13 }),
          note({
            x: bestEpoch + 1,
            y: best,
            text: `best: ${text(best)}`,
            up: 28,
            color: okabeIto.green,
          }),
        ]),
    ...(stopped ? [verticalLine(epoch + 1, { color: greys.text })] : []),
  ];
}

function counterMarks({ counter, stopped }: StoppingRow, patience: number): Mark[] {
  const bar = {
    at: ["counter"],
    values: [Math.min(counter, 1.12 * patience)],
    color: stopped ? okabeIto.vermilion : okabeIto.orange,
    labels: [stopped ? `${counter}\nstop` : String(counter)],
    // Outside, it would meet the line's own label.
    labelPosition: stopped ? ("inside" as const) : ("outside" as const),
    hover: [`${counter} of ${patience} epochs without improvement`],
  };
  return [bars(bar)];
}

function text(value: number): string {
  return String(Number(value.toFixed(DIGITS)));
}

function stepOf(epoch: number, rows: readonly StoppingRow[]): number {
  const step = rows.findIndex((row) => row.epoch === epoch);
  if (step >= 0) return step;
  throw new InputError(
    "out-of-range",
    `pictureEpochs: ${epoch} is none of the epochs ${rows[0]?.epoch} to ${rows.at(-1)?.epoch}.`,
    { epoch },
  );
}

function altText(
  rows: readonly StoppingRow[],
  { title, patience, measure = "loss" }: StoppingEpochsOptions,
): string {
  const last = rows.at(-1) as StoppingRow;
  const end =
    last.bestEpoch === undefined
      ? "there is no best value"
      : `the best ${measure} is ${text(last.best as number)} in epoch ${last.bestEpoch + 1}`;
  return (
    `Line chart of the ${measure} against epochs 1 to ${last.epoch + 1}, beside it a bar with the ` +
    `counter of epochs without improvement, patience ${patience}; a slider goes through the epochs. ` +
    `After epoch ${last.epoch + 1} ${end}, the counter is ${last.counter}` +
    `${last.stopped ? " and training stops" : ""}. ${title}.`
  );
}
