import fc from "fast-check";
import { describe, expect, it } from "vitest";
import reference from "../fixtures/ranking_metrics.json";
import { InputError } from "./errors";
import { SeededRandom } from "./random";
import { auroc, rocCurve } from "./ranking-metrics";

function expectClose(ours: readonly number[], theirs: readonly number[]): void {
  expect(ours).toHaveLength(theirs.length);
  for (const [i, value] of theirs.entries()) expect(ours[i]).toBeCloseTo(value, 12);
}

const oneClass = reference.cases.filter(({ roc }) => roc === null);
const twoClasses = reference.cases.filter(({ roc }) => roc !== null);

it.each(twoClasses)("auroc and rocCurve of $name are scikit-learn's", (expected) => {
  const { actual, scores, positive, weights } = expected;
  const options = { positive, ...(weights && { weights }) };
  expect(auroc(actual, scores, options)).toBeCloseTo(expected.auroc ?? Number.NaN, 12);
  for (const [dropIntermediate, curve] of [
    [true, expected.roc],
    [false, expected.fullRoc],
  ] as const) {
    const ours = rocCurve(actual, scores, { ...options, dropIntermediate });
    expectClose(ours.falsePositiveRate, curve?.fpr ?? []);
    expectClose(ours.truePositiveRate, curve?.tpr ?? []);
    expect(ours.thresholds.slice(1)).toEqual(curve?.thresholds.map((value) => value + 0));
    expect(ours.thresholds[0]).toBe(Number.POSITIVE_INFINITY);
  }
});

it.each(oneClass)("auroc and rocCurve of $name explain what is missing", ({ actual, scores }) => {
  for (const metric of [auroc, rocCurve]) {
    const action = () => metric(actual, scores);
    expect(action).toThrow(expect.objectContaining({ code: "one-class" }));
    expect(action).toThrow("actual holds no negative sample (its labels: 1)");
    expect(action).toThrow("needs at least one positive and one negative sample");
  }
});

const scored = fc
  .array(fc.tuple(fc.boolean(), fc.integer({ min: -8, max: 8 })), { minLength: 2, maxLength: 60 })
  .filter((rows) => rows.some(([a]) => a) && rows.some(([a]) => !a));
const split = (rows: readonly (readonly [boolean, number])[]) => ({
  actual: rows.map(([a]) => a),
  scores: rows.map(([, s]) => s),
});

describe("rocCurve", () => {
  it("leaves out points on a straight line unless told to keep them", () => {
    const columns = [
      [0, 0, 0, 1, 1],
      [0.1, 0.2, 0.3, 0.8, 0.9],
    ] as const;
    expect(rocCurve(...columns).thresholds).toEqual([Number.POSITIVE_INFINITY, 0.9, 0.8, 0.1]);
    expect(rocCurve(...columns, { dropIntermediate: false }).thresholds).toHaveLength(6);
  });
});

