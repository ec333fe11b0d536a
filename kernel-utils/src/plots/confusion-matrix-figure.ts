import { InputError } from "../errors";
import type { Figure } from "../figure";
import type { Label } from "../inputs";
import { blues, heatmap } from "./heatmap";
import type { Mark } from "./mark";
import { figure } from "./panels";
import { sentence } from "./plot-text";

/** What the figure needs of a confusion matrix: rows are actual classes, columns predicted ones. */
export interface MatrixCounts {
  readonly labels: readonly Label[];
  readonly counts: readonly (readonly number[])[];
}

/** What stands around a figure of a finished kind. */
export interface FindingOptions {
  /** The finding, as a sentence. */
  title: string;
  /** Data and n. */
  subtitle?: string;
  /** In place of the words that are made from title and numbers. */
  alt?: string;
  /** In pixels. */
  height?: number;
}

/** Above these, cells have no room for shares, then for any text. */
const MOST_WITH_SHARES = 6;
const MOST_WITH_COUNTS = 20;

/**
 * Returns a confusion matrix as a mark for `panels`: colour and second line are the share of the
 * actual class (the row), the first line is the count.
 *
 * @throws InputError `empty-input` for no labels, `length-mismatch` unless there is one row and one
 *   column per label
 */
export function confusionMatrixMark({ labels, counts }: MatrixCounts): Mark {
  if (labels.length === 0) {
    throw new InputError("empty-input", "labels is empty: expected at least one class.");
  }
  const names = labels.map(String);
  const totals = counts.map((row) => row.reduce((sum, count) => sum + count, 0));
  const share = (i: number, count: number) => (totals[i] === 0 ? 0 : count / totals[i]);
  return heatmap({
    z: counts.map((row, i) => row.map((count) => share(i, count))),
    x: names,
    y: names,
    colors: blues,
    range: [0, 1],
    gap: 2,
    textSize: labels.length > 10 ? 10 : 13,
    text: counts.map((row, i) =>
      row.map((count) => {
        if (labels.length > MOST_WITH_COUNTS) return "";
        if (labels.length > MOST_WITH_SHARES) return String(count);
        return `${count}\n${percent(share(i, count))}`;
      }),
    ),
    hover: counts.map((row, i) =>
      row.map((count, j) => {
        const sum = `${count} of ${totals[i]} = ${percent(share(i, count))}`;
        return `actual ${names[i]}, predicted ${names[j]}\n${sum} of the actual ${names[i]}`;
      }),
    ),
  });
}

/**
 * Returns a confusion matrix as a figure, with counts and shares of each actual class.
 *
 * @throws InputError as `confusionMatrixMark` and `figure` do
 */
export function confusionMatrixFigure(matrix: MatrixCounts, options: FindingOptions): Figure {
  const cells = matrixWords(matrix);
  const { length } = matrix.labels;
  return figure(
    {
      title: options.title,
      ...(options.subtitle !== undefined && { subtitle: options.subtitle }),
      alt:
        options.alt ??
        `${sentence(options.title)} Heatmap, actual class down, predicted across: ${cells}`,
      height: options.height ?? Math.min(700, 200 + 70 * Math.max(3, Math.min(length, 7))),
      x: { title: "predicted" },
      y: { title: "actual" },
      square: true,
    },
    confusionMatrixMark(matrix),
  );
}

/** Every count for two or three classes, else how many of each class are right. */
function matrixWords({ labels, counts }: MatrixCounts): string {
  const sentences = labels.map((label, i) => {
    const row = counts[i] ?? [];
    const total = row.reduce((sum, count) => sum + count, 0);
    if (labels.length > 3) return `${row[i]} of ${total} ${label} right`;
    return `of ${total} ${label}, ${labels.map((other, j) => `${row[j]} as ${other}`).join(", ")}`;
  });
  return `${sentences.join("; ")}.`;
}

/** Returns a share as text: "20.9 %", and whole shares as "0 %" and "100 %". */
export function percent(share: number): string {
  const text = (100 * share).toFixed(1);
  return `${text.endsWith(".0") && (share === 0 || share === 1) ? text.slice(0, -2) : text} %`;
}
