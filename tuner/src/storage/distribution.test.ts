import { describe, expect, it } from "vitest";
import type { Parameter } from "../search-space/parameter";
import {
  distributionOf,
  externalValue,
  optunaNames,
  parameterOf,
  parseDistribution,
  place,
  printDistribution,
} from "./distribution";
import { parametersOfAllKinds, valuesOfAllKinds } from "./testing/event-sequences";

const float = (min: number, max: number, step?: number): Parameter => {
  const rest = { conditions: [], sampling: "linear", default: min } as const;
  return { kind: "float", name: "x", min, max, step, ...rest };
};

describe("distributionOf", () => {
  // Optuna 5.0.0: FloatDistribution(low, high, step=step).high
  it.each([
    [0, 0.5, 0.1, 0.5],
    [0, 0.35, 0.1, 0.3],
    [0.1, 1, 0.25, 0.85],
    [-0.5, 1e-7, 3e-8, 1e-7],
    [1e-7, 1, 0.3, 0.9000001],
    [0, 1e22, 1e21, 1e22],
    [-1, 1, 0.7, 0.4],
  ])("ends a float's steps from %d to %d by %d at %d, as Optuna does", (min, max, step, high) => {
    expect(distributionOf(float(min, max, step)).attributes).toMatchObject({ high });
  });
});

describe("place", () => {
  it("keeps every value that it places, but for a rounding error at the range's end", () => {
    for (const parameter of parametersOfAllKinds) {
      const value = valuesOfAllKinds[parameter.name];
      const placed = value === undefined ? undefined : place(parameter, value);
      if (placed === undefined || value === undefined) continue;
      const { internal, distribution } = placed;
      const read = parseDistribution(printDistribution(distribution));
      expect(read).toEqual(distribution);
      expect(externalValue(read, internal)).toBe(value);
    }
  });

  it("moves a value that passes the range by a rounding error into it", () => {
    expect(place(float(0.001, 0.01), 0.010000000000005116)?.internal).toBe(0.01);
    expect(place(float(0.001, 0.01), 0.0009999999999999)?.internal).toBe(0.001);
    expect(place(float(0, 0.3, 0.1), 0.30000000000000004)?.internal).toBe(0.3);
  });

  it("places nothing that the parameter can't be", () => {
    expect(place(float(0, 1), 1.01)).toBeUndefined();
    expect(place(float(0, 1), Number.NaN)).toBeUndefined();
    expect(place(float(0, 1), "0.5")).toBeUndefined();
    const choice = parametersOfAllKinds.find(({ name }) => name === "batch") as Parameter;
    expect(place(choice, "16")).toBeUndefined();
  });
});

describe("optunaNames", () => {
  it("adds the condition to a name that repeats with another distribution only", () => {
    const under = (kind: string, parameter: Parameter): Parameter => {
      return { ...parameter, conditions: [{ parent: "kind", values: [kind, 1] }] };
    };
    const names = optunaNames([
      under("a", float(0, 1)),
      under("b", float(0, 2)),
      under("c", { kind: "boolean", name: "x", conditions: [], default: true }),
    ]);
    expect([...names.values()]).toEqual(["x", "x", "x [kind=c|1]"]);
  });
});

describe("parameterOf", () => {
  it("gives back the parameters that Optuna knows", () => {
    for (const name of ["units", "filters", "dropout", "momentum", "learningRate", "batch"]) {
      const parameter = parametersOfAllKinds.find((one) => one.name === name) as Parameter;
      const { default: _default, ...facts } = parameter as Parameter & { default: unknown };
      expect(parameterOf(name, [distributionOf(parameter)])).toMatchObject(facts);
    }
  });

  it("joins ranges, and makes text of choices of several types", () => {
    const joined = parameterOf("x", [distributionOf(float(0, 1)), distributionOf(float(-1, 0.5))]);
    expect(joined).toMatchObject({ min: -1, max: 1 });
    const mixed = { name: "CategoricalDistribution", attributes: { choices: [null, 1] } } as const;
    expect(parameterOf("x", [mixed])).toMatchObject({ values: ["None", "1"], ordered: false });
    expect(externalValue(mixed, 0)).toBe("None");
  });
});