describe("auroc", () => {
  it("is the share of pairs in the right order, ties counting half", () => {
    fc.assert(
      fc.property(scored, (rows) => {
        const positives = rows.filter(([a]) => a);
        const negatives = rows.filter(([a]) => !a);
        const pairs = positives.flatMap(([, p]) =>
          negatives.map(([, n]) => (p > n ? 1 : p === n ? 0.5 : 0) as number),
        );
        const share = pairs.reduce((sum, pair) => sum + pair, 0) / pairs.length;
        const { actual, scores } = split(rows);
        expect(auroc(actual, scores)).toBeCloseTo(share, 14);
      }),
    );
  });

  it("doesn't change with scores' scale, and turns over with their sign", () => {
    fc.assert(
      fc.property(scored, (rows) => {
        const { actual, scores } = split(rows);
        const area = auroc(actual, scores);
        const stretched = scores.map((score) => Math.exp(score) - 5);
        const turned = scores.map((score) => -score);
        expect(auroc(actual, stretched)).toBe(area);
        expect(auroc(actual, turned)).toBeCloseTo(1 - area, 14);
        expect(auroc(actual, scores, { positive: false })).toBeCloseTo(1 - area, 14);
      }),
    );
  });

  it("is the area under the curve's line", () => {
    fc.assert(
      fc.property(scored, fc.boolean(), (rows, dropIntermediate) => {
        const { actual, scores } = split(rows);
        const curve = rocCurve(actual, scores, { dropIntermediate });
        const { falsePositiveRate: x, truePositiveRate: y } = curve;
        let area = 0;
        for (let i = 1; i < x.length; i++) area += ((x[i] - x[i - 1]) * (y[i] + y[i - 1])) / 2;
        expect(auroc(actual, scores)).toBeCloseTo(area, 12);
        expect([x[0], y[0], x.at(-1), y.at(-1)]).toEqual([0, 0, 1, 1]);
      }),
    );
  });

  it("counts a sample of weight 3 as three alike", () => {
    fc.assert(
      fc.property(scored, (rows) => {
        const weights = rows.map((_, i) => 1 + (i % 3));
        const repeated = split(rows.flatMap((row, i) => new Array(weights[i]).fill(row)));
        const { actual, scores } = split(rows);
        const area = auroc(repeated.actual, repeated.scores);
        expect(auroc(actual, scores, { weights })).toBeCloseTo(area, 14);
      }),
    );
  });

  it("stays exact for many samples", () => {
    const random = new SeededRandom(5);
    const n = 100_000;
    const actual = Uint8Array.from({ length: n }, () => (random.random() < 0.3 ? 1 : 0));
    const scores = Float64Array.from(actual, (a) => random.random() + 0.3 * a);
    // Mann and Whitney's U from ranks, another road to the same number.
    const order = Array.from(scores.keys()).sort((a, b) => scores[a] - scores[b]);
    let rankSum = 0;
    for (const [rank, sample] of order.entries()) rankSum += actual[sample] * (rank + 1);
    const positives = actual.reduce((sum, a) => sum + a, 0);
    const pairs = rankSum - (positives * (positives + 1)) / 2;
    expect(auroc(actual, scores)).toBe(pairs / (positives * (n - positives)));
  });

  it("reads arrays, typed arrays, tensors and data frame columns alike", () => {
    const actual = [0, 0, 1, 1];
    const scores = [0.25, 0.5, 0.375, 0.75];
    const columns = [
      scores,
      new Float32Array(scores),
      new Float64Array(scores),
      { shape: [4, 1], dataSync: () => new Float32Array(scores) },
      { values: scores, config: {} },
    ];
    for (const column of columns) expect(auroc(actual, column)).toBe(0.75);
  });

  it("doesn't change the caller's scores", () => {
    const scores = Float64Array.of(0.2, 0.9, 0.1);
    auroc([0, 1, 0], scores);
    expect([...scores]).toEqual([0.2, 0.9, 0.1]);
  });

  it.each<[string, () => unknown, string]>([
    ["NaN among scores", () => auroc([0, 1], [0.5, Number.NaN]), "scores[1] is NaN"],
    ["infinite scores", () => auroc([0, 1], [0.5, 1 / 0]), "scores[1] is Infinity"],
    ["no samples", () => auroc([], []), "actual is empty"],
    ["unequal columns", () => auroc([0, 1], [1]), "actual has 2 values, scores has 1"],
    ["labels for scores", () => auroc([0, 1], ["a", "b"] as never), "scores[0]: expected a number"],
    ["two score columns", () => auroc([0, 1], { shape: [2, 2], dataSync: () => [] }), "one column"],
    ["three classes without a choice", () => auroc([0, 1, 2], [1, 2, 3]), "positive: expected"],
    ["an unknown positive label", () => auroc([0, 1], [1, 2], { positive: 7 }), "7 (number)"],
    ["no positives", () => auroc([0, 0], [1, 2]), "actual holds no positive sample"],
    [
      "weights that leave one class",
      () => auroc([0, 1], [1, 2], { weights: [1, 0] }),
      "no positive",
    ],
  ])("refuses %s", (_, action, message) => {
    expect(action).toThrow(InputError);
    expect(action).toThrow(message);
  });
});
