import { expect, test } from "vitest";
import { makeBoolean, makeChoice, makeFloat, makeInt } from "../search-space/make-parameter";
import { SearchSpace } from "../search-space/search-space";
import { bestPoints, type Goodness } from "./best-points";
import { EncodedSpace } from "./encoded-space";
import { randomStream } from "./random-stream";

const space = new EncodedSpace(
  new SearchSpace([
    makeFloat("x", { min: 0, max: 1 }, []),
    makeFloat("y", { min: 0, max: 1 }, []),
    makeInt("units", { min: 1, max: 500 }, []),
    makeChoice("activation", ["relu", "tanh", "elu"], {}, []),
    makeBoolean("norm", {}, []),
  ]),
);

/** Best at (0.123, 1), 77 units, elu, with norm. */
const goodness: Goodness = ([x = 0, y = 0, units = 0, activation, norm], gradient) => {
  gradient?.set([-2 * (x - 0.123), 1, 0, 0, 0]);
  const discrete = (activation === 2 ? 1 : 0) + (norm === 1 ? 1 : 0);
  return y - (x - 0.123) ** 2 - (units - 76.5 / 500) ** 2 + discrete;
};

function search(near: readonly Float64Array[], seed: number) {
  const stream = randomStream(seed);
  return bestPoints({ axes: space.axes, goodness, near, isActive: undefined, stream });
}

test("the best point of a mixed space comes first", () => {
  const [best] = search([], 0.5);
  const { x, y, units, ...choices } = space.decode(best?.point ?? new Float64Array(5));
  expect(x).toBeCloseTo(0.123, 6);
  expect(y).toBe(1);
  expect(Math.abs(Number(units) - 77)).toBeLessThanOrEqual(1);
  expect(choices).toEqual({ activation: "elu", norm: true });
});

test("the others follow in the order of their goodness, each with its own", () => {
  const points = search([Float64Array.from([0.2, 0.9, 0.201, 2, 1])], 0.25);
  expect(points.length).toBeGreaterThan(100);
  for (const [index, { point, goodness: rated }] of points.entries()) {
    expect(rated).toBe(goodness(point));
    expect(rated).toBeLessThanOrEqual(points[index - 1]?.goodness ?? Number.POSITIVE_INFINITY);
  }
});
