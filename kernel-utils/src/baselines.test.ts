import { describe, expect, it } from "vitest";
import scikit from "../fixtures/baselines.json";
import { type Baseline, majorityClass, stratifiedRandom } from "./baselines";
import { loadBreastCancer } from "./data/breast-cancer";
import { loadDigits } from "./data/digits";
import { loadWine } from "./data/wine";
import { InputError } from "./errors";
import { nearestMean } from "./nearest-mean";
import { stratifiedSplit } from "./splits";
import { stump } from "./stump";

const sets = {
  "breast cancer": loadBreastCancer(),
  wine: loadWine(),
  digits: loadDigits(),
};

/** Fold f tests the rows whose position leaves the remainder f when divided by 5. */
function foldOf(name: string, fold: number) {
  const { features, labels } = sets[name as keyof typeof sets];
  const take = <T>(values: readonly T[], testing: boolean) =>
    values.filter((_, i) => (i % 5 === fold) === testing);
  return {
    train: { rows: take(features, false), labels: take(labels, false) },
    test: { rows: take(features, true), labels: take(labels, true) },
  };
}

function accuracy(predicted: readonly number[], labels: readonly number[]): number {
  return labels.filter((label, i) => predicted[i] === label).length / labels.length;
}

describe.each(scikit.folds)("on $name, fold $fold", (expected) => {
  const { train, test } = foldOf(expected.name, expected.fold);

  it("majorityClass predicts what scikit-learn's most frequent dummy does", () => {
    const rule = majorityClass().fit(train.rows, train.labels);
    expect(rule.predict(test.rows)).toEqual(expected.majority);
  });

  it("stratifiedRandom expects the accuracy of guesses by class share", () => {
    const rule = stratifiedRandom().fit(train.rows, train.labels);
    expect(rule.expectedAccuracy(test.labels)).toBeCloseTo(expected.stratifiedAccuracy, 12);
  });

  it("nearestMean predicts what scikit-learn's NearestCentroid does, scaled and raw", () => {
    const scaled = nearestMean().fit(train.rows, train.labels);
    expect(scaled.predict(test.rows)).toEqual(expected.nearestMean);
    const raw = nearestMean({ standardise: false }).fit(train.rows, train.labels);
    expect(raw.predict(test.rows)).toEqual(expected.nearestMeanRaw);
  });

  it("stump finds the best of all one-feature rules", () => {
    const rule = stump({ pieces: 2 }).fit(train.rows, train.labels);
    expect(rule.feature).toBe(expected.stump2.feature);
    expect(rule.trainAccuracy).toBe(expected.stump2.right / train.labels.length);
    expect(accuracy(rule.predict(train.rows), train.labels)).toBe(rule.trainAccuracy);
    // scikit-learn's tree chooses its split by impurity, so it can only get as many right or fewer.
    expect(rule.trainAccuracy).toBeGreaterThanOrEqual(expected.giniStump);
    if (expected.stump3 !== undefined) {
      const three = stump({ pieces: 3 }).fit(train.rows, train.labels);
      expect(three.feature).toBe(expected.stump3.feature);
      expect(three.trainAccuracy).toBe(expected.stump3.right / train.labels.length);
      expect(accuracy(three.predict(train.rows), train.labels)).toBe(three.trainAccuracy);
    }
  });
});

// The ladder that the lesson quotes, averaged here over ten stratified splits: within 1.5 points.
describe.each([
  ["breast cancer", [62.7, 53.2, 89.9, 92.9]],
  ["wine", [39.9, 34.2, 79.5, 96.9]],
  ["digits", [10.2, 10.0, 26.8, 88.4]],
] as const)("the ladder on %s", (name, quoted) => {
  it(`reaches ${quoted.join(", ")} %: majority, random, one feature, nearest mean`, () => {
    const { features, labels } = sets[name];
    const take = <T>(values: readonly T[], at: readonly number[]) => at.map((i) => values[i] as T);
    const baselines: Baseline[] = [majorityClass(), stump(), nearestMean()];
    const rungs = [0, 0, 0, 0];
    for (let seed = 0; seed < 10; seed++) {
      const { train, test } = stratifiedSplit(labels, { testShare: 0.2, seed });
      const [trainRows, trainLabels] = [take(features, train), take(labels, train)];
      const [testRows, testLabels] = [take(features, test), take(labels, test)];
      const [majority, oneFeature, mean] = baselines.map((baseline) =>
        accuracy(baseline.fit(trainRows, trainLabels).predict(testRows), testLabels),
      );
      const random = stratifiedRandom().fit(trainRows, trainLabels).expectedAccuracy(testLabels);
      for (const [r, reached] of [majority, random, oneFeature, mean].entries()) {
        rungs[r] = (rungs[r] as number) + 10 * (reached as number);
      }
    }
    for (const [r, reached] of rungs.entries()) {
      expect(Math.abs(reached - (quoted[r] as number))).toBeLessThan(1.5);
    }
  });
});

