import fc from "fast-check";
import { describe, expect, it } from "vitest";
import conversions from "../../fixtures/keras-tuner/golden/hyperparameters.json";
import recorded from "../../fixtures/keras-tuner/parameters.json";
import python from "../../fixtures/numerics/python-numbers.json";
import { pythonRandom } from "../numerics/python-random";
import { gridValues } from "./grid-values";
import { fromKerasSpec, type KerasSpec } from "./keras-config";
import { defaultOf, makeBoolean, makeChoice, makeFloat, makeInt } from "./make-parameter";
import type { Scalar } from "./parameter";
import { probabilityOf, valueAt } from "./probability";
import { stepOf } from "./range-values";
import { floatArbitrary, intArbitrary, parameterArbitrary } from "./testing/parameter-arbitrary";

/** Numbers in [0, 1) as Python's random makes them. */
const probability = fc.integer({ min: 0, max: 2 ** 53 - 1 }).map((n) => n / 2 ** 53);
const range = fc.oneof(intArbitrary, floatArbitrary);

describe("conversions of Keras Tuner", () => {
  const { probabilities, seeds } = conversions.case;
  for (const row of conversions.rows) {
    const spec = row.spec as KerasSpec;
    if (!("values" in row)) continue;
    it(`of ${row.spec.kind} ${row.spec.name} come out to the bit`, () => {
      const parameter = fromKerasSpec(spec);
      const values = probabilities.map((p) => valueAt(parameter, p));
      expect(defaultOf(parameter)).toBe(row.default);
      expect(values).toEqual(row.prob_to_value);
      expect(values.map((value) => probabilityOf(parameter, value))).toEqual(row.value_to_prob);
      expect(seeds.map((seed) => valueAt(parameter, pythonRandom(seed)))).toEqual(row.samples);
    });
  }

  it("fail where ours do, but for ints among floats, which are one type here", () => {
    const failing = conversions.rows.filter((row) => "error" in row);
    for (const { spec } of failing) {
      const define = () => fromKerasSpec(spec as KerasSpec);
      if (spec.name === "bad3") expect(define().kind).toBe("choice");
      else expect(define).toThrow(`"${spec.name}"`);
    }
    expect(failing).toHaveLength(4);
  });

  it("of 420 random parameters come out to the bit", () => {
    for (const row of recorded.rows) {
      const parameter = fromKerasSpec(row.spec as KerasSpec);
      // Where the C library's pow is not the nearest double, the row has both.
      const { default: preset, values, back } = "nearest" in row && row.nearest ? row.nearest : row;
      expect(defaultOf(parameter), row.spec.name).toBe(preset);
      expect(
        row.probabilities.map((p) => valueAt(parameter, p)),
        row.spec.name,
      ).toEqual(values);
      const found = (values as Scalar[]).map((value) => probabilityOf(parameter, value));
      expect(found, row.spec.name).toEqual(back);
    }
    expect(recorded.rows).toHaveLength(420);
    expect(recorded.rows.filter((row) => "nearest" in row).length).toBeLessThan(5);
  });
});

describe("a value", () => {
  it("is in the range, but for rounding, and whole for an int", () => {
    fc.assert(
      fc.property(range, probability, (parameter, p) => {
        const value = valueAt(parameter, p) as number;
        const slack = parameter.kind === "int" ? 0 : 1e-9 * parameter.max;
        expect(value).toBeGreaterThanOrEqual(parameter.min - slack);
        expect(value).toBeLessThanOrEqual(parameter.max + slack);
        if (parameter.kind === "int") expect(Number.isInteger(value)).toBe(true);
      }),
    );
  });

  it("with steps is one of the grid's", () => {
    fc.assert(
      fc.property(range, probability, (parameter, p) => {
        fc.pre(stepOf(parameter) !== undefined);
        expect(gridValues(parameter)).toContain(valueAt(parameter, p));
      }),
    );
  });

  it("never falls as the probability rises, or with reverse steps never rises", () => {
    fc.assert(
      fc.property(range, probability, probability, (parameter, p, q) => {
        // In Keras Tuner steps of a reversed range count from its upper end.
        const falls = parameter.sampling === "reverse_log" && stepOf(parameter) !== undefined;
        const [low, high] = p < q === !falls ? [p, q] : [q, p];
        const rise = (valueAt(parameter, high) as number) - (valueAt(parameter, low) as number);
        expect(rise).toBeGreaterThanOrEqual(parameter.kind === "int" ? 0 : -1e-9 * parameter.max);
      }),
    );
  });

  it("comes back from its own probability", () => {
    fc.assert(
      fc.property(parameterArbitrary(), probability, (parameter, p) => {
        const value = valueAt(parameter, p);
        const again = valueAt(parameter, probabilityOf(parameter, value));
        if (parameter.kind === "float") {
          // Python's exact // puts some values by linear steps one step lower.
          const lower = parameter.sampling === "linear" ? (parameter.step ?? 0) : 0;
          const loss = (value as number) - (again as number);
          const slack = 1e-6 * parameter.max;
          expect(loss < slack || Math.abs(loss - lower) < slack).toBe(true);
          expect(loss).toBeGreaterThan(-slack);
        } else {
          expect(again).toBe(value);
        }
      }),
    );
  });

  it("of an int stays in the range where rounding leads Keras Tuner past it", () => {
    const parameter = makeInt("a", { min: 243, max: 244, sampling: "log" }, []);
    expect(valueAt(parameter, 1 - 2 ** -53)).toBe(244);
    const reversed = makeInt("a", { min: 227, max: 242, sampling: "reverse_log" }, []);
    expect(valueAt(reversed, 0)).toBe(227);
  });

  it("at the edge of two parts is Python's floor(p / (1 / n)), not floor(p n)", () => {
    const cases = python.index as [number, number, number][];
    for (const [p, n, index] of cases) {
      expect(valueAt(makeInt("a", { min: 0, max: n - 1 }, []), p), `${p} of ${n}`).toBe(index);
    }
    expect(cases.length).toBeGreaterThan(3);
  });

  it("at the largest probability is the last one", () => {
    const last = 1 - 2 ** -53;
    expect(valueAt(makeChoice("a", [1, 2, 3], {}, []), last)).toBe(3);
    expect(valueAt(makeBoolean("a", {}, []), last)).toBe(true);
    expect(valueAt(makeFloat("a", { min: 0, max: 1, step: 0.25 }, []), last)).toBe(1);
  });
});

describe("a probability", () => {
  it("of what the parameter can't be is an error that names it", () => {
    expect(() => probabilityOf(makeChoice("kind", ["a", "b"], {}, []), "z")).toThrow(
      'choice "kind" can\'t be "z": expected one of ["a", "b"].',
    );
    expect(() => probabilityOf(makeFloat("rate", { min: 0, max: 1 }, []), "z")).toThrow(
      'float "rate" can\'t be "z": expected a number.',
    );
  });
});
