import { describe, expect, it } from "vitest";
import { DefinitionError } from "../errors";
import { gridValues } from "./grid-values";
import {
  defaultOf,
  makeBoolean,
  makeChoice,
  makeFixed,
  makeFloat,
  makeInt,
  type RangeOptions,
} from "./make-parameter";
import type { Scalar } from "./parameter";

/** The code and the text of the error that comes. */
function errorOf(define: () => unknown): [code: string, message: string] {
  try {
    define();
  } catch (error) {
    if (error instanceof DefinitionError) return [error.code, error.message];
    throw error;
  }
  throw new Error("no error came");
}
const int = (options: RangeOptions) => errorOf(() => makeInt("units", options, []));
const float = (options: RangeOptions) => errorOf(() => makeFloat("rate", options, []));
const choice = (values: Scalar[], preset?: Scalar) =>
  errorOf(() => makeChoice("kind", values, { default: preset }, []));

describe("a parameter", () => {
  it("has the smallest, the first or the false value by default", () => {
    expect(defaultOf(makeInt("a", { min: 3, max: 9 }, []))).toBe(3);
    expect(defaultOf(makeFloat("a", { min: 0.5, max: 1 }, []))).toBe(0.5);
    expect(defaultOf(makeChoice("a", ["x", "y"], {}, []))).toBe("x");
    expect(defaultOf(makeBoolean("a", {}, []))).toBe(false);
    expect(defaultOf(makeFixed("a", "z", []))).toBe("z");
  });

  it("has the given default", () => {
    expect(defaultOf(makeInt("a", { min: 0, max: 9, default: 0 }, []))).toBe(0);
    expect(defaultOf(makeInt("a", { min: 6, max: 13, step: 3, default: 9 }, []))).toBe(9);
    expect(defaultOf(makeChoice("a", [false, true], { default: true }, []))).toBe(true);
    expect(defaultOf(makeBoolean("a", { default: true }, []))).toBe(true);
  });

  it("is ordered if its values are numbers, or if it is said", () => {
    expect(makeChoice("a", [1, 2], {}, []).ordered).toBe(true);
    expect(makeChoice("a", [1, 2], { ordered: false }, []).ordered).toBe(false);
    expect(makeChoice("a", ["x"], {}, []).ordered).toBe(false);
    expect(makeChoice("a", ["low", "high"], { ordered: true }, []).ordered).toBe(true);
  });

  it("may be a range of one value", () => {
    expect(makeInt("a", { min: 3, max: 3 }, []).max).toBe(3);
    expect(makeFloat("a", { min: 2, max: 2, sampling: "log", step: 10 }, []).max).toBe(2);
    expect(gridValues(makeInt("a", { min: 32, max: 40, step: 32 }, []))).toEqual([32]);
    expect(gridValues(makeFloat("a", { min: 1, max: 8, step: 10, sampling: "log" }, []))).toEqual([
      1,
    ]);
  });
});

describe("what can't be is an error that names the parameter, what was expected and the cure", () => {
  it("min above max", () => {
    expect(int({ min: 512, max: 32 })).toEqual([
      "empty-range",
      'int "units": min 512 is above max 32: expected min <= max. Are they swapped?',
    ]);
    expect(float({ min: 1, max: 0.5 })[0]).toBe("empty-range");
  });

  it("a step that leads nowhere", () => {
    expect(int({ min: 0, max: 10, step: 0 })).toEqual([
      "impossible-step",
      'int "units": step is 0: expected a number above 0.',
    ]);
    expect(float({ min: 0, max: 1, step: -0.1 })[0]).toBe("impossible-step");
    expect(float({ min: 1, max: 8, step: 1, sampling: "log" })).toEqual([
      "impossible-step",
      'float "rate": step is 1: expected a number above 1, for with sampling "log" it is a factor.',
    ]);
    expect(int({ min: 1, max: 8, step: 1, sampling: "reverse_log" })[0]).toBe("impossible-step");
  });

  it("logarithms of nothing", () => {
    expect(float({ min: 0, max: 1, sampling: "log" })).toEqual([
      "log-of-nothing",
      'float "rate": min is 0: expected a number above 0, for sampling is "log". Raise min, or use ' +
        'sampling "linear".',
    ]);
    expect(int({ min: -1, max: 1, sampling: "reverse_log" })[0]).toBe("log-of-nothing");
  });

  it("an unknown sampling", () => {
    const options = { min: 1, max: 2, sampling: "exponential" } as unknown as RangeOptions;
    expect(float(options)[0]).toBe("unknown-sampling");
  });

  it("fractions in an int", () => {
    for (const options of [
      { min: 0.5, max: 2 },
      { min: 0, max: 2.5 },
      { min: 0, max: 2, step: 0.5 },
      { min: 0, max: 2, default: 0.5 },
      { min: Number.NaN, max: 2 },
    ]) {
      expect(int(options)[0]).toBe("not-whole");
    }
    expect(int({ min: 0, max: 2.5 })[1]).toBe(
      'int "units": max is 2.5: expected a whole number. For others, define a float.',
    );
  });

  it("what is no finite number", () => {
    expect(float({ min: Number.NaN, max: 2 })[0]).toBe("not-a-number");
    expect(float({ min: 0, max: Number.POSITIVE_INFINITY })[1]).toBe(
      'float "rate": max is Infinity: expected a finite number.',
    );
    expect(float({ min: 0, max: 1, step: Number.NaN })[0]).toBe("not-a-number");
    expect(float({ min: 0, max: 1, default: Number.NaN })[0]).toBe("not-a-number");
    expect(float({ min: "0", max: 1 } as unknown as RangeOptions)[0]).toBe("not-a-number");
  });

  it("a default outside", () => {
    expect(int({ min: 1, max: 5, default: 6 })).toEqual([
      "default-outside",
      'int "units": default is 6: expected a number from 1 to 5.',
    ]);
    expect(float({ min: 1, max: 5, default: 0.9 })[0]).toBe("default-outside");
    expect(choice(["a", "b"], "z")).toEqual([
      "default-outside",
      'choice "kind": default is "z": expected one of ["a", "b"].',
    ]);
    expect(errorOf(() => makeBoolean("deep", { default: 1 as unknown as boolean }, []))[1]).toBe(
      'boolean "deep": default is 1: expected true or false.',
    );
  });

  it("a choice without values, with mixed or repeated ones", () => {
    expect(choice([])[0]).toBe("no-values");
    expect(choice([1, "1"])).toEqual([
      "mixed-values",
      'choice "kind" mixes number and string: expected values of one type, got [1, "1"]. Write them ' +
        "all as text, for example.",
    ]);
    expect(choice(["a", "b", "a"])[1]).toBe(
      'choice "kind" has the value "a" twice: expected each once, got ["a", "b", "a"].',
    );
  });

  it("values that can't be recorded", () => {
    expect(choice([1, Number.NaN])[0]).toBe("impossible-value");
    expect(choice([null as unknown as Scalar])[0]).toBe("impossible-value");
    expect(errorOf(() => makeFixed("x", {} as unknown as Scalar, []))[0]).toBe("impossible-value");
    expect(errorOf(() => makeFixed("x", Number.POSITIVE_INFINITY, []))[0]).toBe("impossible-value");
  });

  it("names that can't be", () => {
    for (const name of ["", "__proto__", "tuner/epochs", 3 as unknown as string]) {
      expect(errorOf(() => makeBoolean(name, {}, []))[0]).toBe("impossible-name");
    }
  });
});
