import { expect, it } from "vitest";
import { editDistance } from "./edit-distance";

// Textbook pairs.
it.each([
  ["kitten", "sitting", 3],
  ["saturday", "sunday", 3],
  ["intention", "execution", 5],
  ["flaw", "lawn", 2],
  ["", "abc", 3],
  ["abc", "", 3],
  ["same", "same", 0],
  ["Case", "case", 1],
])("%j and %j are %d letters apart", (a, b, distance) => {
  expect(editDistance(a, b)).toBe(distance);
});
