import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { BinaryCounts } from "./binary-counts";
import { chooseThreshold, type ThresholdGoal } from "./choose-threshold";
import { f1, fBeta, precision, recall, specificity } from "./classification-metrics";
import { InputError } from "./errors";
import { accuracy } from "./overall-metrics";
import { countsAt, thresholdTable } from "./threshold";

const actual = [0, 0, 1, 1, 0, 1];
const scores = [0.1, 0.4, 0.35, 0.8, 0.6, 0.6];

describe("chooseThreshold", () => {
  const rows = fc
    .array(fc.tuple(fc.boolean(), fc.integer({ min: 0, max: 9 })), { minLength: 2, maxLength: 40 })
    .filter((all) => all.some(([a]) => a) && all.some(([a]) => !a));
  const youden = (counts: BinaryCounts) => recall(counts).value + specificity(counts).value - 1;

  it.each<[string, ThresholdGoal, (counts: BinaryCounts) => number]>([
    ["f1", { maximise: "f1" }, (counts) => f1(counts).value],
    ["accuracy", { maximise: "accuracy" }, accuracy],
    ["youden", { maximise: "youden" }, youden],
    ["fbeta", { maximise: "fbeta", beta: 2 }, (counts) => fBeta(counts, { beta: 2 }).value],
    ["a function", { maximise: ({ tp, fp }) => 3 * tp - fp }, ({ tp, fp }) => 3 * tp - fp],
    [
      "cost",
      { minimise: "cost", costs: { falsePositive: 1, falseNegative: 4 } },
      ({ fp, fn }) => -(fp + 4 * fn),
    ],
  ])("finds the best %s of all thresholds, the highest among equals", (_, goal, value) => {
    fc.assert(
      fc.property(rows, (samples) => {
        const truth = samples.map(([a]) => a);
        const numbers = samples.map(([, s]) => s);
        const choice = chooseThreshold(truth, numbers, goal);
        const thresholds = [...new Set(numbers), Number.POSITIVE_INFINITY].sort((a, b) => b - a);
        const values = thresholds.map((threshold) => value(countsAt(truth, numbers, threshold)));
        const best = Math.max(...values);
        expect(choice.threshold).toBe(thresholds[values.indexOf(best)]);
        expect(choice.value).toBeCloseTo("minimise" in goal ? -best : best, 14);
        expect(choice.counts).toEqual(countsAt(truth, numbers, choice.threshold));
      }),
    );
  });

  it("finds the best precision with enough recall, and of equals the one with most recall", () => {
    fc.assert(
      fc.property(rows, fc.double({ min: 0, max: 1, noNaN: true }), (samples, recallAtLeast) => {
        const truth = samples.map(([a]) => a);
        const numbers = samples.map(([, s]) => s);
        const choice = chooseThreshold(truth, numbers, { maximise: "precision", recallAtLeast });
        const enough = thresholdTable(truth, numbers).filter((row) => row.recall >= recallAtLeast);
        const best = Math.max(...enough.map((row) => row.precision));
        expect(choice.value).toBe(best);
        // Rows rise with the threshold, so the first is the one with most recall.
        expect(choice.threshold).toBe(enough.find((row) => row.precision === best)?.threshold);
      }),
    );
  });

  it("finds the best recall with enough precision", () => {
    const choose = (precisionAtLeast: number) =>
      chooseThreshold(actual, scores, { maximise: "recall", precisionAtLeast });
    expect(choose(0.5)).toMatchObject({ threshold: 0.35, value: 1 });
    expect(choose(0.65)).toMatchObject({ threshold: 0.6, value: 2 / 3 });
    expect(choose(1)).toMatchObject({ threshold: 0.8, value: 1 / 3 });
  });

  it("says what precision can be had where the wanted one can't", () => {
    const goal = { maximise: "recall", precisionAtLeast: 0.9 } as const;
    const action = () => chooseThreshold([1, 0, 1], [0.2, 0.9, 0.4], goal);
    expect(action).toThrow(InputError);
    expect(action).toThrow(
      "No threshold has a precision of 0.9; the highest on these samples is 0.6",
    );
  });

  it("calls nothing positive where every alarm costs more than it brings", () => {
    const costs = { falsePositive: 9, falseNegative: 1 };
    const choice = chooseThreshold([1, 0], [0.1, 0.9], { minimise: "cost", costs });
    expect(choice.threshold).toBe(Number.POSITIVE_INFINITY);
    expect(choice.value).toBe(1);
    expect(precision(choice.counts).defined).toBe(false);
  });

  it("costs nothing, not minus nothing, without mistakes", () => {
    const costs = { falsePositive: 1, falseNegative: 1 };
    const choice = chooseThreshold([0, 1], [0, 1], { minimise: "cost", costs });
    expect(Object.is(choice.value, 0)).toBe(true);
  });

  it("weighs samples", () => {
    const options = { maximise: "accuracy", weights: [1, 1, 1, 1, 100, 1] } as const;
    expect(chooseThreshold(actual, scores, options).threshold).toBe(0.8);
  });

  it.each<[string, () => unknown, string]>([
    ["one class", () => chooseThreshold([0], [1], { maximise: "f1" }), "no positive sample"],
    ["no beta", () => chooseThreshold(actual, scores, { maximise: "fbeta" } as never), "beta"],
    [
      "a recall above 1",
      () => chooseThreshold(actual, scores, { maximise: "precision", recallAtLeast: 60 }),
      "recallAtLeast: expected a share from 0 to 1, got 60. Is it a percentage? Then pass 0.6.",
    ],
    [
      "an unknown goal",
      () => chooseThreshold(actual, scores, { maximise: "F1" } as never),
      '"youden"',
    ],
    [
      "a strange minimum",
      () => chooseThreshold(actual, scores, { minimise: "f1" } as never),
      "cost",
    ],
    [
      "a cost below 0",
      () =>
        chooseThreshold(actual, scores, {
          minimise: "cost",
          costs: { falsePositive: 1, falseNegative: -1 },
        }),
      "costs.falseNegative: expected what one such mistake costs, 0 or more, got -1.",
    ],
    [
      "a function that returns NaN",
      () => chooseThreshold(actual, scores, { maximise: ({ tp, fp }) => tp / (tp + fp) }),
      "returned NaN at threshold Infinity",
    ],
    [
      "a function that allows nothing",
      () => chooseThreshold(actual, scores, { maximise: () => Number.NEGATIVE_INFINITY }),
      "returned -Infinity for all",
    ],
  ])("refuses %s", (_, action, message) => {
    expect(action).toThrow(InputError);
    expect(action).toThrow(message);
  });
});