const rows = [[1], [2], [3], [4]];

describe("majorityClass", () => {
  it("takes the first class in sorted order where several are most frequent", () => {
    const rule = majorityClass().fit(rows, ["b", "a", "b", "a"]);
    expect(rule.label).toBe("a");
    expect(rule.share).toBe(0.5);
    expect(rule.labels).toEqual(["a", "b"]);
  });

  it("learns from one sample, of booleans too", () => {
    expect(
      majorityClass()
        .fit([[0]], [true])
        .predict(rows),
    ).toEqual([true, true, true, true]);
  });
});

describe("stratifiedRandom", () => {
  const labels = ["x", "y", "y", "y"];

  it("guesses by class share, the same for the same seed", () => {
    const many = Array.from({ length: 4000 }, (_, i) => [i]);
    const rule = stratifiedRandom({ seed: 5 }).fit(rows, labels);
    const guesses = rule.predict(many);
    expect(rule.predict(many)).toEqual(guesses);
    const share = guesses.filter((label) => label === "x").length / 4000;
    // Standard error .007.
    expect(Math.abs(share - 0.25)).toBeLessThan(0.035);
    expect(stratifiedRandom({ seed: 6 }).fit(rows, labels).predict(many)).not.toEqual(guesses);
  });

  it("counts a class it has never seen as missed", () => {
    const rule = stratifiedRandom().fit(rows, labels);
    expect(rule.expectedAccuracy(["y", "z"])).toBe(0.375);
  });

  it("reaches its expected accuracy on average", () => {
    let right = 0;
    for (let seed = 0; seed < 500; seed++) {
      const guesses = stratifiedRandom({ seed }).fit(rows, labels).predict(rows);
      right += guesses.filter((guess, i) => guess === labels[i]).length;
    }
    expect(Math.abs(right / 2000 - 0.625)).toBeLessThan(0.055);
  });
});

describe.each([
  ["majorityClass", majorityClass()],
  ["stratifiedRandom", stratifiedRandom()],
  ["stump", stump()],
  ["nearestMean", nearestMean()],
] satisfies [string, Baseline][])("%s", (_, baseline) => {
  it("learns a single class and changes neither rows nor labels", () => {
    const [given, labels] = [
      [
        [3, 1],
        [2, 2],
      ],
      ["a", "a"],
    ];
    const before = structuredClone({ given, labels });
    const rule = baseline.fit(given, labels);
    expect(rule.labels).toEqual(["a"]);
    expect(
      rule.predict([
        [0, 0],
        [9, 9],
      ]),
    ).toEqual(["a", "a"]);
    expect({ given, labels }).toEqual(before);
  });

  it.each([
    ["no rows", [], [], "rows has 0 rows"],
    ["unequal lengths", [[1], [2]], ["a"], "rows has 2 values, labels has 1"],
    ["NaN", [[1], [Number.NaN]], ["a", "b"], "rows[1][0] is NaN"],
  ])("refuses %s", (_, rows, labels, message) => {
    const call = () => baseline.fit(rows, labels);
    expect(call).toThrow(InputError);
    expect(call).toThrow(message);
  });

  it("refuses to predict from other features than it was trained on", () => {
    const call = () => baseline.fit(rows, [1, 2, 1, 2]).predict([[1, 2]]);
    expect(call).toThrow("rows has 2 features, the model was trained on 1");
  });
});
