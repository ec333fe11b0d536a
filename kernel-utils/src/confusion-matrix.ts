import { type BinaryCounts, requireCount } from "./binary-counts";
import { InputError } from "./errors";
import type { Label, LabelColumn, NumberColumn } from "./inputs";
import { encodeLabels, showLabel, showLabels } from "./label-codes";
import { toWeights } from "./sample-weights";
import { textTable } from "./text-table";

/**
 * What 100 % stands for: each actual class (rows), each predicted class (columns), or all samples.
 */
export type NormaliseBy = "actual" | "predicted" | "all";

/** One cell of the matrix as a table's row; `count` is in samples, or in weight. */
export interface ConfusionRow {
  readonly actual: Label;
  readonly predicted: Label;
  readonly count: number;
}

/** How `ConfusionMatrix.toString` prints. */
export interface ConfusionFormat {
  /** Print shares of this instead of counts. */
  readonly normalise?: NormaliseBy;
  /** Decimals of shares and of weighted counts, 2 unless told; whole counts print whole. */
  readonly digits?: number;
}

/**
 * How often each class was taken for each other one: `counts[a][p]` samples have the actual label
 * `labels[a]` and the predicted label `labels[p]`. Correct answers lie on the diagonal.
 *
 * @example
 * import { ConfusionMatrix } from "@headroom/kernel-utils";
 * const matrix = new ConfusionMatrix(["well", "ill"], [[905, 9], [18, 68]]);
 * matrix.binary("ill");  // => { tn: 905, fp: 9, fn: 18, tp: 68 }
 */
export class ConfusionMatrix {
  readonly labels: readonly Label[];
  readonly counts: readonly (readonly number[])[];
  /** All samples, or their weight. */
  readonly total: number;

  /**
   * @param labels the classes, in the order of rows and columns
   * @param counts one row per actual class, one column per predicted class, each count 0 or more
   * @throws InputError for no labels, a repeated label, rows or columns that don't fit the labels,
   *   bad counts, or counts that are all 0
   */
  constructor(labels: readonly Label[], counts: readonly (readonly number[])[]) {
    requireFit(labels, counts);
    this.labels = [...labels];
    this.counts = counts.map((row) => [...row]);
    this.total = sum(this.actualTotals());
    if (this.total > 0) return;
    throw new InputError("empty-input", "All counts are 0: expected at least one sample.", {});
  }

  /** Samples per actual class: the sums of the rows. scikit-learn calls them support. */
  actualTotals(): number[] {
    return this.counts.map(sum);
  }

  /** Samples per predicted class: the sums of the columns. */
  predictedTotals(): number[] {
    return this.labels.map((_, p) => sum(this.counts.map((row) => row[p])));
  }

  /** Samples on the diagonal: predicted as what they are. */
  correct(): number {
    return sum(this.counts.map((row, a) => row[a]));
  }

  /**
   * Returns the counts as shares, from 0 to 1. By `"actual"` the diagonal is each class's recall,
   * by `"predicted"` its precision. A row or column without samples stays 0, as in scikit-learn.
   */
  normalised(by: NormaliseBy): number[][] {
    const actual = this.actualTotals();
    const predicted = this.predictedTotals();
    return this.counts.map((row, a) =>
      row.map((count, p) => {
        const whole = { actual: actual[a], predicted: predicted[p], all: this.total }[by];
        return whole === 0 ? 0 : count / whole;
      }),
    );
  }

  /**
   * Returns the binary counts of one class against all others together.
   *
   * @throws InputError `unknown-label` for a label that the matrix doesn't have
   */
  binary(label: Label): BinaryCounts {
    const k = this.labels.indexOf(label);
    if (k < 0) {
      throw new InputError(
        "unknown-label",
        `${showLabel(label)} is not among the matrix's labels ${showLabels(this.labels)}.`,
        { label, known: this.labels },
      );
    }
    const boxes = { tn: 0, fp: 0, fn: 0, tp: 0 };
    for (const [a, row] of this.counts.entries()) {
      for (const [p, count] of row.entries()) {
        boxes[a === k ? (p === k ? "tp" : "fn") : p === k ? "fp" : "tn"] += count;
      }
    }
    return boxes;
  }

  /** Returns every cell as a row { actual, predicted, count }, for a table or a figure. */
  toRows(): ConfusionRow[] {
    return this.counts.flatMap((row, a) =>
      row.map((count, p) => ({
        actual: this.labels[a],
        predicted: this.labels[p],
        count,
      })),
    );
  }

