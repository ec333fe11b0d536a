import { expect, it } from "vitest";
import python from "../../fixtures/numerics/python-numbers.json";
import { pythonFloatText, pythonNumberText } from "./python-text";

it("writes floats as Python's str does", () => {
  for (const [x, text] of python.floatText as [number, string][]) {
    expect(pythonFloatText(x)).toBe(text);
  }
  expect(pythonFloatText(Number.NaN)).toBe("nan");
  expect(pythonFloatText(Number.POSITIVE_INFINITY)).toBe("inf");
  expect(pythonFloatText(Number.NEGATIVE_INFINITY)).toBe("-inf");
});

it("writes whole numbers as Python's ints", () => {
  expect(pythonNumberText(3)).toBe("3");
  expect(pythonNumberText(-20)).toBe("-20");
  expect(pythonNumberText(1e21)).toBe("1000000000000000000000");
  expect(pythonNumberText(0.5)).toBe("0.5");
});
