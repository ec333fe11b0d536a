import fc from "fast-check";
import { describe, expect, it } from "vitest";
import python from "../../fixtures/numerics/python-numbers.json";
import { log, pow } from "./exact-math";
import { logFixedPoint, powFixedPoint } from "./fixed-point";

/** Made by Python's decimal with 80 digits, see fixtures/numerics/make_python_numbers.py. */
const powers = python.pow as [number, number, number][];
const logs = python.log as [number, number][];

describe("pow", () => {
  it("is the nearest double, also in the middle between two of them", () => {
    expect(powers.map(([x, y]) => pow(x, y))).toEqual(powers.map(([, , expected]) => expected));
    expect(powers.some(([x, y, expected]) => x ** y !== expected)).toBe(true);
  });

  it("is the same by whole numbers as by pairs of doubles", () => {
    const base = fc.double({ min: 1e-6, max: 1e6, noNaN: true, minExcluded: true });
    const exponent = fc.double({ min: -8, max: 8, noNaN: true });
    fc.assert(
      fc.property(base, exponent, (x, y) => {
        fc.pre(x !== 1 && y !== 0);
        expect(pow(x, y)).toBe(powFixedPoint(x, y));
      }),
      { numRuns: 150 },
    );
  });

  it("is exact for exponents 0 and 1, and V8's where no normal number comes out", () => {
    expect(pow(0.3, 0)).toBe(1);
    expect(pow(0.3, 1)).toBe(0.3);
    expect(pow(1, 0.7)).toBe(1);
    expect(pow(0, 2)).toBe(0);
    expect(pow(10, 400)).toBe(Number.POSITIVE_INFINITY);
    expect(pow(10, -400)).toBe(0);
    expect(pow(-2, 3)).toBe(-8);
    expect(pow(2, Number.NaN)).toBeNaN();
  });
});

describe("log", () => {
  it("is the nearest double", () => {
    expect(logs.map(([x]) => log(x))).toEqual(logs.map(([, expected]) => expected));
  });

  it("of powers is whole times the base's, where V8's is not", () => {
    expect(log(9) / log(3)).toBe(2);
    expect(log(81) / log(3)).toBe(4);
    expect(log(729) / log(3)).toBe(6);
  });

  it("is the same by whole numbers as by pairs of doubles", () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-300, max: 1e300, noNaN: true }), (x) => {
        expect(log(x)).toBe(logFixedPoint(x));
      }),
      { numRuns: 150 },
    );
  });

  it("is 0 for 1, and V8's for what is no normal positive number", () => {
    expect(log(1)).toBe(0);
    expect(log(0)).toBe(Number.NEGATIVE_INFINITY);
    expect(log(-1)).toBeNaN();
    expect(log(Number.POSITIVE_INFINITY)).toBe(Number.POSITIVE_INFINITY);
  });
});
