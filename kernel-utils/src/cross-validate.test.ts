import * as tf from "@tensorflow/tfjs";
import { afterEach, describe, expect, it, vi } from "vitest";
import { correctedInterval } from "./corrected-interval";
import { type CrossValidateOptions, crossValidate, type FoldResult } from "./cross-validate";
import { loadWine } from "./data/wine";
import { FoldError, InputError } from "./errors";
import { kFold } from "./k-fold";
import { nearestMean } from "./nearest-mean";
import { accuracy } from "./overall-metrics";
import { stratifiedKFold } from "./stratified-k-fold";

const x = [10, 11, 12, 13, 14, 15, 16];
const y = ["a", "b", "c", "d", "e", "f", "g"];
const folds = kFold(7, { folds: 3, shuffle: false });
const data = { x, y, folds, silent: true } satisfies CrossValidateOptions<number, string>;

afterEach(() => {
  vi.restoreAllMocks();
});

describe("crossValidate", () => {
  it("hands fit the training samples, score the validation samples, and no other", async () => {
    const seen: unknown[] = [];
    await crossValidate({
      ...data,
      fit: (x, y, { fold, train }) => {
        seen.push({ fold, fit: [x, y, train] });
        return fold;
      },
      score: (model, x, y, { validation }) => {
        seen.push({ model, score: [x, y, validation] });
        return 0;
      },
    });
    expect(seen.slice(0, 4)).toEqual([
      {
        fold: 1,
        fit: [
          [13, 14, 15, 16],
          ["d", "e", "f", "g"],
          [3, 4, 5, 6],
        ],
      },
      {
        model: 1,
        score: [
          [10, 11, 12],
          ["a", "b", "c"],
          [0, 1, 2],
        ],
      },
      {
        fold: 2,
        fit: [
          [10, 11, 12, 15, 16],
          ["a", "b", "c", "f", "g"],
          [0, 1, 2, 5, 6],
        ],
      },
      {
        model: 2,
        score: [
          [13, 14],
          ["d", "e"],
          [3, 4],
        ],
      },
    ]);
  });

  it("lets prepare learn from the training samples alone, and changes both parts with it", async () => {
    const seen: string[] = [];
    await crossValidate({
      ...data,
      prepare: (x) => {
        const least = Math.min(...x);
        return async (rows) => rows.map((value) => `${value}-${least}`).join();
      },
      fit: (x) => seen.push(`fit ${x}`),
      score: (_model, x) => {
        seen.push(`score ${x}`);
        return 1;
      },
    });
    expect(seen.slice(0, 2)).toEqual(["fit 13-13,14-13,15-13,16-13", "score 10-13,11-13,12-13"]);
  });

  it("gives mean, sample deviation and the corrected interval of the scores", async () => {
    const given = [0.5, 0.9, 0.7];
    const result = await crossValidate({
      ...data,
      fit: async (_x, _y, { fold }) => fold,
      score: async (fold) => given[fold - 1] as number,
    });
    expect(result.scores).toEqual(given);
    expect(result.mean).toBeCloseTo(0.7, 12);
    expect(result.sd).toBeCloseTo(0.2, 12);
    const counts = { trainCount: 14 / 3, validationCount: 7 / 3 };
    expect(result.interval).toEqual(correctedInterval(given, counts));
    expect(result.folds.map((fold) => [fold.trainCount, fold.validationCount])).toEqual([
      [4, 3],
      [5, 2],
      [5, 2],
    ]);
  });

  it("scores the training samples where asked to", async () => {
    const steps = { fit: () => 0, score: (_: number, x: number[]) => x.length };
    const result = await crossValidate({ ...data, ...steps, trainScores: true });
    expect(result.folds.map((fold) => [fold.score, fold.trainScore])).toEqual([
      [3, 4],
      [2, 5],
      [2, 5],
    ]);
    const without = await crossValidate({ ...data, ...steps });
    expect(without.folds.every((fold) => !("trainScore" in fold))).toBe(true);
  });

  it("tells of each fold by an event and a line, or by the event alone", async () => {
    const lines: unknown[] = [];
    vi.spyOn(console, "log").mockImplementation((line) => lines.push(line));
    const events: FoldResult[] = [];
    const steps = {
      fit: () => 0,
      score: (_: number, x: number[]) => 1 / x.length,
      onFold: (event: FoldResult) => events.push(event),
    };
    const result = await crossValidate({ ...data, ...steps });
    expect(events).toEqual(result.folds);
    expect(events).toEqual([...result.folds]);
    expect(lines).toEqual([]);
    await crossValidate({ ...data, ...steps, silent: false, trainScores: true });
    expect(lines).toEqual([
      "fold 1 of 3: 0.333 (training 0.250)",
      "fold 2 of 3: 0.500 (training 0.200)",
      "fold 3 of 3: 0.500 (training 0.200)",
    ]);
  });

  it("gives each fold a seed of its own, the same ones again for the same seed", async () => {
    const seedsOf = async (seed?: number) => {
      const seeds: number[] = [];
      const steps = { score: () => 0, ...(seed !== undefined && { seed }) };
      await crossValidate({ ...data, ...steps, fit: (_x, _y, at) => seeds.push(at.seed) });
      return seeds;
    };
    const first = await seedsOf();
    expect(new Set(first).size).toBe(3);
    expect(first.every((seed) => Number.isSafeInteger(seed) && seed >= 0 && seed < 2 ** 31)).toBe(
      true,
    );
    expect(await seedsOf(0)).toEqual(first);
    expect(await seedsOf(1)).not.toEqual(first);
  });

  it("names the fold and the step that failed, keeps the cause, and releases the model", async () => {
    const cause = new RangeError("no such class");
    const released: number[] = [];
    const run = crossValidate({
      ...data,
      fit: (_x, _y, { fold }) => fold,
      score: (fold) => {
        if (fold === 2) throw cause;
        return 1;
      },
      release: (fold) => released.push(fold),
    });
    await expect(run).rejects.toThrow("Fold 2 of 3: score failed: no such class");
    await expect(run).rejects.toBeInstanceOf(FoldError);
    await expect(run).rejects.toMatchObject({ cause, data: { fold: 2, step: "score" } });
    expect(released).toEqual([1, 2]);
  });

  const [fit, score] = [() => 0, () => 1];
  const failing = (): ((x: number[]) => number[]) => {
    throw new Error("no");
  };
  it.each([
    [
      "a score of NaN",
      () => crossValidate({ ...data, fit, score: () => Number.NaN }),
      "Fold 1 of 3: score failed: score returned NaN",
    ],
    [
      "no score",
      // @ts-expect-error: score must return a number
      () => crossValidate({ ...data, fit, score: () => undefined }),
      "score returned undefined",
    ],
    [
      "a fit that throws text",
      () => crossValidate({ ...data, fit: () => Promise.reject("gone"), score }),
      "Fold 1 of 3: fit failed: gone",
    ],
    [
      "a prepare that throws",
      () => crossValidate({ ...data, prepare: failing, fit, score }),
      "Fold 1 of 3: prepare failed: no",
    ],
  ])("refuses %s", async (_, call, message) => {
    await expect(call()).rejects.toThrow(message);
  });

  it.each([
    ["one fold", { folds: folds.slice(0, 1) }, "folds: expected at least 2, got 1"],
    ["x and y of unequal length", { y: y.slice(1) }, "x has 7 samples, y has 6"],
    ["no samples", { x: [], y: [] }, "x is empty"],
    ["folds of more samples", { folds: kFold(8) }, "names sample 7, but positions go from 0 to 6"],
    ["half a position", { folds: [{ train: [0.5], validation: [1] }, ...folds] }, "sample 0.5"],
    [
      "a fold without training",
      { folds: [...folds, { train: [], validation: [1] }] },
      "Fold 4 of 4 has no train samples",
    ],
    [
      "a sample on both sides",
      { folds: [...folds, { train: [1, 2], validation: [0, 1] }] },
      "trains on sample 1 and validates by it",
    ],
    ["a level of 95", { level: 95 }, "level"],
  ])("refuses %s", async (_, wrong, message) => {
    const run = crossValidate({ ...data, fit: () => 0, score: () => 1, ...wrong });
    await expect(run).rejects.toBeInstanceOf(InputError);
    await expect(run).rejects.toThrow(message);
  });

  it("lets a step change its own samples and targets without harm to the next", async () => {
    const result = await crossValidate({
      ...data,
      trainScores: true,
      fit: (x, y) => {
        x.push(99);
        y.push("z");
        return 0;
      },
      score: (_model, x, y) => (x.length === y.length ? x.length : -1),
    });
    expect(result.folds.map((fold) => fold.trainScore)).toEqual([4, 5, 5]);
    expect([x.length, y.length]).toEqual([7, 7]);
  });

  it("takes tensors and data frames by rows", async () => {
    const wine = loadWine();
    const steps = {
      folds: stratifiedKFold(wine.labels, { seed: 1 }),
      silent: true,
      fit: (x: number[][], y: number[]) => nearestMean().fit(x, y),
      score: (
        model: ReturnType<ReturnType<typeof nearestMean>["fit"]>,
        x: number[][],
        y: number[],
      ) => accuracy(y, model.predict(x) as number[]),
    };
    const plain = await crossValidate({ ...steps, x: wine.features, y: wine.labels });
    const frame = { values: wine.features };
    const column = { values: Array.from(wine.labels) };
    expect(await crossValidate({ ...steps, x: frame, y: column })).toEqual(plain);
    const tensors = { x: tf.tensor2d(wine.features), y: tf.tensor2d(wine.labels, [178, 1]) };
    const byTensor = await crossValidate({ ...steps, ...tensors });
    tf.dispose([tensors.x, tensors.y]);
    expect(byTensor.mean).toBeCloseTo(plain.mean, 2);
    expect(byTensor.folds.length).toBe(5);
  });
});
