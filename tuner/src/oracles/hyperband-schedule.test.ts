import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DefinitionError } from "../errors";
import { hyperband } from "./hyperband";
import { hyperbandSchedule } from "./hyperband-schedule";

// Trials and epochs that Keras Tuner 1.4.8 runs.
it.each([
  [10, 3, 30, 120],
  [9, 3, 23, 75],
  [8, 2, 36, 102],
  [4, 2, 15, 30],
  [27, 3, 70, 375],
  [81, 3, 211, 1767],
  [100, 3, 254, 2672],
])("maxEpochs %i, factor %i: %i trials, %i epochs", (maxEpochs, factor, trials, epochs) => {
  const plan = hyperband({ maxEpochs, factor, seed: 1 }).plan();
  expect([plan.trials, plan.epochs]).toEqual([trials, epochs]);
});

describe("a plan", () => {
  it("lists the rounds in the order of the run", () => {
    expect(hyperband({ maxEpochs: 4, factor: 2, seed: 1 }).plan().rounds).toEqual([
      { bracketNumber: 0, bracket: 2, round: 0, size: 4, initialEpoch: 0, epochs: 1 },
      { bracketNumber: 0, bracket: 2, round: 1, size: 2, initialEpoch: 1, epochs: 2 },
      { bracketNumber: 0, bracket: 2, round: 2, size: 1, initialEpoch: 2, epochs: 4 },
      { bracketNumber: 1, bracket: 1, round: 0, size: 3, initialEpoch: 0, epochs: 2 },
      { bracketNumber: 1, bracket: 1, round: 1, size: 2, initialEpoch: 2, epochs: 4 },
      { bracketNumber: 2, bracket: 0, round: 0, size: 3, initialEpoch: 0, epochs: 4 },
    ]);
  });

  it("repeats all brackets with every iteration", () => {
    const twice = hyperband({ maxEpochs: 9, iterations: 2, seed: 1 }).plan();
    expect([twice.trials, twice.epochs]).toEqual([46, 150]);
    expect(twice.rounds.at(-1)).toMatchObject({ bracketNumber: 5, bracket: 0 });
  });

  it("ends with maxTrials", () => {
    const plan = hyperband({ maxEpochs: 9, maxTrials: 10, seed: 1 }).plan();
    expect([plan.trials, plan.epochs]).toEqual([10, 9 * 1 + 1 * 2]);
  });

  it("has no end where iterations have none", () => {
    const plan = hyperband({ maxEpochs: 9, iterations: Number.POSITIVE_INFINITY, seed: 1 }).plan();
    expect([plan.trials, plan.epochs]).toEqual([undefined, undefined]);
  });
});

describe("minEpochs", () => {
  it("leaves out the brackets that begin with fewer", () => {
    const epochs = hyperbandSchedule({ maxEpochs: 27, minEpochs: 3 }).rounds();
    expect(epochs.map((round) => round.epochs)).toEqual([3, 9, 27, 9, 27, 27]);
  });

  it("changes the number of trials as if an epoch were longer", () => {
    const sizes = (options: { maxEpochs: number; minEpochs?: number }) =>
      hyperbandSchedule(options)
        .rounds()
        .map(({ size }) => size);
    expect(sizes({ maxEpochs: 27, minEpochs: 3 })).toEqual(sizes({ maxEpochs: 9 }));
  });
});

it("every round has at least one trial, fewer than the one before, and trains to maxEpochs at last", () => {
  const schedules = fc
    .record({
      maxEpochs: fc.integer({ min: 1, max: 2000 }),
      factor: fc.integer({ min: 2, max: 7 }),
    })
    .map(hyperbandSchedule);
  fc.assert(
    fc.property(schedules, (schedule) => {
      for (const { bracket, round, size, initialEpoch, epochs } of schedule.rounds()) {
        expect(size).toBeGreaterThanOrEqual(1);
        expect(epochs).toBeGreaterThan(initialEpoch);
        if (round > 0) {
          expect(size).toBeLessThanOrEqual(schedule.size(bracket, round - 1));
        }
        if (round === bracket) {
          expect(epochs).toBe(schedule.maxEpochs);
        }
      }
    }),
  );
});

it.each([
  { maxEpochs: 0 },
  { maxEpochs: 2.5 },
  { maxEpochs: 10, factor: 1 },
  { maxEpochs: 10, iterations: 0 },
  { maxEpochs: 10, minEpochs: 11 },
  { maxEpochs: 10, maxTrials: 0 },
])("options out of range are refused: %j", (options) => {
  expect(() => hyperband({ ...options, seed: 1 })).toThrow(DefinitionError);
});
