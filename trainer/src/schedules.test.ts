import { expect, test } from "vitest";
import fixtures from "../fixtures/schedules.json";
import { TrainingArgumentError } from "./errors";
import * as schedules from "./schedules";

const makers = new Map(Object.entries(schedules));

test.each(fixtures.cases)("$maker of $options is Keras's", ({ maker, options, rates }) => {
  const schedule = makers.get(maker)?.(options as never) as schedules.LearningRateSchedule;
  expect(rates).toHaveLength(20);
  // Both compute in float64, but not in the same order.
  for (const [step, rate] of rates.entries()) expect(schedule(step)).toBeCloseTo(rate, 14);
});

test("all makers have been compared", () => {
  const compared = new Set(fixtures.cases.map(({ maker }) => maker));
  expect([...compared].sort()).toEqual([...makers.keys()].sort());
});

test("the rate stays at its end after the last step of a decay", () => {
  const options = { initialLearningRate: 0.1, decaySteps: 7 };
  expect(schedules.cosineDecay({ ...options, alpha: 0.5 })(1000)).toBeCloseTo(0.05, 14);
  expect(schedules.polynomialDecay({ ...options, endLearningRate: 0.02 })(1000)).toBe(0.02);
});

test("arguments that can't be are refused", () => {
  const decay = { initialLearningRate: 0.1, decaySteps: 0, decayRate: 0.9 };
  const wrong: readonly [() => unknown, string][] = [
    [() => schedules.exponentialDecay(decay), "decaySteps"],
    [() => schedules.inverseTimeDecay({ ...decay, decaySteps: -1 }), "decaySteps"],
    [() => schedules.polynomialDecay({ ...decay, decaySteps: Number.NaN }), "decaySteps"],
    [() => schedules.cosineDecay(decay), "decaySteps"],
    [() => schedules.cosineDecay({ ...decay, decaySteps: 9, warmupSteps: 3 }), "warmupTarget"],
    [() => schedules.piecewiseConstant({ boundaries: [1, 2], values: [1, 2] }), "one value more"],
    [() => schedules.piecewiseConstant({ boundaries: [2, 1], values: [1, 2, 3] }), "ascend"],
  ];
  for (const [make, said] of wrong) {
    expect(make).toThrow(TrainingArgumentError);
    expect(make).toThrow(said);
  }
});
