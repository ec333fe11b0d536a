import fc from "fast-check";
import { expect, it, test } from "vitest";
import {
  makeBoolean,
  makeChoice,
  makeFixed,
  makeFloat,
  makeInt,
} from "../search-space/make-parameter";
import type { Parameter } from "../search-space/parameter";
import { probabilityOf } from "../search-space/probability";
import { axisOf, snap } from "./axis";

const discrete: readonly Parameter[] = [
  makeInt("units", { min: 32, max: 512, step: 32 }, []),
  makeInt("layers", { min: 1, max: 9 }, []),
  makeInt("powers", { min: 1, max: 64, step: 2, sampling: "log" }, []),
  makeInt("downwards", { min: 1, max: 64, step: 2, sampling: "reverse_log" }, []),
  makeInt("many", { min: 1, max: 1000, sampling: "log" }, []),
  makeInt("late", { min: 1, max: 1000, sampling: "reverse_log" }, []),
  makeFloat("dropout", { min: 0, max: 0.5, step: 0.1 }, []),
  makeFloat("rates", { min: 1e-4, max: 1e-1, step: 10, sampling: "log" }, []),
  makeChoice("width", [8, 16, 64], {}, []),
  makeChoice("size", ["s", "m", "l"], { ordered: true }, []),
];
const continuous: readonly Parameter[] = [
  makeFloat("momentum", { min: -1, max: 3 }, []),
  makeFloat("rate", { min: 1e-5, max: 1, sampling: "log" }, []),
  makeFloat("decay", { min: 0.1, max: 0.999, sampling: "reverse_log" }, []),
];
const anywhere = fc.double({ min: 0, max: 1, noNaN: true });

it.each(discrete.map((parameter) => [parameter.name, parameter] as const))(
  "every position of %s stands for a value, whose own position and probability lie in the same part",
  (_, parameter) => {
    const axis = axisOf(parameter);
    if (axis === undefined) throw new Error("no axis");
    fc.assert(
      fc.property(anywhere, (position) => {
        const value = axis.valueAt(position);
        const [low, high] = axis.cellAt(position);
        const own = axis.positionOf(value);
        expect(own).toBeGreaterThan(low);
        expect(own).toBeLessThan(high);
        expect(axis.valueAt(snap(axis, position))).toBe(value);
        const probability = probabilityOf(parameter, value);
        expect(probability).toBeGreaterThan(low);
        expect(probability).toBeLessThan(high);
      }),
    );
  },
);

it.each(continuous.map((parameter) => [parameter.name, parameter] as const))(
  "positions of %s are the probabilities of its values, and lead back to them",
  (_, parameter) => {
    const axis = axisOf(parameter);
    if (axis === undefined || parameter.kind !== "float") throw new Error("no axis");
    fc.assert(
      fc.property(anywhere, (position) => {
        const value = Number(axis.valueAt(position));
        expect(value).toBeGreaterThanOrEqual(parameter.min);
        expect(value).toBeLessThanOrEqual(parameter.max);
        expect(axis.positionOf(value)).toBeCloseTo(position, 9);
        expect(axis.positionOf(value)).toBeCloseTo(probabilityOf(parameter, value), 9);
      }),
    );
  },
);

test("a category's position is its index, and a value that is none has none", () => {
  const axis = axisOf(makeChoice("activation", ["relu", "tanh"], {}, []));
  expect(axis?.isCategory).toBe(true);
  expect(axis?.positionOf("tanh")).toBe(1);
  expect(axis?.valueAt(1)).toBe("tanh");
  expect(axis?.positionOf("elu")).toBeNaN();
  expect(axisOf(makeBoolean("norm", {}, []))?.valueAt(1)).toBe(true);
});

test("numbers past the ends count as the ends", () => {
  const [units, rate] = [discrete[0], continuous[1]].map(
    (parameter) => parameter && axisOf(parameter),
  );
  expect(units?.positionOf(1024)).toBe(units?.positionOf(512));
  expect(rate?.positionOf(10)).toBe(1);
});

test("where there is nothing to choose there is no axis", () => {
  expect(axisOf(makeFixed("epochs", 3, []))).toBeUndefined();
  expect(axisOf(makeInt("one", { min: 2, max: 2 }, []))).toBeUndefined();
  expect(axisOf(makeFloat("same", { min: 0.5, max: 0.5 }, []))).toBeUndefined();
  expect(axisOf(makeChoice("only", ["a"], {}, []))).toBeUndefined();
});
