import { describe, expect, it } from "vitest";
import fixtures from "../fixtures/svc.json";
import { loadBreastCancer } from "./data/breast-cancer";
import { loadDigits } from "./data/digits";
import { loadWine } from "./data/wine";
import { svc } from "./svc";

const sets = { digits: loadDigits(), wine: loadWine(), "breast cancer": loadBreastCancer() };

/** The fixture's training and test rows, standardised by the training rows where it did so. */
function partsOf({ name, scaled }: (typeof fixtures.cases)[number]) {
  const { features, labels } = sets[name as keyof typeof sets];
  const isTest = (_: unknown, row: number) => row % 3 === 0;
  const isTraining = (_: unknown, row: number) => row % 3 !== 0;
  const raw = { train: features.filter(isTraining), test: features.filter(isTest) };
  const columns = features[0]?.length ?? 0;
  const scales = Array.from({ length: columns }, (_, c) => {
    const values = raw.train.map((row) => row[c] as number);
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
    return scaled ? { mean, spread: Math.sqrt(squares / values.length) } : { mean: 0, spread: 1 };
  });
  const scale = (rows: readonly (readonly number[])[]) =>
    rows.map((row) => row.map((v, c) => (v - (scales[c]?.mean ?? 0)) / (scales[c]?.spread ?? 1)));
  return {
    train: scale(raw.train),
    test: scale(raw.test),
    labels: labels.filter(isTraining) as number[],
  };
}

/** The largest difference between two tables of decisions; infinite where their sizes differ. */
function farthest(ours: number[][], theirs: number[][]): number {
  const pairs = ours.flatMap((row, r) => row.map((value, k) => [value, theirs[r]?.[k]] as const));
  if (ours.length !== theirs.length) return Number.POSITIVE_INFINITY;
  return Math.max(...pairs.map(([a, b]) => Math.abs(a - (b ?? Number.POSITIVE_INFINITY))));
}

const cases = fixtures.cases.flatMap((one) => [
  { title: `${one.name}, C ${one.c}, gamma ${one.gamma}`, one, tolerance: 1e-3 },
  { title: `${one.name}, C ${one.c}, gamma ${one.gamma}, tol 1e-9`, one, tolerance: 1e-9 },
]);

describe("svc, beside scikit-learn", () => {
  // The fixture's decisions are rounded to 9 digits; 1e-6 leaves room for another machine's exp.
  it.each(cases)("gives the same predictions, support vectors and decisions: $title", (given) => {
    const { one, tolerance } = given;
    const expected = tolerance === 1e-9 ? one.exact : one.default;
    const { train, test, labels } = partsOf(one);
    const gamma = one.gamma as number | "scale" | "auto";
    const model = svc({ c: one.c, gamma, tolerance }).fit(train, labels);
    expect(model.gamma).toBeCloseTo(expected.gamma, 12);
    expect(model.converged).toBe(true);
    expect(model.predict(test)).toEqual(expected.predictions);
    expect(model.support).toEqual(expected.support);
    expect(model.supportCounts).toEqual(expected.supportCounts);
    const shown = test.slice(0, expected.decisions.length);
    expect(farthest(model.decisions(shown), expected.decisions)).toBeLessThan(1e-6);
  });
});

describe("svc where all samples are at their bound", () => {
  it("puts the offset in the middle of what they allow, as scikit-learn does", () => {
    const { rows, labels, c, gamma, decisions } = fixtures.bound;
    const model = svc({ c, gamma }).fit(rows, labels);
    expect(farthest(model.decisions(rows), decisions)).toBeLessThan(1e-6);
  });
});

