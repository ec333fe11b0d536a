import { expect, it } from "vitest";
import python from "../../fixtures/numerics/python-numbers.json";
import { floorDivide } from "./python-math";

it("divides floats as Python's // does, exactly where a rounded quotient would be one too many", () => {
  const cases = python.floorDivide as [number, number, number][];
  for (const [a, b, expected] of cases) {
    // JSON has Python's -0.0, which is 0 for every use of a quotient.
    expect(floorDivide(a, b) + 0, `${a} // ${b}`).toBe(expected + 0);
  }
  expect(cases.some(([a, b, expected]) => Math.floor(a / b) !== expected)).toBe(true);
});