  /**
   * Returns the matrix as a text table with headings and totals: rows are actual, columns
   * predicted.
   *
   * @example
   * import { confusionMatrix } from "@headroom/kernel-utils";
   * const matrix = confusionMatrix(["cat", "cat", "dog"], ["cat", "dog", "dog"]);
   * const lines = matrix.toString().split("\n");
   * lines[0];  // => "        predicted"
   * lines[1];  // => "actual  cat  dog  total"
   * lines[2];  // => "cat       1    1      2"
   * lines[3];  // => "dog       0    1      1"
   * lines[4];  // => "total     1    2      3"
   */
  toString(format: ConfusionFormat = {}): string {
    const { normalise, digits = 2 } = format;
    const cells = normalise === undefined ? this.counts : this.normalised(normalise);
    const whole = normalise === undefined && this.counts.flat().every(Number.isInteger);
    const print = (value: number) => (whole ? String(value) : value.toFixed(digits));
    // Shares of a column don't add up along a row, so each total stands only where it means
    // something.
    const rows = cells.map((row, a) => {
      const total = normalise === "predicted" ? [] : [print(sum(row))];
      return [String(this.labels[a]), ...row.map(print), ...total];
    });
    if (normalise !== "actual") {
      const columns = this.labels.map((_, p) => sum(cells.map((row) => row[p])));
      const all = normalise === "predicted" ? [] : [print(sum(columns))];
      rows.push(["total", ...columns.map(print), ...all]);
    }
    const names = this.labels.map(String);
    const header = ["actual", ...names, ...(normalise === "predicted" ? [] : ["total"])];
    const table = textTable([header, ...rows]);
    const firstColumn = Math.max(...[header, ...rows].map((row) => [...row[0]].length));
    return `${" ".repeat(firstColumn + 2)}predicted\n${table}`;
  }
}

/** What `confusionMatrix` may be told about its columns. */
export interface ConfusionOptions {
  /** The classes in the order wanted, also those that don't occur; otherwise those that occur. */
  readonly labels?: readonly Label[];
  /** One weight of 0 or more per sample; without them every sample counts once. */
  readonly weights?: NumberColumn;
}

/**
 * Returns how often each class was predicted as each other. Without `labels` the classes are those
 * that occur in either column, sorted.
 *
 * @param actual the true labels: text, booleans or whole numbers
 * @param predicted the model's labels for the same samples, in the same order
 * @throws InputError `unknown-label` for a label outside `labels`, `wrong-type` for values that are
 *   no labels (scores, for example) or columns of different kinds, `length-mismatch`, `empty-input`
 * @example
 * import { confusionMatrix } from "@headroom/kernel-utils";
 * const matrix = confusionMatrix(["cat", "cat", "dog"], ["cat", "dog", "dog"]);
 * matrix.labels;  // => ["cat", "dog"]
 * matrix.counts;  // => [[1, 1], [0, 1]]
 * matrix.normalised("actual");  // => [[0.5, 0.5], [0, 1]]
 */
export function confusionMatrix(
  actual: LabelColumn,
  predicted: LabelColumn,
  options: ConfusionOptions = {},
): ConfusionMatrix {
  const { labels, codes } = encodeLabels(
    [
      { name: "actual", column: actual },
      { name: "predicted", column: predicted },
    ],
    options.labels,
  );
  const [truth, guess] = codes;
  const weights = toWeights(options.weights, "actual", truth);
  const size = labels.length;
  const cells = new Float64Array(size * size);
  if (weights === undefined) {
    for (let i = 0; i < truth.length; i++) {
      const cell = truth[i] * size + guess[i];
      cells[cell] = cells[cell] + 1;
    }
  } else {
    for (let i = 0; i < truth.length; i++) {
      const cell = truth[i] * size + guess[i];
      cells[cell] = cells[cell] + weights[i];
    }
  }
  const counts = labels.map((_, a) => [...cells.subarray(a * size, (a + 1) * size)]);
  return new ConfusionMatrix(labels, counts);
}

/**
 * Returns four binary counts as a matrix, negatives first, to print or to average.
 *
 * @param names what to call the two classes, "negative" and "positive" unless told
 * @example
 * import { binaryMatrix } from "@headroom/kernel-utils";
 * const matrix = binaryMatrix({ tn: 905, fn: 18, fp: 9, tp: 68 }, { positive: "ill" });
 * matrix.labels;  // => ["negative", "ill"]
 * matrix.counts;  // => [[905, 9], [18, 68]]
 */
export function binaryMatrix(
  counts: BinaryCounts,
  names: { negative?: Label; positive?: Label } = {},
): ConfusionMatrix {
  const { negative = "negative", positive = "positive" } = names;
  const { tn, fp, fn, tp } = counts;
  const cells = [
    [tn, fp],
    [fn, tp],
  ];
  return new ConfusionMatrix([negative, positive], cells);
}

function requireFit(labels: readonly Label[], counts: readonly (readonly number[])[]): void {
  if (labels.length === 0) {
    throw new InputError("empty-input", "labels is empty: expected at least one class.", {});
  }
  if (new Set(labels).size < labels.length) {
    const message = `labels: expected every label once, got ${showLabels(labels)}.`;
    throw new InputError("out-of-range", message, { labels });
  }
  const widths = counts.map((row) => row.length);
  if ([counts.length, ...widths].some((length) => length !== labels.length)) {
    throw new InputError(
      "length-mismatch",
      `counts: expected ${labels.length} rows (actual) of ${labels.length} columns (predicted), ` +
        `one per label, got ${counts.length} rows of ${[...new Set(widths)].join(" or ")}.`,
      { labels: labels.length, rows: counts.length },
    );
  }
  for (const [a, row] of counts.entries()) {
    for (const [p, count] of row.entries()) requireCount(`counts[${a}][${p}]`, count);
  }
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
