import { expect, it } from "vitest";
import python from "../../fixtures/numerics/python-numbers.json";
import { hashOf, inSetOrder } from "./python-set";

it("puts numbers into the order of CPython's set, for every size of its table", () => {
  const cases = python.sets as [number[], number[]][];
  for (const [values, expected] of cases) expect(inSetOrder(values)).toEqual(expected);
  expect(cases.some(([values, expected]) => values.some((value, i) => value !== expected[i]))).toBe(
    true,
  );
});

it("drops repeated numbers and has an empty set", () => {
  expect(inSetOrder([3, 1, 3])).toEqual([1, 3]);
  expect(inSetOrder([])).toEqual([]);
});

it("hashes numbers as CPython does", () => {
  for (const [x, hash] of python.hash as [number, string][]) expect(hashOf(x)).toBe(BigInt(hash));
});
