import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { precision } from "./classification-metrics";
import { InputError } from "./errors";
import { fScore, precisionAt } from "./rates";

const percent = (share: number) => (100 * share).toFixed(1);

describe("fScore", () => {
  it.each([
    [0.97, 0.073, "13.6"],
    [0.821, 0.992, "89.8"],
    [0.921, 0.995, "95.7"],
    [0.853, 0.987, "91.5"],
    [0.721, 0.97, "82.7"],
  ])("of the lecture's precision %d and recall %d is %s %%", (p, r, expected) => {
    expect(percent(fScore(p, r))).toBe(expected);
  });

  it("of rounded rates differs from the F1 of counts in the second decimal", () => {
    expect((100 * fScore(0.883, 0.791)).toFixed(2)).toBe("83.45");
  });

  it("leans to recall above beta 1 and to precision below, up to either alone", () => {
    expect(fScore(0.9, 0.5, 0.5)).toBeCloseTo(0.776, 3);
    expect(fScore(0.8, 0.7, 0.5)).toBeCloseTo(0.778, 3);
    expect(fScore(0.7, 0.9, 0.5)).toBeCloseTo(0.733, 3);
    expect(fScore(0.3, 0.6, 0)).toBeCloseTo(0.3, 15);
    expect(fScore(0.3, 0.6, Number.POSITIVE_INFINITY)).toBeCloseTo(0.6, 15);
  });

  it("is 0 where either rate is 0", () => {
    expect([fScore(0, 0), fScore(1, 0), fScore(0, 1), fScore(0, 0, 2)]).toEqual([0, 0, 0, 0]);
  });

  it("is no more than twice the smaller rate", () => {
    const rate = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(fc.property(rate, rate, (p, r) => fScore(p, r) <= 2 * Math.min(p, r) * (1 + 1e-12)));
  });

  it("asks whether a number above 1 is a percentage", () => {
    expect(() => fScore(88.3, 0.791)).toThrow("Is it a percentage? Then pass 0.883.");
    expect(() => fScore(0.5, -0.1)).toThrow("recall: expected a share from 0 to 1, got -0.1.");
    expect(() => fScore(Number.NaN, 0.1)).toThrow(InputError);
    expect(() => fScore(0.1, 0.1, -1)).toThrow("beta");
  });
});

describe("precisionAt", () => {
  const quality = { sensitivity: 68 / 86, specificity: 905 / 914 };

  it.each([
    [0.086, "88.3"],
    [0.01, "44.8"],
    [0.003, "19.5"],
  ])("is the lecture's model's precision where %d are ill", (prevalence, expected) => {
    expect(percent(precisionAt(prevalence, quality).value)).toBe(expected);
  });

  it("is the precision of the counts it was measured on", () => {
    const count = fc.integer({ min: 1, max: 1e6 });
    fc.assert(
      fc.property(count, count, count, count, (tn, fp, fn, tp) => {
        const rates = { sensitivity: tp / (tp + fn), specificity: tn / (tn + fp) };
        const prevalence = (tp + fn) / (tn + fp + fn + tp);
        const expected = precision({ tn, fp, fn, tp }).value;
        expect(precisionAt(prevalence, rates).value).toBeCloseTo(expected, 8);
      }),
    );
  });

  it("is undefined where nothing would be called positive", () => {
    const score = precisionAt(0, { sensitivity: 0.9, specificity: 1 });
    expect(score).toMatchObject({ value: 0, defined: false });
    expect(precisionAt(0, quality)).toEqual({ value: 0, defined: true });
    expect(precisionAt(1, quality).value).toBe(1);
  });

  it("refuses shares outside 0 to 1", () => {
    expect(() => precisionAt(8.6, quality)).toThrow("prevalence: expected a share");
    expect(() => precisionAt(0.1, { sensitivity: 2, specificity: 1 })).toThrow("sensitivity");
    expect(() => precisionAt(0.1, { sensitivity: 1 } as never)).toThrow("specificity");
  });
});
