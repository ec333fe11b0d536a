import fc from "fast-check";
import { describe, expect, it } from "vitest";
import scikit from "../fixtures/folds.json";
import { InputError } from "./errors";
import type { Label } from "./inputs";
import { repeatedStratifiedKFold, stratifiedKFold } from "./stratified-k-fold";
import { foldNumbers, requirePartition } from "./testing/fold-checks";

const columns: Record<string, Label[]> = scikit.labels;

describe("stratifiedKFold", () => {
  it.each(scikit.stratified)("$name, $folds folds, seed $seed: scikit-learn's", (row) => {
    const labels = columns[row.name] as Label[];
    const { folds } = row;
    const order = row.seed === null ? { shuffle: false } : { seed: row.seed };
    const made = stratifiedKFold(labels, { folds, ...order, allowRare: true });
    expect(foldNumbers(made, labels.length)).toEqual(row.fold);
  });

  it("spreads every class, and all samples, to within one", () => {
    const sizes = fc.array(fc.integer({ min: 6, max: 40 }), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(sizes, fc.integer({ min: 2, max: 6 }), fc.nat(), (counts, count, seed) => {
        const labels = counts.flatMap((size, label) => new Array<number>(size).fill(label));
        const folds = stratifiedKFold(labels, { folds: count, seed });
        requirePartition(folds, labels.length);
        const spread = (values: number[]) => Math.max(...values) - Math.min(...values);
        expect(spread(folds.map((fold) => fold.validation.length))).toBeLessThanOrEqual(1);
        for (const label of counts.keys()) {
          const own = folds.map((f) => f.validation.filter((i) => labels[i] === label).length);
          expect(spread(own)).toBeLessThanOrEqual(1);
        }
      }),
    );
  });

  it("doesn't care what classes are called, nor how the column is held", () => {
    const codes = columns.mixed as number[];
    const named = codes.map((code) => `class ${code}`);
    expect(stratifiedKFold(named, { seed: 3 })).toEqual(stratifiedKFold(codes, { seed: 3 }));
    const held = { values: codes };
    expect(stratifiedKFold(held, { seed: 3 })).toEqual(stratifiedKFold(codes, { seed: 3 }));
    const typed = Float32Array.from(codes);
    expect(stratifiedKFold(typed, { seed: 3 })).toEqual(stratifiedKFold(codes, { seed: 3 }));
  });

  it.each([
    [
      "a class rarer than the folds",
      ["a", "a", "a", "b", "b"],
      { folds: 3 },
      'Class "b" has 2 samples, fewer than the 3 folds',
    ],
    [
      "only rare classes, even where they may be",
      [0, 0, 1],
      { folds: 3, allowRare: true },
      "no class has more",
    ],
    ["one fold", [0, 0, 1, 1], { folds: 1 }, "at least 2, got 1"],
    ["no labels", [], { folds: 2 }, "labels is empty"],
    ["NaN", [0, 0, Number.NaN], { folds: 2 }, "labels[2]"],
    ["a seed without use", [0, 0, 1, 1], { folds: 2, shuffle: false, seed: 1 }, "shuffle: true"],
  ] as const)("refuses %s", (_, labels, options, message) => {
    const call = () => stratifiedKFold(labels, options);
    expect(call).toThrow(InputError);
    expect(call).toThrow(message);
  });

  it("lets folds go without a rare class only where asked to", () => {
    const labels = [0, 0, 0, 0, 0, 1];
    expect(() => stratifiedKFold(labels, { folds: 3 })).toThrow(/allowRare: true/);
    const folds = stratifiedKFold(labels, { folds: 3, allowRare: true });
    expect(folds.filter(({ validation }) => validation.includes(5)).length).toBe(1);
  });
});

describe("repeatedStratifiedKFold", () => {
  it.each(scikit.repeatedStratified)("$name, $repeats times: scikit-learn's", (row) => {
    const labels = columns[row.name] as Label[];
    const { folds, repeats, seed } = row;
    const all = repeatedStratifiedKFold(labels, { folds, repeats, seed, allowRare: true });
    for (let r = 0; r < repeats; r++) {
      const part = all.slice(r * folds, (r + 1) * folds);
      expect(foldNumbers(part, labels.length)).toEqual(row.fold[r]);
    }
  });

  it("refuses 0 repeats and rare classes", () => {
    expect(() => repeatedStratifiedKFold([0, 0, 1, 1], { folds: 2, repeats: 0 })).toThrow(
      /repeats/,
    );
    expect(() => repeatedStratifiedKFold([0, 0, 1, 1], { folds: 3 })).toThrow(InputError);
  });
});
