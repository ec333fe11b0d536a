import { describe, expect, it } from "vitest";
import reference from "../fixtures/classification_metrics.json";
import { classificationReport } from "./classification-report";
import { confusionMatrix } from "./confusion-matrix";
import { InputError } from "./errors";

const unweighted = reference.multiclass.filter(({ report }) => report !== null);

describe.each(unweighted)("of $name", (expected) => {
  const { actual, predicted, labels } = expected;
  const report = classificationReport(actual, predicted, labels ? { labels } : {});

  it("prints what scikit-learn prints, followed by notes on 0/0", () => {
    const text = report.toString(5);
    // Where nothing at all is right, scikit-learn prints whole supports as 1.0.
    const theirs = String(expected.report).replace(/(\d+)\.0$/gm, "  $1");
    expect(text.slice(0, theirs.length)).toBe(theirs);
    const notes = text.slice(theirs.length);
    const undefinedClasses = report.rows.filter((row) => row.kind === "class" && row.note !== "");
    expect(notes.split("\n").filter((line) => line !== "")).toHaveLength(undefinedClasses.length);
  });

  it("has one row per class and three for averages", () => {
    expect(report.rows).toHaveLength(expected.expectedLabels.length + 3);
    expect(report.accuracy).toBeCloseTo(expected.accuracy, 12);
    const last = report.rows.slice(-3).map(({ label }) => label);
    expect(last).toEqual(["accuracy", "macro avg", "weighted avg"]);
  });
});

describe("classificationReport", () => {
  it("takes a matrix as well", () => {
    const columns = [
      ["a", "b"],
      ["a", "a"],
    ] as const;
    const report = classificationReport(confusionMatrix(...columns));
    expect(report.rows).toEqual(classificationReport(...columns).rows);
  });

  it("has rows of plain values that say what is 0/0", () => {
    const report = classificationReport(["a", "b"], ["a", "a"]);
    expect(report.rows[1]).toEqual({
      label: "b",
      kind: "class",
      precision: 0,
      recall: 0,
      f1: 0,
      support: 1,
      note: 'precision (no sample was predicted "b")',
    });
    expect(String(report)).toContain(
      '0/0, shown as 0, for b: precision (no sample was predicted "b")\n',
    );
    expect(JSON.parse(JSON.stringify(report)).rows).toEqual(report.rows);
  });

  it("doesn't mistake a class called accuracy for the average", () => {
    const lines = classificationReport(["accuracy", "b"], ["accuracy", "b"]).toString().split("\n");
    expect(lines[2]).toBe("    accuracy       1.00      1.00      1.00         1");
    expect(lines[5]).toBe("    accuracy                           1.00         2");
  });

  it("prints weighted support with decimals, and 0/0 rows that are numbers", () => {
    const report = classificationReport([0, 1], [0, 1], { weights: [0.25, 2] });
    expect(report.toString().split("\n")[2]).toBe(
      "           0       1.00      1.00      1.00      0.25",
    );
  });

  it("refuses one column alone", () => {
    expect(() => classificationReport(["a"] as never)).toThrow(InputError);
  });
});
