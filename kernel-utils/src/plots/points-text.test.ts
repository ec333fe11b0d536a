import { expect, it } from "vitest";
import { points, signedPoints } from "./points-text";

it("writes proportions in per cent, without the last digits of floating point", () => {
  expect([0.93, 0.895, 1, 0, 0.29].map(points)).toEqual(["93", "89.5", "100", "0", "29"]);
});

it("writes differences with their sign, and 0 without", () => {
  const differences = [0.93 - 0.89, 0.955 - 0.98, 0, -0.0001, 1];
  expect(differences.map(signedPoints)).toEqual(["+4", "−2.5", "0", "0", "+100"]);
});
