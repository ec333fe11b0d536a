import { describe, expect, it } from "vitest";
import { boolean, choice, defineSpace, fixed, float, int } from "./declared-space";
import { HyperParameters } from "./hyperparameters";

const space = defineSpace({
  kind: choice(["dense", "convolution", "none"]),
  rate: float({ min: 0, max: 1, step: 0.1 }),
})
  .when("kind", ["dense", "convolution"], { deep: boolean() })
  .when("deep", [true], { layers: int({ min: 2, max: 4 }), width: fixed(8) });

describe("a declared space", () => {
  it("is the one that a builder defines by running", () => {
    const hp = new HyperParameters();
    hp.choice("kind", ["dense", "convolution", "none"]);
    hp.float("rate", { min: 0, max: 1, step: 0.1 });
    hp.conditionalScope("kind", ["dense", "convolution"], (scope) => {
      scope.boolean("deep");
      scope.conditionalScope("deep", [true], (deep) => {
        deep.int("layers", { min: 2, max: 4 });
        deep.fixed("width", 8);
      });
    });
    expect(space.parameters).toEqual(hp.space.parameters);
  });

  it("names the parameter whose options can't be", () => {
    expect(() => defineSpace({ units: int({ min: 9, max: 1 }) })).toThrow('int "units": min 9');
    expect(() => space.when("kind", ["none"], { rate: boolean() })).toThrow('boolean "rate"');
  });

  it("lets a name repeat where the conditions exclude each other", () => {
    const twice = defineSpace({ kind: choice(["a", "b"]) })
      .when("kind", ["a"], { units: int({ min: 1, max: 2 }) })
      .when("kind", ["b"], { units: int({ min: 5, max: 6 }) })
      .when("units", [5], { extra: boolean() });
    const values = twice.check({ kind: "b", units: 5, extra: true });
    const { units }: { readonly units: number } = values;
    expect(units).toBe(5);
    expect(twice.defaults()).toEqual({ kind: "a", units: 1 });
  });
});

describe("check", () => {
  it("returns values in the space's order, rounded as sampling does", () => {
    const given = { rate: 0.3, layers: 3, width: 8, deep: true, kind: "dense" };
    const checked = space.check(given);
    expect(checked).toEqual({ ...given, rate: 0.30000000000000004 });
    expect(Object.keys(checked)).toEqual(["kind", "rate", "deep", "layers", "width"]);
  });

  it("narrows the types by the parents' values", () => {
    const values = space.check({ kind: "dense", rate: 0, deep: true, layers: 3, width: 8 });
    const layers: number = values.deep ? values.layers : 0;
    expect(layers).toBe(3);
  });

  it("complains about missing, impossible, inactive and unknown values", () => {
    expect(() => space.check({ kind: "none" })).toThrow(
      'float "rate" has no value: expected a number from 0 to 1 by 0.1.',
    );
    expect(() => space.check({ kind: "dens", rate: 0 })).toThrow(
      'choice "kind" can\'t be "dens": expected one of ["dense", "convolution", "none"].',
    );
    for (const rate of [0.35, 1.1, -0.1, Number.NaN]) {
      expect(() => space.check({ kind: "none", rate })).toThrow(`float "rate" can't be ${rate}`);
    }
    expect(() => space.check({ kind: "none", rate: 0, deep: true })).toThrow(
      '"deep" has a value but is not active for the others',
    );
    expect(() => space.check({ kind: "none", rate: 0, dep: true })).toThrow(
      '"dep" is not in the space: expected only ["kind", "rate", "deep", "layers", "width"].',
    );
  });
});
