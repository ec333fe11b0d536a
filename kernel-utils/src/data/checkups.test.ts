import { describe, expect, it } from "vitest";
import reference from "../../fixtures/synthetic.json";
import { type Checkup, checkupFacts, makeCheckups } from "./checkups";

const all = makeCheckups({ count: 300_000 });
const flagged = (rows: Checkup[]) => rows.filter((row) => row.flagged).length / rows.length;
const common = all.filter(({ disease }) => disease === "common");

describe("makeCheckups", () => {
  it("draws what the reference draws from the same seed", () => {
    const { checkups: expected, seed } = reference;
    expect(makeCheckups({ count: expected.length, seed })).toEqual(expected);
  });

  it("has the shares that its facts state", () => {
    const share = (of: (row: Checkup) => boolean) => all.filter(of).length / all.length;
    const { shares } = checkupFacts;
    expect(share(({ sex }) => sex === "male")).toBeCloseTo(shares.male, 2);
    expect(share(({ group }) => group === "C")).toBeCloseTo(shares.C, 2);
    expect(share(({ day }) => day === "weekend")).toBeCloseTo(shares.weekend, 2);
    expect(share(({ disease }) => disease === "rare")).toBeCloseTo(shares.rare, 2);
    expect(new Set(all.map(({ clinic }) => clinic)).size).toBe(10);
  });

  it("misses more of the ill in group C, at the weekend, and of the rare disease", () => {
    const best = common.filter(({ group, day }) => group !== "C" && day === "weekday");
    expect(Math.abs(flagged(best) - 0.92)).toBeLessThan(0.02);
    const worst = common.filter(({ group, day }) => group === "C" && day === "weekend");
    expect(Math.abs(flagged(worst) - 0.74)).toBeLessThan(0.06);
    const rare = all.filter(
      ({ disease, group, day }) => disease === "rare" && group !== "C" && day === "weekday",
    );
    expect(Math.abs(flagged(rare) - 0.67)).toBeLessThan(0.05);
  });

  it("makes no difference by sex or clinic, nor among the healthy", () => {
    for (const sex of ["female", "male"]) {
      const overall = flagged(common);
      expect(Math.abs(flagged(common.filter((row) => row.sex === sex)) - overall)).toBeLessThan(
        0.02,
      );
    }
    const healthy = all.filter(({ disease }) => disease === "none");
    expect(flagged(healthy)).toBeCloseTo(0.06, 2);
    expect(flagged(healthy.filter(({ day }) => day === "weekend"))).toBeCloseTo(0.06, 2);
  });

  it("refuses a count that makes no sense", () => {
    expect(() => makeCheckups({ count: 1.5 })).toThrow(/^count: expected/);
  });
});
