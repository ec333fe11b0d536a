import { expect, test } from "vitest";
import models from "../../fixtures/numerics/models.json";
import { normalMass, normalProbability, scaledErfc } from "./normal-distribution";

function expectClose(actual: number, expected: number, tolerance: number): void {
  expect(Math.abs(actual - expected)).toBeLessThanOrEqual(tolerance * Math.abs(expected));
}

test("the scaled complementary error function is SciPy's to the last digits", () => {
  for (const { x, value } of models.normal.scaledErfc) {
    expectClose(scaledErfc(x), value, 1e-15 * 4);
  }
});

test("probabilities are SciPy's, in the lower tail too", () => {
  for (const { z, probability } of models.normal.improvement) {
    expectClose(normalProbability(z), probability, 1e-13);
  }
});

test("a mass far up is as precise as the same one far down", () => {
  const { low, high, value } = models.normal.mass;
  expectClose(normalMass(low, high), value, 1e-13);
  expectClose(normalMass(-high, -low), value, 1e-13);
});
