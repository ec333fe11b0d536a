import { describe, expect, it } from "vitest";
import reference from "../fixtures/agreement.json";
import { agreementOfShares, cohenKappa, fleissKappa, pairwiseAgreement } from "./agreement";
import { InputError } from "./errors";
import { SeededRandom } from "./random";

describe("cohenKappa", () => {
  it.each(reference.two)("of two annotators is scikit-learn's ($kappa)", (row) => {
    const score = cohenKappa(row.first, row.second);
    expect(cohenKappa(row.second, row.first)).toEqual(score);
    // scikit-learn says NaN for 0/0.
    if (row.kappa === null) expect(score).toMatchObject({ value: 0, defined: false });
    else expect(score.value).toBeCloseTo(row.kappa, 12);
  });

  it("is 1 for full agreement on several labels, whatever their kind", () => {
    expect(cohenKappa(["a", "b"], ["a", "b"])).toEqual({ value: 1, defined: true });
    expect(cohenKappa([true, false], [true, false]).value).toBe(1);
    expect(cohenKappa(Int8Array.of(1, 2), [1, 2]).value).toBe(1);
  });

  it("is 0/0 with its reason where both always say the same", () => {
    expect(cohenKappa(["a"], ["a"])).toEqual({
      value: 0,
      defined: false,
      reason: "both gave every item the same label",
    });
  });

  it("is a defined 0 where one annotator never varies", () => {
    expect(cohenKappa(["a", "a", "a"], ["a", "b", "a"])).toEqual({ value: 0, defined: true });
    expect(cohenKappa(["a", "a"], ["b", "b"])).toEqual({ value: 0, defined: true });
  });

  it.each([
    ["unequal lengths", () => cohenKappa([1], [1, 2]), "first has 1 values, second has 2"],
    ["different kinds", () => cohenKappa([1], ["1"]), "never match"],
    ["nothing", () => cohenKappa([], []), "first is empty"],
    ["NaN", () => cohenKappa([1], [Number.NaN]), "second[0] is NaN"],
  ])("refuses %s", (_, call, message) => {
    expect(call).toThrow(InputError);
    expect(call).toThrow(message);
  });
});

describe("fleissKappa", () => {
  it.each(reference.many)("of several annotators is statsmodels' ($kappa)", (row) => {
    expect(fleissKappa(row.annotations).value).toBeCloseTo(row.kappa, 12);
  });

  it("does not depend on who gave which label, nor on missing annotators", () => {
    const table = [
      ["a", "b", "b", null],
      [null, "a", "a", "a"],
    ];
    expect(fleissKappa(table)).toEqual(
      fleissKappa([
        ["b", "a", "b"],
        ["a", "a", "a"],
      ]),
    );
  });

  it("is 0/0 with its reason for a single label", () => {
    const score = fleissKappa([
      ["a", "a", "a"],
      ["a", "a", "a"],
    ]);
    expect(score).toMatchObject({ value: 0, defined: false });
    expect(score.reason).toContain("same label");
  });

  it.each([
    [
      "unequal numbers of labels",
      [
        ["a", "b"],
        ["a", null],
      ],
      "annotations[1] has 1 labels",
    ],
    ["a single annotator", [["a"], ["b"]], "at least 2"],
    ["no items", [], "annotations is empty"],
    ["rows of unequal length", [["a", "b"], ["a"]], "null where somebody has not seen it"],
    ["different kinds", [["a", 1]], "annotations[1]: expected a label"],
  ])("refuses %s", (_, annotations, message) => {
    const call = () => fleissKappa(annotations as string[][]);
    expect(call).toThrow(InputError);
    expect(call).toThrow(message);
  });
});

describe("pairwiseAgreement", () => {
  it.each(reference.many)("counts each unordered pair once ($pairwise)", (row) => {
    const found = pairwiseAgreement(row.annotations);
    expect(found.estimate).toBeCloseTo(row.pairwise, 12);
    const raters = row.annotations[0]?.length as number;
    expect(found.pairs).toBe((row.annotations.length * raters * (raters - 1)) / 2);
    expect(found.low).toBeLessThan(found.estimate);
    expect(found.high).toBeLessThanOrEqual(1);
  });

  it("leaves out items with fewer than two labels", () => {
    const found = pairwiseAgreement([
      ["a", null],
      ["a", "a"],
      [null, null],
      ["a", "b"],
    ]);
    expect(found).toMatchObject({ estimate: 0.5, items: 2, pairs: 2 });
  });

  it("has an interval that covers the crowd's agreement in about 95 % of samples", () => {
    const random = new SeededRandom(12);
    let covered = 0;
    for (let run = 0; run < 600; run++) {
      // Each item has its own share of labellers who write it one way.
      const annotations = Array.from({ length: 60 }, () => {
        const share = random.random();
        return Array.from({ length: 5 }, () => (random.random() < share ? "a" : "b"));
      });
      const { low, high } = pairwiseAgreement(annotations);
      // The mean of p^2 + (1 - p)^2 over p from 0 to 1 is 2/3.
      if (low <= 2 / 3 && 2 / 3 <= high) covered++;
    }
    expect(covered / 600).toBeGreaterThan(0.92);
    expect(covered / 600).toBeLessThan(0.98);
  });

  it("refuses annotations without a second opinion", () => {
    expect(() => pairwiseAgreement([["a"], ["b"]])).toThrow("needs a second annotator");
  });
});

describe("agreementOfShares", () => {
  it("is 58 % where 70 % write one way, as simulated pairs are", () => {
    expect(agreementOfShares([0.7, 0.3])).toBeCloseTo(0.58, 14);
    const random = new SeededRandom(1);
    let agreeing = 0;
    for (let i = 0; i < 20_000; i++) {
      const [anna, ben] = [random.random() < 0.7, random.random() < 0.7];
      if (anna === ben) agreeing++;
    }
    expect(agreeing / 20_000).toBeCloseTo(0.58, 1);
  });

  it("is 1 for one answer and 1/k for k equally frequent ones", () => {
    expect(agreementOfShares([1])).toBe(1);
    expect(agreementOfShares(Float64Array.of(0.25, 0.25, 0.25, 0.25))).toBe(0.25);
  });

  it.each([
    ["per cents", [70, 30], "Divide by 100"],
    ["shares that do not add up", [0.7, 0.2], "add up to 1, got 0.9"],
    ["none", [], "got 0"],
    ["NaN", [Number.NaN], "got NaN"],
  ])("refuses %s", (_, shares, message) => {
    expect(() => agreementOfShares(shares)).toThrow(InputError);
    expect(() => agreementOfShares(shares)).toThrow(message);
  });
});
