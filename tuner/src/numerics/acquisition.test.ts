import { expect, test } from "vitest";
import models from "../../fixtures/numerics/models.json";
import { type Acquisition, confidenceBound, logExpectedImprovement } from "./acquisition";

test("the logarithm of the expected improvement is that of the integral, also where that is 0", () => {
  for (const { z, logImprovement } of models.normal.improvement) {
    const { value } = logExpectedImprovement(0)(-2 * z, 2);
    expect(value).toBeCloseTo(Math.log(2) + logImprovement, 6);
  }
});

test("more is worth what promises a lower value or knows less", () => {
  const improvement = logExpectedImprovement(1);
  expect(improvement(0.5, 1).value).toBeGreaterThan(improvement(0.6, 1).value);
  expect(improvement(3, 1).value).toBeGreaterThan(improvement(3, 0.5).value);
  expect(confidenceBound(2.6)(0.5, 1).value).toBe(2.1);
});

test("derivatives are those of the values", () => {
  const acquisitions: Acquisition[] = [logExpectedImprovement(0.3), confidenceBound(2)];
  for (const acquisition of acquisitions) {
    for (const [mean, std] of [
      [0.1, 0.5],
      [2, 0.7],
      [5, 0.4],
      [-0.3, 0.4],
      [60, 0.5],
    ] as const) {
      const step = 1e-6;
      const { byMean, byStd } = acquisition(mean, std);
      const slope = (up: number, down: number) => (up - down) / (2 * step);
      const ofMean = slope(
        acquisition(mean + step, std).value,
        acquisition(mean - step, std).value,
      );
      const ofStd = slope(acquisition(mean, std + step).value, acquisition(mean, std - step).value);
      expect(byMean / ofMean).toBeCloseTo(1, 4);
      expect(byStd / ofStd).toBeCloseTo(1, 4);
    }
  }
});
