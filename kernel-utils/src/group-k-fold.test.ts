import fc from "fast-check";
import { describe, expect, it } from "vitest";
import scikit from "../fixtures/folds.json";
import { InputError } from "./errors";
import { groupKFold } from "./group-k-fold";
import type { Label } from "./inputs";
import { stratifiedGroupKFold } from "./stratified-group-k-fold";
import { foldNumbers, requirePartition } from "./testing/fold-checks";

const columns: Record<string, { groups: Label[]; targets: Record<string, Label[]> }> =
  scikit.groups;
const orderOf = (seed: number | null) => (seed === null ? {} : { shuffle: true, seed });

describe("groupKFold", () => {
  it.each(scikit.grouped)("$name, $folds folds, seed $seed: scikit-learn's", (row) => {
    const groups = columns[row.name]?.groups as Label[];
    const folds = groupKFold(groups, { folds: row.folds, ...orderOf(row.seed) });
    expect(foldNumbers(folds, groups.length)).toEqual(row.fold);
  });

  it("never divides a group", () => {
    const column = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 4, maxLength: 60 });
    fc.assert(
      fc.property(column, fc.boolean(), (groups, shuffle) => {
        fc.pre(new Set(groups).size >= 3);
        const folds = groupKFold(groups, { folds: 3, shuffle });
        requirePartition(folds, groups.length);
        for (const { train, validation } of folds) {
          const trained = new Set(train.map((i) => groups[i]));
          expect(validation.some((i) => trained.has(groups[i]))).toBe(false);
        }
      }),
    );
  });

  it("takes more groups than there may be classes", () => {
    const patients = Array.from({ length: 10_000 }, (_, i) => `patient ${i >> 1}`);
    expect(groupKFold(patients)[0]?.validation.length).toBe(2000);
  });

  it.each([
    ["fewer groups than folds", ["a", "a", "b"], { folds: 3 }, "There are 2 groups for 3 folds"],
    ["one fold", ["a", "b"], { folds: 1 }, "at least 2"],
    ["no groups", [], { folds: 2 }, "groups is empty"],
    ["NaN", [1, 2, Number.NaN], { folds: 2 }, "groups[2]"],
    ["a seed without use", ["a", "b"], { folds: 2, seed: 1 }, "shuffle: true"],
  ] as const)("refuses %s", (_, groups, options, message) => {
    const call = () => groupKFold(groups, options);
    expect(call).toThrow(InputError);
    expect(call).toThrow(message);
  });
});

describe("stratifiedGroupKFold", () => {
  it.each(scikit.stratifiedGrouped)(
    "$name, $target, $folds folds, seed $seed: scikit-learn's",
    (row) => {
      const { groups, targets } = columns[row.name] as (typeof columns)[string];
      const labels = targets[row.target] as Label[];
      const options = { folds: row.folds, ...orderOf(row.seed), allowRare: true };
      const folds = stratifiedGroupKFold(labels, groups, options);
      expect(foldNumbers(folds, groups.length)).toEqual(row.fold);
    },
  );

  it("refuses columns of unequal length, rare classes, too few groups", () => {
    const two = { folds: 2 };
    expect(() => stratifiedGroupKFold([0, 0, 1, 1], [1, 2, 3], two)).toThrow(/groups has 3/);
    expect(() => stratifiedGroupKFold([0, 0, 1], [1, 2, 3], two)).toThrow(/Class 1 has 1 sample,/);
    expect(() => stratifiedGroupKFold([0, 0, 1, 1], [1, 1, 1, 1], two)).toThrow(/1 groups for 2/);
  });

  it("refuses groups that leave a fold without samples", () => {
    // scikit-learn's folds of these hold 2, 4, 0 and 3 samples.
    const groups = [4, 3, 2, 3, 2, 4, 2, 2, 5];
    const labels = [1, 1, 0, 1, 0, 1, 1, 1, 0];
    const made = () => stratifiedGroupKFold(labels, groups, { folds: 4, allowRare: true });
    expect(made).toThrow(InputError);
    expect(made).toThrow("Fold 3 of 4 gets no samples");
  });
});
