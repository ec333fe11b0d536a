import fc from "fast-check";
import { describe, expect, it } from "vitest";
import scikit from "../fixtures/splits.json";
import { InputError } from "./errors";
import { type SplitOptions, stratifiedSplit, trainTestSplit } from "./splits";

function countsOf(positions: readonly number[], labels: readonly number[], classes: number) {
  const counts = new Array<number>(classes).fill(0);
  for (const i of positions) counts[labels[i] as number] = (counts[labels[i] as number] ?? 0) + 1;
  return counts;
}

function labelsOf(sizes: readonly number[]): number[] {
  return sizes.flatMap((size, label) => new Array<number>(size).fill(label));
}

const sorted = (positions: readonly number[]) => [...positions].sort((a, b) => a - b);
const upTo = (n: number) => Array.from({ length: n }, (_, i) => i);

describe("stratifiedSplit", () => {
  it.each(scikit.splits)("$name, share $share: class counts are scikit-learn's", (row) => {
    const labels = labelsOf(row.sizes);
    const split = () => stratifiedSplit(labels, { testShare: row.share });
    if (row.test === "refused") {
      expect(split).toThrow(InputError);
      return;
    }
    const counts = countsOf(split().test, labels, row.sizes.length);
    // Where scikit-learn breaks ties between equal remainders by chance, only the total is fixed.
    if (row.test === null) {
      expect(counts.reduce((a, b) => a + b)).toBe(Math.ceil(row.share * labels.length));
    } else {
      expect(counts).toEqual(row.test);
    }
  });

  it("puts each sample on one side and keeps every class's share to within one sample", () => {
    const sizes = fc.array(fc.integer({ min: 2, max: 40 }), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(
        sizes,
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.nat(),
        (counts, t, seed) => {
          const n = counts.reduce((a, b) => a + b);
          const room = n - 2 * counts.length;
          const testCount = counts.length + Math.floor(t * room);
          const labels = labelsOf(counts);
          const { train, test } = stratifiedSplit(labels, { testCount, seed });
          expect(test.length).toBe(testCount);
          expect(sorted([...train, ...test])).toEqual(upTo(n));
          for (const [c, count] of countsOf(test, labels, counts.length).entries()) {
            const quota = ((counts[c] as number) * testCount) / n;
            expect(Math.abs(count - quota)).toBeLessThan(1);
          }
        },
      ),
    );
  });

  it("draws which samples, and in which order, by the seed", () => {
    const labels = labelsOf([20, 20]);
    const first = stratifiedSplit(labels, { testShare: 0.5, seed: 1 });
    expect(stratifiedSplit(labels, { testShare: 0.5, seed: 1 })).toEqual(first);
    const second = stratifiedSplit(labels, { testShare: 0.5, seed: 2 });
    expect(sorted(second.test)).not.toEqual(sorted(first.test));
    expect(first.train).not.toEqual(sorted(first.train));
  });

  it("gives each sample the same chance to be tested", () => {
    const labels = labelsOf([10, 5]);
    const tested = new Array<number>(15).fill(0);
    for (let seed = 0; seed < 600; seed++) {
      for (const i of stratifiedSplit(labels, { testCount: 6, seed }).test) {
        tested[i] = (tested[i] as number) + 1;
      }
    }
    // 240 expected each, standard error 12.
    for (const count of tested) expect(Math.abs(count - 240)).toBeLessThan(5 * 12);
  });

  it("takes text, booleans, typed arrays", () => {
    const byText = stratifiedSplit(["a", "b", "a", "b"], { testCount: 2 });
    expect(stratifiedSplit([false, true, false, true], { testCount: 2 })).toEqual(byText);
    expect(stratifiedSplit(Int32Array.of(0, 1, 0, 1), { testCount: 2 })).toEqual(byText);
  });

  it.each([
    [
      "a class with one sample",
      ["a", "a", "b"],
      { testCount: 1 },
      'Class "b" has one sample (at position 2)',
    ],
    [
      "a test set smaller than the classes",
      [0, 0, 1, 1, 1],
      { testCount: 1 },
      "The test set gets 1 samples for 2",
    ],
    [
      "a training set smaller than the classes",
      [0, 0, 1, 1, 1],
      { testCount: 4 },
      "The training set gets 1",
    ],
    ["no labels", [], { testCount: 1 }, "labels is empty"],
    ["NaN", [0, 0, Number.NaN], { testCount: 1 }, "labels[2]"],
  ] as [string, string[] | number[], SplitOptions, string][])(
    "refuses %s",
    (_, labels, options, message) => {
      const call = () => stratifiedSplit(labels, options);
      expect(call).toThrow(InputError);
      expect(call).toThrow(message);
    },
  );
});

describe("trainTestSplit", () => {
  it("puts each position on one side, as many as asked for", () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 300 }), fc.nat(), fc.nat(), (n, t, seed) => {
        const testCount = 1 + (t % (n - 1));
        const { train, test } = trainTestSplit(n, { testCount, seed });
        expect(test.length).toBe(testCount);
        expect(sorted([...train, ...test])).toEqual(upTo(n));
      }),
    );
  });

  it.each([
    [100, 0.07, 7],
    [10, 0.3, 3],
    [10, 0.25, 3],
    [7, 0.5, 4],
    [1797, 0.2, 360],
  ])("of %d samples, share %d tests %d (rounded up)", (n, testShare, count) => {
    expect(trainTestSplit(n, { testShare }).test.length).toBe(count);
  });

  it("repeats with its seed", () => {
    const once = trainTestSplit(50, { testShare: 0.2, seed: 3 });
    expect(trainTestSplit(50, { testShare: 0.2, seed: 3 })).toEqual(once);
    expect(trainTestSplit(50, { testShare: 0.2, seed: 4 })).not.toEqual(once);
  });

  it.each([
    [
      "one sample",
      () => trainTestSplit(1, { testCount: 1 }),
      "n: expected a whole number of at least 2",
    ],
    ["a share of 1", () => trainTestSplit(5, { testShare: 1 }), "between 0 and 1, got 1"],
    ["a share in per cent", () => trainTestSplit(5, { testShare: 20 }), "Write 20 % as 0.2"],
    ["a share that leaves nothing", () => trainTestSplit(5, { testShare: 0.95 }), "leaves none"],
    ["all for the test", () => trainTestSplit(5, { testCount: 5 }), "testCount: expected a whole"],
    // @ts-expect-error: the size of the test set is missing
    ["neither share nor count", () => trainTestSplit(5, {}), "got neither"],
    // @ts-expect-error: one of the two
    ["both", () => trainTestSplit(5, { testShare: 0.2, testCount: 1 }), "got both"],
  ])("refuses %s", (_, call, message) => {
    expect(call).toThrow(InputError);
    expect(call).toThrow(message);
  });
});
