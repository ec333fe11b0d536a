import { describe, expect, it } from "vitest";
import reference from "../fixtures/classification_metrics.json";
import { binaryConfusion } from "./binary-counts";
import {
  binaryMatrix,
  ConfusionMatrix,
  confusionMatrix,
  type NormaliseBy,
} from "./confusion-matrix";
import { InputError } from "./errors";

describe.each(reference.multiclass)("confusionMatrix of $name", (expected) => {
  const { actual, predicted, weights, labels } = expected;
  const options = { ...(labels && { labels }), ...(weights && { weights }) };
  const matrix = confusionMatrix(actual, predicted, options);

  it("has scikit-learn's labels, counts and shares", () => {
    expect(matrix.labels).toEqual(expected.expectedLabels);
    for (const [a, row] of expected.counts.entries()) {
      for (const [p, count] of row.entries()) expect(matrix.counts[a][p]).toBeCloseTo(count, 12);
    }
    for (const by of ["actual", "predicted", "all"] as NormaliseBy[]) {
      for (const [a, row] of matrix.normalised(by).entries()) {
        for (const [p, share] of row.entries()) {
          expect(share).toBeCloseTo(expected.normalised[by][a][p], 12);
        }
      }
    }
  });

  it("gives each class the counts of one against the others", () => {
    for (const label of matrix.labels) {
      const counts = matrix.binary(label);
      if (!([...actual, ...predicted] as unknown[]).includes(label)) continue;
      const { tn, fp, fn, tp } = binaryConfusion(actual, predicted, {
        positive: label,
        ...(weights && { weights }),
      });
      expect(counts.tn).toBeCloseTo(tn, 12);
      expect(counts.fp).toBeCloseTo(fp, 12);
      expect(counts.fn).toBeCloseTo(fn, 12);
      expect(counts.tp).toBeCloseTo(tp, 12);
    }
  });

  it("has totals that add up", () => {
    const add = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0);
    expect(add(matrix.actualTotals())).toBeCloseTo(matrix.total, 10);
    expect(add(matrix.predictedTotals())).toBeCloseTo(matrix.total, 10);
    expect(add(matrix.toRows().map(({ count }) => count))).toBeCloseTo(matrix.total, 10);
  });
});

describe("ConfusionMatrix", () => {
  it("refuses counts that don't fit the labels", () => {
    const make = (labels: string[], counts: number[][]) => () =>
      new ConfusionMatrix(labels, counts);
    expect(make([], [])).toThrow("labels is empty");
    expect(make(["a", "a"], [])).toThrow("every label once");
    expect(make(["a", "b"], [[1, 2]])).toThrow("expected 2 rows (actual) of 2 columns");
    expect(make(["a", "b"], [[1, 2], [3]])).toThrow("got 2 rows of 2 or 1");
    expect(make(["a"], [[-1]])).toThrow("counts[0][0] is -1");
    expect(make(["a"], [[Number.NaN]])).toThrow(InputError);
    expect(make(["a"], [[0]])).toThrow("All counts are 0");
  });

  it("names the known labels where one is asked for that it lacks", () => {
    const action = () =>
      new ConfusionMatrix(
        ["a", "b"],
        [
          [1, 0],
          [0, 1],
        ],
      ).binary("c");
    expect(action).toThrow('"c" is not among the matrix\'s labels "a", "b"');
    expect(action).toThrow(expect.objectContaining({ code: "unknown-label" }));
  });

  it("doesn't follow later changes of the caller's arrays", () => {
    const counts = [[3]];
    const matrix = new ConfusionMatrix(["a"], counts);
    counts[0][0] = 9;
    expect(matrix.counts).toEqual([[3]]);
  });

  it("goes back to the four counts it was made of", () => {
    const counts = { tn: 905, fp: 9, fn: 18, tp: 68 };
    expect(binaryMatrix(counts).binary("positive")).toEqual(counts);
    const swapped = binaryMatrix(counts, { negative: "well", positive: "ill" }).binary("well");
    expect(swapped).toEqual({ tn: 68, fp: 18, fn: 9, tp: 905 });
  });

  it("gives tidy rows", () => {
    const rows = confusionMatrix([0, 1], [1, 1]).toRows();
    expect(rows).toEqual([
      { actual: 0, predicted: 0, count: 0 },
      { actual: 0, predicted: 1, count: 1 },
      { actual: 1, predicted: 0, count: 0 },
      { actual: 1, predicted: 1, count: 1 },
    ]);
  });
});

describe("ConfusionMatrix.toString", () => {
  const names = { negative: "healthy", positive: "ill" };
  const matrix = binaryMatrix({ tn: 905, fp: 9, fn: 18, tp: 68 }, names);
  const lines = (text: string) => text.split("\n");

  it("prints counts with headings and totals", () => {
    expect(lines(String(matrix))).toEqual([
      "         predicted",
      "actual   healthy  ill  total",
      "healthy      905    9    914",
      "ill           18   68     86",
      "total        923   77   1000",
    ]);
  });

  it("prints shares of a class with only the totals that mean something", () => {
    expect(lines(matrix.toString({ normalise: "actual", digits: 3 }))).toEqual([
      "         predicted",
      "actual   healthy    ill  total",
      "healthy    0.990  0.010  1.000",
      "ill        0.209  0.791  1.000",
    ]);
    expect(lines(matrix.toString({ normalise: "predicted" }))).toEqual([
      "         predicted",
      "actual   healthy   ill",
      "healthy     0.98  0.12",
      "ill         0.02  0.88",
      "total       1.00  1.00",
    ]);
    expect(lines(matrix.toString({ normalise: "all" })).at(-1)).toBe(
      "total       0.92  0.08   1.00",
    );
  });

  it("prints weighted counts with decimals", () => {
    const weighted = confusionMatrix(["a", "b"], ["a", "b"], { weights: [0.5, 2] });
    expect(lines(String(weighted))[2]).toBe("a       0.50  0.00   0.50");
  });
});
