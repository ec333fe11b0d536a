import { afterEach, describe, expect, it, vi } from "vitest";
import scikit from "../fixtures/grid_search.json";
import { loadWine } from "./data/wine";
import { FoldError, InputError } from "./errors";
import type { Fold } from "./fold";
import { gridSearch } from "./grid-search";
import { kFold } from "./k-fold";
import { nestedCrossValidate } from "./nested-cross-validate";
import { parameterGrid } from "./parameter-grid";
import { repeatedStratifiedKFold, stratifiedKFold } from "./stratified-k-fold";
import { fitPowerMean, type PowerMean, shareRight } from "./testing/power-mean";

const wine = loadWine();
const steps = {
  fit: (x: number[][], y: number[], { params }: { params: PowerMean }) =>
    fitPowerMean(x, y, params),
  score: shareRight,
  silent: true,
};
const foldsOf: Record<string, () => Fold[]> = {
  five: () => stratifiedKFold(wine.labels, { folds: 5, seed: 1 }),
  "three blocks": () => kFold(178, { folds: 3, shuffle: false }),
  "ten times four": () => repeatedStratifiedKFold(wine.labels, { folds: 4, repeats: 10, seed: 3 }),
};

afterEach(() => {
  vi.restoreAllMocks();
});

describe("parameterGrid", () => {
  it.each(scikit.grids)(
    "gives scikit-learn's settings in its order for $grid",
    ({ grid, settings }) => {
      const made = parameterGrid(grid as Record<string, readonly unknown[]>);
      expect(made).toEqual(settings);
    },
  );

  it("keeps the values' types", () => {
    const [first] = parameterGrid({ rate: [0.1], name: ["a"] });
    const { rate, name }: { rate: number; name: string } = first ?? { rate: 0, name: "" };
    expect([rate, name]).toEqual([0.1, "a"]);
  });

  it("refuses a name without values, a value that is no list, and too many settings", () => {
    expect(() => parameterGrid({ a: [1], b: [] })).toThrow("b has no values");
    // @ts-expect-error: a single value is no list
    expect(() => parameterGrid({ a: 1 })).toThrow("Write a single value as [value]");
    // @ts-expect-error: neither is a text
    expect(() => parameterGrid({ a: "rbf" })).toThrow(InputError);
    const many = Array.from({ length: 400 }, (_, i) => i);
    expect(() => parameterGrid({ a: many, b: many })).toThrow("160000 combinations");
  });
});

describe("gridSearch", () => {
  it.each(scikit.searches)("finds GridSearchCV's table and choice on $folds", async (row) => {
    const search = await gridSearch({
      ...steps,
      settings: parameterGrid(scikit.grid),
      x: wine.features,
      y: wine.labels,
      folds: (foldsOf[row.folds] as () => Fold[])(),
    });
    expect(search.rows.map(({ params }) => params)).toEqual(row.params);
    // To the last bit: ties, and with them ranks, depend on it.
    expect(search.rows.map(({ mean }) => mean)).toEqual(row.mean);
    for (const [i, { std }] of search.rows.entries())
      expect(std).toBeCloseTo(row.std[i] as number, 12);
    expect(search.rows.map(({ rank }) => rank)).toEqual(row.rank);
    expect(search.best).toBe(search.rows[row.best]);
  });

  it("takes the first of equally good settings, and a single fold", async () => {
    const given = [1, 3, 3, 2];
    const search = await gridSearch({
      settings: given,
      x: [1, 2, 3],
      y: [1, 2, 3],
      folds: kFold(3, { folds: 3 }).slice(0, 1),
      fit: (_x, _y, { params }) => params,
      score: (params) => params,
      silent: true,
    });
    expect(search.rows.map((row) => [row.rank, row.std])).toEqual([
      [4, 0],
      [1, 0],
      [1, 0],
      [3, 0],
    ]);
    expect(search.best).toBe(search.rows[1]);
  });

  it("gives every setting the same seeds, and fits prepare within the fold", async () => {
    const seeds = new Map<number, number[]>();
    const means: number[] = [];
    await gridSearch({
      settings: [1, 2],
      x: [1, 2, 3, 4],
      y: [0, 0, 1, 1],
      folds: kFold(4, { folds: 2, shuffle: false }),
      prepare: (x, _y, { params }) => {
        const mean = x.reduce((sum, value) => sum + value, 0) / x.length;
        means.push(mean * params);
        return (rows) => rows.map((value) => value - mean);
      },
      fit: (_x, _y, { params, seed }) => seeds.set(params, [...(seeds.get(params) ?? []), seed]),
      score: () => 1,
      silent: true,
    });
    expect(means).toEqual([3.5, 1.5, 7, 3]);
    expect(seeds.get(1)).toEqual(seeds.get(2));
    expect(new Set(seeds.get(1)).size).toBe(2);
  });

  it("tells of each setting by an event and a line, and names what failed", async () => {
    const lines: unknown[] = [];
    vi.spyOn(console, "log").mockImplementation((line) => lines.push(line));
    const means: number[] = [];
    const search = gridSearch({
      settings: parameterGrid({ rate: [0.1, 0.2], units: [8] }),
      x: [1, 2, 3],
      y: [1, 2, 3],
      folds: kFold(3, { folds: 3 }),
      fit: (_x, _y, { params, fold }) => {
        if (params.rate === 0.2 && fold === 2) throw new Error("out of memory");
        return params.rate;
      },
      score: (rate) => rate,
      onSetting: ({ mean }) => means.push(Number(mean.toFixed(3))),
    });
    const message = "rate 0.2, units 8, fold 2 of 3: fit failed: out of memory";
    await expect(search).rejects.toThrow(message);
    await expect(search).rejects.toBeInstanceOf(FoldError);
    expect(lines).toEqual(["rate 0.1, units 8: 0.100 (1 of 2)"]);
    expect(means).toEqual([0.1]);
  });

  it("refuses no settings and no folds", async () => {
    const options = {
      ...steps,
      x: wine.features,
      y: wine.labels,
      settings: [{ power: 1, features: 1 }],
    };
    const folds = kFold(178);
    await expect(gridSearch({ ...options, folds, settings: [] })).rejects.toThrow(
      /settings is empty/,
    );
    await expect(gridSearch({ ...options, folds: [] })).rejects.toThrow(InputError);
  });
});

