import fc from "fast-check";
import { describe, expect, it } from "vitest";
import reference from "../fixtures/ranking_metrics.json";
import { InputError } from "./errors";
import { averagePrecision, precisionRecallCurve } from "./precision-recall-curve";

function expectClose(ours: readonly number[], theirs: readonly number[]): void {
  expect(ours).toHaveLength(theirs.length);
  for (const [i, value] of theirs.entries()) expect(ours[i]).toBeCloseTo(value, 12);
}

describe.each(reference.cases)("of $name", (expected) => {
  const { actual, scores, positive, weights } = expected;
  const options = { positive, ...(weights && { weights }) };

  it("averagePrecision and precisionRecallCurve are scikit-learn's", () => {
    const average = averagePrecision(actual, scores, options);
    expect(average).toBeCloseTo(expected.averagePrecision, 12);
    for (const [dropIntermediate, curve] of [
      [false, expected.precisionRecall],
      [true, expected.shortPrecisionRecall],
    ] as const) {
      const ours = precisionRecallCurve(actual, scores, { ...options, dropIntermediate });
      expectClose(ours.precision, curve.precision);
      expectClose(ours.recall, curve.recall);
      expect(ours.thresholds).toEqual(curve.thresholds.map((value) => value + 0));
    }
  });
});

describe("averagePrecision", () => {
  it("of a ranking is the mean of the precisions where a positive is found", () => {
    // Positives at ranks 1, 3 and 6: precisions 1/1, 2/3 and 3/6.
    const ranking = [1, 0, 1, 0, 0, 1];
    const average = averagePrecision(ranking, [6, 5, 4, 3, 2, 1]);
    expect(average).toBeCloseTo((1 + 2 / 3 + 3 / 6) / 3, 14);
  });

  it("doesn't depend on the order of tied samples", () => {
    const rows = fc.array(fc.tuple(fc.boolean(), fc.integer({ min: 0, max: 3 })), { minLength: 1 });
    fc.assert(
      fc.property(
        rows.filter((all) => all.some(([a]) => a)),
        (all) => {
          const turned = [...all].reverse();
          const of = (some: typeof all) =>
            averagePrecision(
              some.map(([a]) => a),
              some.map(([, s]) => s),
            );
          expect(of(turned)).toBe(of(all));
        },
      ),
    );
  });

  it("is the share of positives where all scores tie", () => {
    expect(averagePrecision([1, 0, 0, 0, 1], [2, 2, 2, 2, 2])).toBeCloseTo(0.4, 15);
  });

  it("of only positives is 1, and without any it explains itself", () => {
    expect(averagePrecision([1, 1], [0.1, 0.7])).toBe(1);
    for (const metric of [averagePrecision, precisionRecallCurve]) {
      const action = () => metric([0, 0], [0.1, 0.7]);
      expect(action).toThrow(InputError);
      expect(action).toThrow("actual holds no positive sample (its labels: 0)");
      expect(action).toThrow("needs a positive sample");
    }
  });
});
