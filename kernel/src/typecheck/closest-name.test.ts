import { expect, it } from "vitest";
import { closestName } from "./closest-name";

it.each([
  ["temprature", ["pressure", "temperature"], "temperature"],
  ["total", ["Total", "totals"], "Total"],
  ["x", ["y", "xx"], undefined],
  ["model", ["model"], undefined],
  ["", ["a"], undefined],
  ["epoch", [], undefined],
])("%j among %j is meant to be %j", (wrong, names, meant) => {
  expect(closestName(wrong, names)).toBe(meant);
});
