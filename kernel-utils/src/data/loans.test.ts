import { describe, expect, it } from "vitest";
import reference from "../../fixtures/synthetic.json";
import { type Loan, makeLoans } from "./loans";

const rate = (loans: Loan[], group: Loan["group"], of: "approved" | "repaid") => {
  const members = loans.filter((loan) => loan.group === group);
  return members.filter((loan) => loan[of]).length / members.length;
};

describe("makeLoans", () => {
  it("draws what the reference draws from the same seed", () => {
    const { loans: expected, seed } = reference;
    expect(makeLoans({ count: expected.length, seed })).toEqual(expected);
  });

  it("lets both groups repay alike, and the lender refuse group B more", () => {
    const loans = makeLoans({ count: 40_000 });
    expect(loans.filter(({ group }) => group === "B").length / loans.length).toBeCloseTo(0.3, 2);
    expect(Math.abs(rate(loans, "A", "repaid") - rate(loans, "B", "repaid"))).toBeLessThan(0.02);
    expect(rate(loans, "A", "approved") - rate(loans, "B", "approved")).toBeGreaterThan(0.2);
  });

  it("treats both groups alike without bias, and favours B with a negative one", () => {
    const fair = makeLoans({ count: 40_000, bias: 0 });
    expect(Math.abs(rate(fair, "A", "approved") - rate(fair, "B", "approved"))).toBeLessThan(0.02);
    const turned = makeLoans({ count: 5000, bias: -1 });
    expect(rate(turned, "B", "approved")).toBeGreaterThan(rate(turned, "A", "approved") + 0.1);
  });

  it("changes nothing but decisions about group B when the bias changes", () => {
    const strip = ({ approved, ...rest }: Loan) =>
      rest.group === "A" ? { ...rest, approved } : rest;
    expect(makeLoans({ bias: 2 }).map(strip)).toEqual(makeLoans({ bias: 0 }).map(strip));
  });

  it("refuses a count or a bias that makes no sense", () => {
    expect(() => makeLoans({ count: 0 })).toThrow(/^count: expected/);
    expect(() => makeLoans({ bias: Number.NaN })).toThrow(
      expect.objectContaining({ code: "not-finite" }),
    );
  });
});
