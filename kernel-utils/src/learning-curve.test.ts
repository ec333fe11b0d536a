import { describe, expect, it } from "vitest";
import fixture from "../fixtures/learning_curve.json";
import { loadDigits } from "./data/digits";
import { loadWine } from "./data/wine";
import { type LearningCurveOptions, learningCurve } from "./learning-curve";
import { nearestMean } from "./nearest-mean";
import { accuracy } from "./overall-metrics";

const data = { wine: loadWine(), digits: loadDigits() };

/** Trains nothing: a model is the list of its samples. */
const options: LearningCurveOptions<readonly number[]> = {
  sizes: [2, 5],
  folds: [{ train: [0, 1, 2, 3, 4, 5], validation: [6, 7] }],
  fit: (positions) => [...positions],
  score: (model) => model.length,
};

async function drawnBy(
  change: Partial<LearningCurveOptions<readonly number[]>>,
): Promise<(readonly number[])[]> {
  const drawn: (readonly number[])[] = [];
  const fit = (positions: readonly number[]) => {
    drawn.push(positions);
    return positions;
  };
  await learningCurve({ ...options, ...change, fit });
  return drawn;
}

describe("learningCurve", () => {
  it.each(fixture.cases)("equals scikit-learn's on given subsets: $name", async (one) => {
    const { features, labels } = data[one.name as "wine" | "digits"];
    const rows = (positions: readonly number[]) => positions.map((i) => features[i] as number[]);
    const classes = (positions: readonly number[]) => positions.map((i) => labels[i] as number);
    const { scores } = await learningCurve({
      sizes: one.sizes,
      folds: one.folds,
      shuffle: false,
      fit: (positions) =>
        nearestMean({ standardise: false }).fit(rows(positions), classes(positions)),
      score: (rule, positions) => accuracy(classes(positions), rule.predict(rows(positions))),
    });
    // Shares of the same counts: equal but for the last bits.
    for (const { size, fold, train, validation } of scores) {
      const at = one.sizes.indexOf(size);
      expect(train).toBeCloseTo(one.train[at]?.[fold] as number, 12);
      expect(validation).toBeCloseTo(one.validation[at]?.[fold] as number, 12);
    }
    expect(scores).toHaveLength(one.sizes.length * one.folds.length);
  });

  it("draws nested samples for each seed, without repeats, other seeds other ones", async () => {
    const train = Array.from({ length: 40 }, (_, i) => i);
    const folds = [{ train, validation: [40] }];
    const drawn = await drawnBy({ folds, sizes: [5, 20, 40], seeds: [1, 2] });
    const [a5, b5, a20, b20, a40] = drawn as [number[], number[], number[], number[], number[]];
    expect([a5, b5, a20, b20].map((positions) => positions.length)).toEqual([5, 5, 20, 20]);
    expect(a20.slice(0, 5)).toEqual(a5);
    expect(b20.slice(0, 5)).toEqual(b5);
    expect(a5).not.toEqual(b5);
    expect([...a40].sort((x, y) => x - y)).toEqual(train);
    expect(await drawnBy({ folds, sizes: [5, 20, 40], seeds: [1, 2] })).toEqual(drawn);
  });

  it("keeps the classes' shares at every size, to within one sample, if it knows labels", async () => {
    const labels = Array.from({ length: 100 }, (_, i) => (i % 10 === 0 ? "rare" : "common"));
    const folds = [{ train: labels.map((_, i) => i), validation: [100] }];
    const seeds = [1, 2, 3, 4, 5];
    for (const positions of await drawnBy({ folds, labels, seeds, sizes: [20, 50, 100] })) {
      const rare = positions.filter((i) => labels[i] === "rare").length;
      expect(Math.abs(rare - positions.length / 10)).toBeLessThanOrEqual(1);
    }
  });

  it("gives mean and spread over folds and seeds, and no spread of a single run", async () => {
    const folds = [
      { train: [0, 1, 2], validation: [3, 4] },
      { train: [3, 4, 5], validation: [0] },
    ];
    const score = (_: unknown, positions: readonly number[]) => positions.length;
    const { points } = await learningCurve({ ...options, folds, sizes: [3], seeds: [1, 2], score });
    expect(points).toEqual([
      {
        size: 3,
        runs: 4,
        train: { mean: 3, sd: 0 },
        validation: { mean: 1.5, sd: expect.closeTo(0.57735, 5) },
      },
    ]);
    expect((await learningCurve(options)).points[0]?.validation.sd).toBeUndefined();
  });

  it("tells every score as it comes, and releases every model, also one that can't be scored", async () => {
    const told: string[] = [];
    let released = 0;
    const release = () => {
      released++;
    };
    await learningCurve({
      ...options,
      release,
      onScore: ({ size }, done, total) => told.push(`${size}: ${done} of ${total}`),
    });
    expect(told).toEqual(["2: 1 of 2", "5: 2 of 2"]);
    const score = () => Promise.reject(new Error("out of memory"));
    await expect(learningCurve({ ...options, release, score })).rejects.toThrow("out of memory");
    expect(released).toBe(3);
  });

  it("waits for fits and scores that take time", async () => {
    const later = <T>(value: T) => new Promise<T>((done) => setTimeout(() => done(value), 1));
    const { points } = await learningCurve({
      ...options,
      fit: (positions) => later(positions),
      score: (model) => later(model.length),
    });
    expect(points.map((point) => point.train.mean)).toEqual([2, 5]);
  });

  it.each([
    ["no sizes", { sizes: [] }, /sizes is empty/],
    ["sizes that fall", { sizes: [5, 2] }, /rising/],
    ["a size twice", { sizes: [2, 2] }, /rising/],
    ["a share for a size", { sizes: [0.5] }, /whole number/],
    ["more samples than there are", { sizes: [7] }, /at least 7/],
    ["no folds", { folds: [] }, /folds is empty/],
    ["nothing to validate on", { folds: [{ train: [0, 1, 2, 3, 4], validation: [] }] }, /and 1/],
    ["a leak", { folds: [{ train: [0, 1, 2, 3, 4], validation: [4] }] }, /sample 4 is both/],
    ["a seed twice", { seeds: [1, 1] }, /different/],
    ["seeds without shuffling", { seeds: [1, 2], shuffle: false }, /one seed/],
    ["too few labels", { labels: [0, 1] }, /labels has 2 values/],
    ["NaN scores", { score: () => Number.NaN }, /train score with 2 samples \(fold 0, seed 0\)/],
  ])("refuses %s", async (_, change, message) => {
    await expect(learningCurve({ ...options, ...change })).rejects.toThrow(message as RegExp);
  });
});
