import { describe, expect, it } from "vitest";
import { makeBoolean, makeChoice, makeFixed, makeFloat, makeInt } from "./make-parameter";
import type { Condition, Parameter } from "./parameter";
import { SearchSpace } from "./search-space";

const kind = makeChoice("kind", ["dense", "convolution", "none"], {}, []);
const isDense: Condition = { parent: "kind", values: ["dense"] };
const isConvolution: Condition = { parent: "kind", values: ["convolution"] };
const units = (conditions: Condition[] = [], max = 64) =>
  makeInt("units", { min: 8, max }, conditions);

describe("a space", () => {
  it("keeps the order of definition and finds parameters by name", () => {
    const space = new SearchSpace([kind, units()]);
    expect(space.parameters).toEqual([kind, units()]);
    expect(space.get("units")).toEqual([units()]);
    expect(space.get("toString")).toEqual([]);
  });

  it("stays as it is when another one is made from it", () => {
    const space = new SearchSpace([kind]);
    const larger = space.add(units());
    expect(space.parameters).toEqual([kind]);
    expect(larger.parameters).toEqual([kind, units()]);
  });

  it("is the same after an equal parameter", () => {
    const space = new SearchSpace([kind, units([isDense])]);
    expect(space.add(units([{ parent: "kind", values: ["dense"] }]))).toBe(space);
  });

  it("activates a parameter where all of its parents are active and have its values", () => {
    const deep = makeBoolean("deep", { default: true }, [isDense]);
    const layers = makeInt("layers", { min: 2, max: 4 }, [
      isDense,
      { parent: "deep", values: [true] },
    ]);
    const space = new SearchSpace([kind, deep, layers]);
    const names = (values: Record<string, string | boolean>) =>
      space.active(values).map(({ name }) => name);
    expect(names({ kind: "dense", deep: true })).toEqual(["kind", "deep", "layers"]);
    expect(names({ kind: "dense", deep: false })).toEqual(["kind", "deep"]);
    expect(names({ kind: "none" })).toEqual(["kind"]);
    expect(names({})).toEqual(["kind"]);
    expect(space.defaults()).toEqual({ kind: "dense", deep: true, layers: 2 });
  });

  it("has no defaults for what the parents' defaults switch off", () => {
    const filters = makeInt("filters", { min: 1, max: 2 }, [isConvolution]);
    expect(new SearchSpace([kind, filters]).defaults()).toEqual({ kind: "dense" });
  });

  it("takes one name several times under conditions that exclude each other", () => {
    const space = new SearchSpace([kind, units([isDense], 64), units([isConvolution], 32)]);
    expect(space.get("units")).toHaveLength(2);
    expect(space.active({ kind: "convolution" })).toEqual([kind, units([isConvolution], 32)]);
  });

  it("sees that conditions exclude each other by their parents' conditions", () => {
    const deep = makeBoolean("deep", {}, [isDense]);
    const wide = makeBoolean("wide", {}, [isConvolution]);
    const isDeep: Condition = { parent: "deep", values: [true] };
    const isWide: Condition = { parent: "wide", values: [true] };
    const space = new SearchSpace([kind, deep, wide, units([isDeep]), units([isWide])]);
    expect(space.get("units")).toHaveLength(2);
  });
});

describe("a space refuses", () => {
  const added = (given: Parameter, ...known: Parameter[]) => {
    const space = new SearchSpace([kind, ...known]);
    return () => space.add(given);
  };

  it("a second definition of a name, and says what differs", () => {
    expect(added(units([], 32), units())).toThrow(
      'int "units": it is defined already, with max 64 instead of 32. Define it once.',
    );
    expect(added(makeFixed("units", 3, []), units())).toThrow('kind "int" instead of "fixed"');
    expect(added(makeChoice("kind", ["dense"], {}, []))).toThrow(
      'values ["dense", "convolution", "none"] instead of ["dense"]',
    );
  });

  it("a name twice where both can be active", () => {
    const message =
      'int "units": it is defined already, where it can be active at the same time. Give one of ' +
      "them another name, or conditions that exclude each other.";
    expect(added(units([isDense]), units())).toThrow(message);
    const both: Condition = { parent: "kind", values: ["convolution", "dense"] };
    expect(added(units([both]), units([isDense]))).toThrow(message);
  });

  it("an unknown parent, also one that is defined later", () => {
    const orphan = units([{ parent: "knd", values: ["dense"] }]);
    expect(added(orphan)).toThrow(
      'int "units" depends on "knd", which is not defined. Define it before.',
    );
    expect(() => new SearchSpace([units([isDense]), kind])).toThrow('"kind", which is not defined');
  });

  it("a parameter that depends on itself", () => {
    expect(() => new SearchSpace([units([{ parent: "units", values: [8] }])])).toThrow(
      '"units", which is not defined',
    );
  });

  it("values that the parent can't have", () => {
    expect(added(units([{ parent: "kind", values: ["dense", "recurrent"] }]))).toThrow(
      'int "units" depends on "kind" being one of ["dense", "recurrent"], which it can\'t be: ' +
        'expected one of ["dense", "convolution", "none"].',
    );
    expect(added(units([{ parent: "kind", values: [] }]))).toThrow("being one of []");
    const even = makeInt("even", { min: 2, max: 8, step: 2 }, []);
    expect(added(units([{ parent: "even", values: [3] }]), even)).toThrow(
      "expected a whole number from 2 to 8 by 2.",
    );
    expect(added(units([{ parent: "even", values: ["2"] }]), even)).toThrow("which it can't be");
    expect(added(units([{ parent: "even", values: [8] }]), even)).not.toThrow();
    const deep = makeBoolean("deep", {}, []);
    expect(added(units([{ parent: "deep", values: [1] }]), deep)).toThrow("expected true or false");
    const only = makeFixed("only", "x", []);
    expect(added(units([{ parent: "only", values: ["y"] }]), only)).toThrow('expected "x"');
  });

  it("a float's value that rounding misses, and says which one is meant", () => {
    const rate = makeFloat("rate", { min: 0, max: 1, step: 0.1 }, []);
    expect(added(units([{ parent: "rate", values: [0.3] }]), rate)).toThrow(
      "expected a number from 0 to 1 by 0.1. Write 0.30000000000000004, as rounding leaves it.",
    );
    expect(added(units([{ parent: "rate", values: [0.1 * 3] }]), rate)).not.toThrow();
  });
});
