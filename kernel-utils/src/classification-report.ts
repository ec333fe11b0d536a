import {
  type AverageScores,
  macroAverage,
  microAverage,
  perClass,
  weightedAverage,
} from "./averages";
import { ConfusionMatrix, type ConfusionOptions, confusionMatrix } from "./confusion-matrix";
import { InputError } from "./errors";
import type { LabelColumn } from "./inputs";

/** One line of a report: plain values, so that rows can be a data frame or a table as they are. */
export interface ReportRow {
  /** The class, or "accuracy", "macro avg", "weighted avg". */
  readonly label: string;
  readonly kind: "class" | "average";
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
  /** Actual samples, or their weight. */
  readonly support: number;
  /** Which of the three are 0/0, shown as 0, and why; empty where all are defined. */
  readonly note: string;
}

/**
 * Precision, recall, F1 and support per class, then accuracy, macro and weighted average. In the
 * accuracy row all three columns hold the accuracy, which micro-averaged precision, recall and F1
 * are.
 */
export class ClassificationReport {
  readonly rows: readonly ReportRow[];
  readonly accuracy: number;

  constructor(matrix: ConfusionMatrix) {
    const micro = microAverage(matrix);
    this.accuracy = micro.f1.value;
    this.rows = [
      ...perClass(matrix).map((scores) => toRow(String(scores.label), "class", scores)),
      toRow("accuracy", "average", micro),
      toRow("macro avg", "average", macroAverage(matrix)),
      toRow("weighted avg", "average", weightedAverage(matrix)),
    ];
  }

  /**
   * Returns the report as text, laid out as scikit-learn's, with a note on each class that has an
   * undefined value.
   *
   * @param digits decimals of precision, recall and F1
   */
  toString(digits = 2): string {
    const width = Math.max("weighted avg".length, ...this.rows.map(({ label }) => label.length));
    const line = (label: string, cells: readonly string[]) =>
      `${label.padStart(width)} ${cells.map((cell) => ` ${cell.padStart(9)}`).join("")}`;
    const body = this.rows.map((row) => {
      const isAccuracy = row.kind === "average" && row.label === "accuracy";
      const values = [row.precision, row.recall, row.f1].map((value) => value.toFixed(digits));
      const cells = isAccuracy ? ["", "", values[2]] : values;
      return line(row.label, [...cells, formatSupport(row.support)]);
    });
    const head = line("", ["precision", "recall", "f1-score", "support"]);
    const notes = this.rows
      .filter((row) => row.kind === "class" && row.note !== "")
      .map((row) => `0/0, shown as 0, for ${row.label}: ${row.note}`);
    const end = notes.length === 0 ? [] : ["", ...notes];
    return [head, "", ...body.slice(0, -3), "", ...body.slice(-3), ...end, ""].join("\n");
  }
}

function toRow(label: string, kind: ReportRow["kind"], scores: AverageScores): ReportRow {
  const { precision, recall, f1, support } = scores;
  const notes = Object.entries({ precision, recall, F1: f1 }).flatMap(([metric, score]) =>
    score.defined ? [] : [`${metric} (${score.reason})`],
  );
  return {
    label,
    kind,
    precision: precision.value,
    recall: recall.value,
    f1: f1.value,
    support,
    note: notes.join(", "),
  };
}

function formatSupport(support: number): string {
  return Number.isInteger(support) ? String(support) : support.toFixed(2);
}

/**
 * Returns precision, recall, F1 and support of every class with their averages, from a confusion
 * matrix or from the two columns behind it. Values equal scikit-learn's
 * `classification_report(zero_division=0)`.
 *
 * @throws InputError for columns that `confusionMatrix` refuses
 * @example
 * import { classificationReport } from "@headroom/kernel-utils";
 * const report = classificationReport(["cat", "cat", "dog"], ["cat", "dog", "dog"]);
 * const { label, precision, recall, support } = report.rows[0];
 * [label, precision, recall, support];  // => ["cat", 1, 0.5, 2]
 * report.toString().split("\n")[2];  // => "         cat       1.00      0.50      0.67         2"
 */
export function classificationReport(matrix: ConfusionMatrix): ClassificationReport;
export function classificationReport(
  actual: LabelColumn,
  predicted: LabelColumn,
  options?: ConfusionOptions,
): ClassificationReport;
export function classificationReport(
  first: ConfusionMatrix | LabelColumn,
  predicted?: LabelColumn,
  options?: ConfusionOptions,
): ClassificationReport {
  if (first instanceof ConfusionMatrix) return new ClassificationReport(first);
  if (predicted !== undefined) {
    return new ClassificationReport(confusionMatrix(first, predicted, options));
  }
  throw new InputError(
    "wrong-type",
    "Expected a ConfusionMatrix, or two columns (actual, predicted).",
    {},
  );
}