describe("svc", () => {
  const corners = [
    [0, 0],
    [1, 1],
    [0, 1],
    [1, 0],
  ];
  const names = ["same", "same", "other", "other"];

  it("solves two samples as the formula does: a = 1 / (1 - K), or C where that is less", () => {
    const kernel = Math.exp(-0.5 * 4);
    const free = svc({ c: 10, gamma: 0.5 }).fit([[0], [2]], [0, 1]);
    const wanted = [1, -1];
    expect(farthest(free.decisions([[0], [2]]), [[1], [-1]])).toBeLessThan(1e-6);
    const bound = svc({ c: 0.5, gamma: 0.5 }).fit([[0], [2]], [0, 1]);
    const reached = wanted.map((sign) => [sign * 0.5 * (1 - kernel)]);
    expect(farthest(bound.decisions([[0], [2]]), reached)).toBeLessThan(1e-6);
    expect(free.predict([[1 - 1e-6], [1 + 1e-6]])).toEqual([0, 1]);
  });

  it("learns what no straight line can part, and names pairs in the order of its labels", () => {
    const model = svc({ c: 10, gamma: 1 }).fit(corners, names);
    expect(model.predict(corners)).toEqual(names);
    expect(model.labels).toEqual(["other", "same"]);
    expect(model.pairs).toEqual([["other", "same"]]);
    expect(model.decisions([[0, 1]])[0]?.[0]).toBeGreaterThan(0);
  });

  it("decides by votes between every two of three classes, of one sample each and unequal sizes", () => {
    const model = svc({ c: 1, gamma: 1 }).fit([[0], [5], [5.2], [10]], ["a", "b", "b", "c"]);
    expect(model.pairs.map((pair) => pair.join(""))).toEqual(["ab", "ac", "bc"]);
    expect(model.predict([[-1], [5.1], [11]])).toEqual(["a", "b", "c"]);
  });

  it("lists support vectors by class, and leaves out rows that support nothing", () => {
    const rows = [[0], [10], [0.1], [9.9], [-30], [40]];
    const model = svc({ c: 100, gamma: 0.01 }).fit(rows, [1, 0, 1, 0, 1, 0]);
    const codes = model.support.map((row) => [1, 0, 1, 0, 1, 0][row]);
    expect(codes).toEqual([...codes].sort());
    expect(model.supportCounts.reduce((sum, count) => sum + count, 0)).toBe(model.support.length);
    expect(model.support.length).toBeLessThan(6);
  });

  it("ends on equal samples with unequal labels, and lets ties go to the pair's second class", () => {
    const model = svc({ c: 1, gamma: 1 }).fit([[1], [1]], ["a", "b"]);
    expect(model.converged).toBe(true);
    expect(model.decisions([[1]])).toEqual([[0]]);
    expect(model.predict([[1]])).toEqual(["b"]);
  });

  it("takes constant and very large features", () => {
    expect(svc().fit([[3], [3]], [0, 1]).gamma).toBe(1);
    const huge = svc({ gamma: "auto" }).fit([[-1e200], [1e200]], [0, 1]);
    expect(huge.predict([[-1e200], [1e200]])).toEqual([0, 1]);
    expect(() => svc().fit([[-1e200], [1e200]], [0, 1])).toThrow(/Standardise/);
  });

  it("leaves its input as it was, and gives the same twice", () => {
    const before = structuredClone(corners);
    const [first, second] = [1, 2].map(() => svc().fit(corners, names).decisions(corners));
    expect(first).toEqual(second);
    expect(corners).toEqual(before);
  });

  it("refuses one class, no rows, NaN, other features, and options that aren't above 0", () => {
    const fit = (rows: number[][], labels: number[]) => () => svc().fit(rows, labels);
    expect(fit([[1], [2]], [1, 1])).toThrow(expect.objectContaining({ code: "one-class" }));
    expect(fit([[1]], [1])).toThrow(expect.objectContaining({ code: "one-class" }));
    expect(fit([], [])).toThrow(expect.objectContaining({ code: "empty-input" }));
    expect(fit([[1], [Number.NaN]], [0, 1])).toThrow(
      expect.objectContaining({ code: "not-finite" }),
    );
    expect(fit([[1], [2]], [0])).toThrow(expect.objectContaining({ code: "length-mismatch" }));
    const model = svc().fit(corners, names);
    expect(() => model.predict([[1]])).toThrow(
      expect.objectContaining({ code: "length-mismatch" }),
    );
    for (const bad of [0, -1, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(() => svc({ c: bad })).toThrow(/^c: expected/);
      expect(() => svc({ gamma: bad })).toThrow(/^gamma: expected/);
      expect(() => svc({ tolerance: bad })).toThrow(/^tolerance: expected/);
    }
  });
});
