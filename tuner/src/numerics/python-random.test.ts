import { expect, it } from "vitest";
import python from "../../fixtures/numerics/python-numbers.json";
import { pythonRandom } from "./python-random";

it("gives the first number of Python's random.Random(seed), for seeds of one word and of two", () => {
  const cases = python.random as [number, number][];
  expect(cases.map(([seed]) => pythonRandom(seed))).toEqual(cases.map(([, expected]) => expected));
});

it("refuses seeds that are no whole numbers", () => {
  for (const seed of [0.5, Number.NaN, 2 ** 53]) {
    expect(() => pythonRandom(seed)).toThrow(`seed is ${seed}: expected a whole number`);
  }
});