describe("nestedCrossValidate", () => {
  it("chooses and scores as cross_val_score of a GridSearchCV does", async () => {
    const result = await nestedCrossValidate({
      ...steps,
      settings: parameterGrid(scikit.grid),
      x: wine.features,
      y: wine.labels,
      outer: stratifiedKFold(wine.labels, { folds: 5, seed: 1 }),
      inner: (y) => stratifiedKFold(y, { folds: 3, seed: 2 }),
    });
    const { scores, chosen } = scikit.nested;
    for (const [i, score] of scores.entries()) expect(result.scores[i]).toBeCloseTo(score, 12);
    expect(result.folds.map(({ params }) => params)).toEqual(chosen.map(({ params }) => params));
    for (const [i, one] of result.folds.entries()) {
      expect(one.innerMean).toBeCloseTo(chosen[i]?.mean as number, 12);
    }
    const mean = scores.reduce((sum, score) => sum + score, 0) / 5;
    expect(result.mean).toBeCloseTo(mean, 12);
  });

  it("never lets an outer validation sample choose or train", async () => {
    const x = Array.from({ length: 12 }, (_, i) => i);
    let inner = 0;
    const result = await nestedCrossValidate({
      settings: [1, 2],
      x,
      y: x,
      outer: kFold(12, { folds: 3, seed: 4 }),
      inner: (y, at) => {
        expect(y).toEqual(at.train);
        return kFold(y.length, { folds: 2, seed: at.fold });
      },
      fit: (x, _y, at) => {
        expect(x).toEqual(at.train);
        if (at.folds === 2) inner++;
        return x;
      },
      score: (trained, x, _y, at) => {
        expect(x).toEqual(at.validation);
        expect(x.some((value) => trained.includes(value))).toBe(false);
        return at.params;
      },
      silent: true,
    });
    expect(inner).toBe(3 * 2 * 2);
    for (const { search, params } of result.folds) {
      expect(params).toBe(2);
      expect(search.rows.length).toBe(2);
    }
    expect(result.innerMean).toBe(2);
  });

  it("tells a line and an event for each outer fold, and names what failed", async () => {
    const lines: unknown[] = [];
    vi.spyOn(console, "log").mockImplementation((line) => lines.push(line));
    const folds: number[] = [];
    const run = (failsAt: number) =>
      nestedCrossValidate({
        settings: ["a"],
        x: [1, 2, 3, 4],
        y: [1, 2, 3, 4],
        outer: kFold(4, { folds: 2, shuffle: false }),
        inner: (y) => kFold(y.length, { folds: 2, shuffle: false }),
        fit: (x) => x[0] as number,
        score: (_model, x) => {
          if (x[0] === failsAt) throw new Error("no");
          return 0.5;
        },
        onFold: ({ fold }) => folds.push(fold),
      });
    await run(99);
    const told = "0.500 (the inner folds promised 0.500)";
    expect(lines).toEqual([`outer fold 1 of 2: ${told}`, `outer fold 2 of 2: ${told}`]);
    expect(folds).toEqual([1, 2]);
    await expect(run(4)).rejects.toThrow("Outer fold 1 of 2, a, fold 2 of 2: score failed: no");
  });
});
