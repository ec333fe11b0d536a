import { describe, expect, it } from "vitest";
import reference from "../fixtures/classification_metrics.json";
import { binaryMatrix, confusionMatrix } from "./confusion-matrix";
import { InputError } from "./errors";
import { accuracy, balancedAccuracy, matthewsCorrelation } from "./overall-metrics";

const cases = [...reference.binary, ...reference.multiclass];

it.each(cases)(
  "accuracy, balanced accuracy and correlation of $name are scikit-learn's",
  (expected) => {
    const { actual, predicted, weights } = expected;
    const options = weights === null ? {} : { weights };
    expect(accuracy(actual, predicted, options)).toBeCloseTo(expected.accuracy, 12);
    const balanced = balancedAccuracy(actual, predicted, options);
    expect(balanced.value).toBeCloseTo(expected.balancedAccuracy, 12);
    const correlation = matthewsCorrelation(actual, predicted, options);
    expect(correlation.value).toBeCloseTo(expected.matthewsCorrelation, 12);
  },
);

describe("of counts, matrix or columns", () => {
  const counts = { tn: 905, fp: 9, fn: 18, tp: 68 };
  const lazy = { tn: 914, fn: 86, fp: 0, tp: 0 };

  it("gives the lecture's accuracies", () => {
    expect(accuracy(counts)).toBe(0.973);
    expect(accuracy(lazy)).toBe(0.914);
    expect(accuracy({ tn: 96, fn: 4, fp: 0, tp: 0 })).toBe(0.96);
  });

  it("gives the same three ways", () => {
    const [actual, predicted] = [
      [0, 1, 1, 0, 1],
      [0, 1, 0, 1, 1],
    ];
    const four = { tn: 1, fp: 1, fn: 1, tp: 2 };
    for (const metric of [accuracy, balancedAccuracy, matthewsCorrelation]) {
      expect(metric(four)).toEqual(metric(actual, predicted));
      expect(metric(four)).toEqual(metric(confusionMatrix(actual, predicted)));
      expect(metric(four)).toEqual(metric(binaryMatrix(four)));
    }
  });

  it("takes the other classes together where a positive one is named", () => {
    const [actual, predicted] = [
      ["a", "b", "c"],
      ["a", "c", "b"],
    ];
    expect(accuracy(actual, predicted)).toBeCloseTo(1 / 3, 15);
    expect(accuracy(actual, predicted, { positive: "a" })).toBe(1);
  });

  it("says what is missing where a value is undefined", () => {
    expect(balancedAccuracy({ tn: 3, fp: 1, fn: 0, tp: 0 })).toEqual({
      value: 0.75,
      defined: false,
      reason: 'no sample is actually "positive"; the mean leaves it out',
    });
    expect(matthewsCorrelation(lazy)).toEqual({
      value: 0,
      defined: false,
      reason: "all predictions are of one class",
    });
    const reason = matthewsCorrelation({ tn: 3, fp: 1, fn: 0, tp: 0 }).reason;
    expect(reason).toBe("all samples are of one class");
  });

  it("correlates +1 with the truth and -1 with its opposite, also for large counts", () => {
    expect(matthewsCorrelation({ tn: 1e9, fp: 0, fn: 0, tp: 3e9 }).value).toBe(1);
    expect(matthewsCorrelation({ tn: 0, fp: 7, fn: 5, tp: 0 }).value).toBe(-1);
  });

  it("refuses anything else", () => {
    expect(() => accuracy([0, 1] as never)).toThrow(InputError);
    expect(() => accuracy({ tn: 0, fp: 0, fn: 0, tp: 0 })).toThrow("All counts are 0");
    expect(() => accuracy([0, 1], [0.2, 0.9])).toThrow("predicted[0] is 0.2");
  });
});
