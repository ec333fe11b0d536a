import { describe, expect, it } from "vitest";
import reference from "../../fixtures/synthetic.json";
import { makeSales, type Sale } from "./sales";

const mean = (rows: Sale[], of: (row: Sale) => number) =>
  rows.reduce((sum, row) => sum + of(row), 0) / rows.length;
const weeks = (rows: Sale[], from: number, to: number) =>
  rows.filter(({ week }) => week >= from && week <= to);

describe("makeSales", () => {
  it("draws what the reference draws from the same seed", () => {
    const { sales: expected, seed } = reference;
    const changes = { dataDriftFrom: 3, conceptDriftFrom: 5, upstreamChangeFrom: 7 };
    expect(makeSales({ weeks: 8, shops: 5, seed, ...changes })).toEqual(expected);
  });

  it("has one row per week and shop, in order", () => {
    const sales = makeSales({ weeks: 3, shops: 2 });
    expect(sales.map(({ week, shop }) => [week, shop])).toEqual([
      [1, 1],
      [1, 2],
      [2, 1],
      [2, 2],
      [3, 1],
      [3, 2],
    ]);
    expect(makeSales()).toHaveLength(52 * 20);
  });

  it("moves prices from 10 to 13 when the data drift, and records cents in the end", () => {
    const sales = makeSales({ shops: 100 });
    const price = (from: number, to: number) => mean(weeks(sales, from, to), (row) => row.price);
    // Five standard errors of 1,900 prices or more with sd 1.
    expect(Math.abs(price(1, 19) - 10)).toBeLessThan(0.12);
    expect(Math.abs(price(20, 45) - 13)).toBeLessThan(0.12);
    expect(Math.abs(price(46, 52) / 100 - 13)).toBeLessThan(0.2);
  });

  it("sells less at the same price once the concept drifts", () => {
    const options = { shops: 200, dataDriftFrom: 1, upstreamChangeFrom: null };
    const before = makeSales({ ...options, conceptDriftFrom: null });
    const after = makeSales({ ...options, conceptDriftFrom: 1 });
    expect(after.map(({ price }) => price)).toEqual(before.map(({ price }) => price));
    // At 13 instead of 10, one more of elasticity divides the units by about 1.3.
    const ratio = mean(before, ({ units }) => units) / mean(after, ({ units }) => units);
    expect(ratio).toBeGreaterThan(1.25);
    expect(ratio).toBeLessThan(1.35);
  });

  it("changes only the recorded price upstream, and nothing at all when switched off", () => {
    const none = { dataDriftFrom: null, conceptDriftFrom: null, upstreamChangeFrom: null };
    const strip = ({ price: _, ...rest }: Sale) => rest;
    const changed = makeSales({ ...none, upstreamChangeFrom: 1 });
    expect(changed.map(strip)).toEqual(makeSales(none).map(strip));
    const quiet = makeSales({ ...none, shops: 200 });
    const [first, last] = [weeks(quiet, 1, 4), weeks(quiet, 49, 52)];
    const price = (rows: Sale[]) => mean(rows, (row) => row.price);
    expect(Math.abs(price(first) - price(last))).toBeLessThan(0.25); // five standard errors
  });

  it("refuses weeks and shops that make no sense", () => {
    expect(() => makeSales({ weeks: 0 })).toThrow(/^weeks: expected/);
    expect(() => makeSales({ shops: 0.5 })).toThrow(/^shops: expected/);
    expect(() => makeSales({ dataDriftFrom: 0 })).toThrow(/^dataDriftFrom: expected/);
  });
});
