import { expect, test } from "vitest";
import models from "../../fixtures/numerics/models.json";
import { makeBoolean, makeChoice, makeFloat, makeInt } from "../search-space/make-parameter";
import { SearchSpace } from "../search-space/search-space";
import { EncodedSpace } from "./encoded-space";
import { ParzenEstimator } from "./parzen-estimator";
import { randomStream } from "./random-stream";

const ACTIVATIONS = ["relu", "tanh", "elu"];
const space = new EncodedSpace(
  new SearchSpace([
    makeFloat("float", { min: -5, max: 10 }, []),
    makeFloat("log", { min: 1e-4, max: 1e-1, sampling: "log" }, []),
    makeInt("int", { min: 32, max: 3232, step: 32 }, []),
    makeChoice("choice", ACTIVATIONS, {}, []),
  ]),
);

interface Recorded {
  readonly float: number;
  readonly log: number;
  readonly int: number;
  readonly choice: number;
}

function encode({ choice, ...numbers }: Recorded): Float64Array {
  return space.encode({ ...numbers, choice: ACTIVATIONS[choice] ?? "" });
}

/** As the reference's default weights: from 1/n up to 1 for all but the newest 25. */
function weightsOf(count: number): Float64Array {
  const ramp = count - 25;
  return Float64Array.from({ length: count }, (_, index) =>
    index >= ramp ? 1 : 1 / count + ((1 - 1 / count) * index) / (ramp - 1),
  );
}

test("the density is Optuna's, up to the units in which values are measured", () => {
  // Ours is a density in [0, 1], Optuna's in the float itself and in the other's logarithm.
  const units = Math.log(15) + Math.log(Math.log(1000));
  for (const { observations, densities } of models.parzen) {
    const estimator = new ParzenEstimator(
      space.axes,
      observations.map(encode),
      weightsOf(observations.length),
    );
    for (const { at, logDensity } of densities) {
      expect(estimator.logDensity(encode(at)) - units).toBeCloseTo(logDensity, 8);
    }
  }
});

test("without observations all is equally likely, as far as the wide prior is flat", () => {
  const estimator = new ParzenEstimator(space.axes, [], new Float64Array(0));
  const stream = randomStream(0.5);
  const counts = [0, 0, 0];
  for (let draw = 0; draw < 3000; draw++) {
    const choice = estimator.sample(stream)[3] ?? Number.NaN;
    counts[choice] = (counts[choice] ?? 0) + 1;
  }
  for (const count of counts) {
    expect(count).toBeGreaterThan(900);
    expect(count).toBeLessThan(1100);
  }
});

test("draws follow the density", () => {
  const [axis] = space.axes;
  const axes = axis === undefined ? [] : [axis];
  const estimator = new ParzenEstimator(
    axes,
    [0.1, 0.15, 0.7].map((x) => Float64Array.from([x])),
    Float64Array.from([1, 1, 1]),
  );
  const stream = randomStream(0.25);
  const draws = 20_000;
  const found = new Float64Array(10);
  for (let draw = 0; draw < draws; draw++) {
    const bin = Math.min(9, Math.floor((estimator.sample(stream)[0] ?? 0) * 10));
    found[bin] = (found[bin] ?? 0) + 1 / draws;
  }
  found.forEach((share, bin) => {
    let expected = 0;
    for (let part = 0; part < 100; part++) {
      const at = Float64Array.from([(bin + (part + 0.5) / 100) / 10]);
      expected += Math.exp(estimator.logDensity(at)) / 1000;
    }
    expect(share).toBeCloseTo(expected, 1.9);
  });
});

test("draws of discrete values are values, and masses of all values add up to 1", () => {
  const [, , int] = space.axes;
  const axes = int === undefined ? [] : [int];
  const at = (value: number) => Float64Array.from([int?.positionOf(value) ?? Number.NaN]);
  const estimator = new ParzenEstimator(
    axes,
    [at(64), at(64), at(64), at(320)],
    Float64Array.from([1, 1, 1, 1]),
  );
  let sum = 0;
  for (let value = 32; value <= 3232; value += 32) {
    sum += Math.exp(estimator.logDensity(at(value)));
  }
  expect(sum).toBeCloseTo(1, 12);
  const stream = randomStream(0.75);
  for (let draw = 0; draw < 100; draw++) {
    const value = int?.valueAt(estimator.sample(stream)[0] ?? 0);
    expect(Number(value) % 32).toBe(0);
  }
});

test("an observation without a value counts as if it could have any", () => {
  const flag = new EncodedSpace(new SearchSpace([makeBoolean("flag", {}, [])]));
  const estimator = new ParzenEstimator(
    flag.axes,
    [Float64Array.from([Number.NaN])],
    Float64Array.from([1]),
  );
  expect(estimator.logDensity(Float64Array.from([0]))).toBeCloseTo(Math.log(0.5), 12);
  expect(estimator.logDensity(Float64Array.from([Number.NaN]))).toBeCloseTo(0, 12);
});
