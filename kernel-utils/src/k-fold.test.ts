import fc from "fast-check";
import { describe, expect, it } from "vitest";
import scikit from "../fixtures/folds.json";
import { InputError } from "./errors";
import { kFold, repeatedKFold } from "./k-fold";
import { foldNumbers, requirePartition } from "./testing/fold-checks";

describe("kFold", () => {
  it.each(scikit.plain)("$n samples, $folds folds, seed $seed: scikit-learn's", (row) => {
    const { n, folds } = row;
    const options = row.seed === null ? { folds, shuffle: false } : { folds, seed: row.seed };
    expect(foldNumbers(kFold(n, options), n)).toEqual(row.fold);
  });

  it("lets each sample validate once, in folds whose sizes differ by at most 1", () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 200 }), fc.nat(), fc.nat(), (n, k, seed) => {
        const count = 2 + (k % (n - 1));
        const folds = kFold(n, { folds: count, seed });
        expect(folds.length).toBe(count);
        requirePartition(folds, n);
        const sizes = folds.map((fold) => fold.validation.length);
        expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
      }),
    );
  });

  it("makes five folds and shuffles with seed 0 unless told otherwise", () => {
    expect(kFold(50)).toEqual(kFold(50, { folds: 5, shuffle: true, seed: 0 }));
    expect(kFold(50)).not.toEqual(kFold(50, { shuffle: false }));
  });

  it.each([
    ["one fold", () => kFold(5, { folds: 1 }), "at least 2, got 1. A single split"],
    ["no folds", () => kFold(5, { folds: 0 }), "at least 2, got 0"],
    ["half a fold", () => kFold(5, { folds: 2.5 }), "whole number of at least 2, got 2.5"],
    ["NaN folds", () => kFold(5, { folds: Number.NaN }), "got NaN"],
    ["more folds than samples", () => kFold(5, { folds: 6 }), "at most the 5 samples there are"],
    ["one sample", () => kFold(1, { folds: 2 }), "n: expected a whole number of at least 2"],
    ["a negative seed", () => kFold(5, { seed: -1 }), "from 0 to 4294967295"],
    ["a seed without use", () => kFold(5, { shuffle: false, seed: 1 }), "pass shuffle: true"],
  ])("refuses %s", (_, call, message) => {
    expect(call).toThrow(InputError);
    expect(call).toThrow(message);
  });
});

describe("repeatedKFold", () => {
  it.each(scikit.repeated)(
    "$n samples, $folds folds, $repeats times, seed $seed: scikit-learn's",
    (row) => {
      const { n, folds, repeats, seed } = row;
      const all = repeatedKFold(n, { folds, repeats, seed });
      for (let r = 0; r < repeats; r++) {
        expect(foldNumbers(all.slice(r * folds, (r + 1) * folds), n)).toEqual(row.fold[r]);
      }
      expect(all.length).toBe(folds * repeats);
    },
  );

  it("draws ten times five folds unless told otherwise, and refuses 0 repeats", () => {
    expect(repeatedKFold(20).length).toBe(50);
    expect(() => repeatedKFold(20, { repeats: 0 })).toThrow(/repeats: expected/);
    expect(() => repeatedKFold(3, { folds: 4 })).toThrow(InputError);
  });
});
