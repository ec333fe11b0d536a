import { describe, expect, it } from "vitest";
import { HyperParameters } from "./hyperparameters";
import type { Parameter } from "./parameter";

/** A builder with every kind, a conditional and a name scope. */
function build(hp: HyperParameters) {
  const units = hp.int("units", { min: 32, max: 512, step: 32 });
  const rate = hp.float("rate", { min: 0.5, max: 1 });
  const kind = hp.choice("kind", ["dense", "convolution"]);
  const deep = hp.boolean("deep");
  const optimizer = hp.fixed("optimizer", "adam");
  const filters = hp.conditionalScope("kind", ["convolution"], (scope) =>
    scope.int("filters", { min: 8, max: 64 }),
  );
  const block = hp.nameScope("block", (scope) => scope.int("units", { min: 1, max: 3 }));
  return { units, rate, kind, deep, optimizer, filters, block };
}

describe("a builder", () => {
  it("gets the defaults at first, and defines the space in order, inactive parameters too", () => {
    const hp = new HyperParameters();
    expect(build(hp)).toEqual({
      units: 32,
      rate: 0.5,
      kind: "dense",
      deep: false,
      optimizer: "adam",
      filters: undefined,
      block: 1,
    });
    const names = hp.space.parameters.map(({ name }) => name);
    expect(names).toEqual(["units", "rate", "kind", "deep", "optimizer", "filters", "block/units"]);
    expect(hp.values).toEqual({
      units: 32,
      rate: 0.5,
      kind: "dense",
      deep: false,
      optimizer: "adam",
      "block/units": 1,
    });
  });

  it("gets a trial's values, and asks for those that the trial lacks", () => {
    const first = new HyperParameters();
    build(first);
    const asked: string[] = [];
    const hp = new HyperParameters({
      space: first.space,
      values: { units: 64, rate: 0.75, kind: "convolution", deep: true, optimizer: "adam" },
      define: (parameter) => {
        asked.push(parameter.name);
        return parameter.name === "filters" ? 16 : 3;
      },
    });
    expect(build(hp)).toMatchObject({ units: 64, kind: "convolution", filters: 16, block: 3 });
    expect(asked).toEqual(["filters", "block/units"]);
    expect(hp.values).toMatchObject({ filters: 16, "block/units": 3 });
    expect(hp.space).toBe(first.space);
  });

  it("tells of every new parameter once, active or not", () => {
    const told: Parameter[] = [];
    const hp = new HyperParameters({
      define: (parameter) => {
        told.push(parameter);
        return parameter.name === "filters" ? undefined : 32;
      },
    });
    hp.int("units", { min: 32, max: 64 });
    hp.int("units", { min: 32, max: 64 });
    hp.boolean("deep");
    hp.conditionalScope("units", [64], (scope) => {
      expect(scope.int("filters", { min: 1, max: 2 })).toBeUndefined();
      expect(scope.int("filters", { min: 1, max: 2 })).toBeUndefined();
    });
    expect(told.map(({ name }) => name)).toEqual(["units", "deep", "filters"]);
  });

  it("leaves the given values alone", () => {
    const values = {};
    new HyperParameters({ values }).boolean("deep");
    expect(values).toEqual({});
  });
});

describe("scopes", () => {
  it("nest, outermost condition first, and tell whether they are active", () => {
    const hp = new HyperParameters();
    hp.choice("kind", ["dense", "none"]);
    hp.conditionalScope("kind", ["dense"], (dense) => {
      dense.boolean("deep");
      expect(dense.isActive).toBe(true);
      dense.conditionalScope("deep", [true], (deep) => {
        expect(deep.isActive).toBe(false);
        expect(deep.int("layers", { min: 1, max: 2 })).toBeUndefined();
      });
    });
    expect(hp.isActive).toBe(true);
    expect(hp.space.get("layers")[0]?.conditions).toEqual([
      { parent: "kind", values: ["dense"] },
      { parent: "deep", values: [true] },
    ]);
  });

  it("of names go before a parent's name, too", () => {
    const hp = new HyperParameters();
    hp.nameScope("a", (a) =>
      a.nameScope("b", (b) => {
        b.boolean("deep", { default: true });
        b.conditionalScope("deep", [true], (deep) => deep.int("layers", { min: 1, max: 2 }));
        expect(b.get("layers")).toBe(1);
      }),
    );
    expect(hp.values).toEqual({ "a/b/deep": true, "a/b/layers": 1 });
  });

  it("let one name have several definitions", () => {
    const define = (kind: string) => {
      const hp = new HyperParameters({ values: { kind } });
      hp.choice("kind", ["small", "large"]);
      const small = hp.conditionalScope("kind", ["small"], (s) =>
        s.int("units", { min: 1, max: 9 }),
      );
      const large = hp.conditionalScope("kind", ["large"], (s) =>
        s.int("units", { min: 100, max: 900 }),
      );
      return { small, large, units: hp.get("units") };
    };
    expect(define("small")).toEqual({ small: 1, large: undefined, units: 1 });
    expect(define("large")).toEqual({ small: undefined, large: 100, units: 100 });
  });

  it("refuse a parent that is unknown or can't have the value, even if nothing is defined", () => {
    const hp = new HyperParameters();
    hp.boolean("deep");
    expect(() => hp.conditionalScope("dep", [true], () => 1)).toThrow(
      'a conditional scope depends on "dep", which is not defined. Define it before.',
    );
    expect(() => hp.conditionalScope("deep", ["yes"], () => 1)).toThrow("expected true or false");
  });

  it("refuse definitions that would go past them, and are closed after an error", () => {
    const hp = new HyperParameters();
    hp.boolean("deep");
    const past = () => hp.conditionalScope("deep", [true], () => hp.int("x", { min: 1, max: 2 }));
    expect(past).toThrow('int "x" is defined in a scope\'s body, but not by that scope');
    expect(hp.int("x", { min: 1, max: 2 })).toBe(1);
  });
});

describe("get and has", () => {
  it("know active parameters", () => {
    const hp = new HyperParameters();
    build(hp);
    expect(hp.get("kind")).toBe("dense");
    expect(hp.has("kind")).toBe(true);
    expect(hp.has("filters")).toBe(false);
    expect(hp.has("toString")).toBe(false);
  });

  it("complain about inactive and unknown ones", () => {
    const hp = new HyperParameters();
    build(hp);
    expect(() => hp.get("filters")).toThrow(
      'int "filters" has no value in this trial: it is active only where "kind" is one of ' +
        '["convolution"]. Ask has() before.',
    );
    expect(() => hp.get("toString")).toThrow('"toString" is not defined: expected one of ["units"');
  });
});
