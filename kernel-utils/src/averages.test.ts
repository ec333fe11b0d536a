import { describe, expect, it } from "vitest";
import reference from "../fixtures/classification_metrics.json";
import { macroAverage, microAverage, perClass, weightedAverage } from "./averages";
import { ConfusionMatrix, confusionMatrix } from "./confusion-matrix";
import { accuracy } from "./overall-metrics";

const averages = { macro: macroAverage, micro: microAverage, weighted: weightedAverage };
const metrics = ["precision", "recall", "f1"] as const;

describe.each(reference.multiclass)("of $name", (expected) => {
  const { actual, predicted, weights, labels } = expected;
  const options = { ...(labels && { labels }), ...(weights && { weights }) };
  const matrix = confusionMatrix(actual, predicted, options);

  it("perClass is scikit-learn's", () => {
    for (const [k, scores] of perClass(matrix).entries()) {
      for (const metric of metrics) {
        expect(scores[metric].value).toBeCloseTo(expected.perClass[metric][k], 12);
      }
      expect(scores.support).toBeCloseTo(expected.perClass.support[k], 12);
    }
  });

  it.each(["macro", "micro", "weighted"] as const)("%s average is scikit-learn's", (kind) => {
    for (const metric of metrics) {
      expect(averages[kind](matrix)[metric].value).toBeCloseTo(expected[kind][metric], 12);
      const subset = averages[kind](matrix, { labels: expected.subset });
      expect(subset[metric].value).toBeCloseTo(expected.ofSubset[kind][metric], 12);
    }
  });

  it("micro average of all classes is accuracy", () => {
    const micro = microAverage(matrix);
    for (const metric of metrics) expect(micro[metric].value).toBeCloseTo(accuracy(matrix), 12);
    expect(weightedAverage(matrix).recall.value).toBeCloseTo(accuracy(matrix), 12);
  });
});

describe("an average over a class whose ratio is 0/0", () => {
  // "c" is never predicted, "d" neither occurs nor is it predicted.
  const matrix = new ConfusionMatrix(
    ["a", "b", "c", "d"],
    [
      [3, 1, 0, 0],
      [0, 2, 0, 0],
      [1, 1, 0, 0],
      [0, 0, 0, 0],
    ],
  );

  it("counts it as 0 and names it", () => {
    const { precision, recall } = macroAverage(matrix);
    expect(precision.value).toBeCloseTo((3 / 4 + 2 / 4) / 4, 15);
    expect(precision.defined).toBe(false);
    expect(precision.reason).toBe(
      'no sample was predicted "c"; no sample was predicted "d": counted as 0',
    );
    expect(recall.reason).toBe('no sample is "d": counted as 0');
  });

  it("doesn't mind where its weight is 0", () => {
    const { precision, recall } = weightedAverage(matrix);
    expect(precision.reason).toBe('no sample was predicted "c": counted as 0');
    expect(recall).toEqual({ value: 5 / 8, defined: true });
  });

  it("is the plain mean where all weights are 0, as in scikit-learn", () => {
    const never = new ConfusionMatrix(
      ["a", "b"],
      [
        [1, 1],
        [0, 0],
      ],
    );
    const { precision, support } = weightedAverage(never, { labels: ["b"] });
    expect([precision.value, precision.defined, support]).toEqual([0, true, 0]);
  });

  it("reports each class's reason", () => {
    const classes = perClass(matrix);
    expect(classes[2].precision).toEqual({
      value: 0,
      defined: false,
      reason: 'no sample was predicted "c"',
    });
    expect(classes[2].f1).toEqual({ value: 0, defined: true });
    expect(classes[3].f1.reason).toBe('no sample is "d" and none was predicted so');
    expect(microAverage(matrix, { labels: ["d"] }).precision.defined).toBe(false);
  });
});

describe("macro F1", () => {
  it("is the mean of F1, not the F1 of mean precision and recall", () => {
    const matrix = new ConfusionMatrix(
      ["a", "b"],
      [
        [90, 10],
        [0, 1],
      ],
    );
    const { precision, recall, f1 } = macroAverage(matrix);
    const harmonic = (2 * precision.value * recall.value) / (precision.value + recall.value);
    expect(f1.value).toBeCloseTo((180 / 190 + 2 / 12) / 2, 12);
    expect(Math.abs(f1.value - harmonic)).toBeGreaterThan(0.1);
  });

  it("refuses labels that the matrix doesn't have", () => {
    const matrix = new ConfusionMatrix(["a"], [[1]]);
    expect(() => macroAverage(matrix, { labels: ["b"] })).toThrow('labels: "b" is not among');
    expect(() => macroAverage(matrix, { labels: [] })).toThrow("labels is empty");
  });
});
