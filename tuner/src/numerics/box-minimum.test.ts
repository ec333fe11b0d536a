import { expect, test } from "vitest";
import { type BoxSearch, minimizeInBox, type SmoothFunction } from "./box-minimum";

const rosenbrock: SmoothFunction = (point) => {
  const [x = 0, y = 0] = point;
  return {
    value: 100 * (y - x * x) ** 2 + (1 - x) ** 2,
    writeGradient(gradient) {
      gradient[0] = -400 * x * (y - x * x) - 2 * (1 - x);
      gradient[1] = 200 * (y - x * x);
    },
  };
};

function search(start: number[], lower: number[], upper: number[]): BoxSearch {
  const box = { lower: Float64Array.from(lower), upper: Float64Array.from(upper) };
  return { ...box, start: Float64Array.from(start), iterations: 500, tolerance: 1e-8 };
}

test("a minimum inside the box is found", () => {
  const { point, value } = minimizeInBox(rosenbrock, search([-1.2, 1], [-5, -5], [5, 5]));
  expect(value).toBeLessThan(1e-8);
  expect(point[0]).toBeCloseTo(1, 3);
  expect(point[1]).toBeCloseTo(1, 3);
});

test("a minimum at the edge is found", () => {
  const { point } = minimizeInBox(rosenbrock, search([-1, 0], [-2, -2], [2, 0.25]));
  const [x = Number.NaN, y] = point;
  expect(y).toBe(0.25);
  // Along that edge the derivative by x is 0 there, and only there for x > 0.4.
  expect(x).toBeGreaterThan(0.4);
  expect(400 * x * (x * x - 0.25)).toBeCloseTo(2 * (1 - x), 5);
});

test("a start outside is pulled in, and a box of one point is its own minimum", () => {
  const { point } = minimizeInBox(rosenbrock, search([9, 9], [2, 3], [2, 3]));
  expect(Array.from(point)).toEqual([2, 3]);
});

test("where the function has no value the search turns back", () => {
  const walled: SmoothFunction = (point) => {
    const x = point[0] ?? 0;
    return {
      value: x < 0.5 ? Number.POSITIVE_INFINITY : (x - 1) ** 2,
      writeGradient(gradient) {
        gradient[0] = 2 * (x - 1);
      },
    };
  };
  const { point } = minimizeInBox(walled, search([4], [-10], [10]));
  expect(point[0]).toBeCloseTo(1, 6);
});
