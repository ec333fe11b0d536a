import { expect, test } from "vitest";
import type { Objective } from "../trials/objective";
import { resultsSummary, searchSpaceSummary } from "./results-summary";
import { exampleParameters } from "./testing/example-study";
import { fabricatedTrial } from "./testing/fabricated-trial";

const objectives: Objective[] = [{ name: "val_accuracy", direction: "max" }];
const trials = [
  fabricatedTrial(0, { values: { units: 32, learning_rate: 0.01 }, score: 0.8 }),
  fabricatedTrial(1, { values: { units: 64 }, status: "FAILED", message: "Error: too wide" }),
  fabricatedTrial(2, {
    values: { units: 96 },
    score: 0.9,
    budget: {
      initialEpoch: 2,
      epochs: 6,
      bracket: 1,
      bracketNumber: 0,
      round: 1,
      promotedFrom: "0000",
    },
  }),
  fabricatedTrial(3, { values: {}, score: 0.9 }),
];

test("results are told as Keras Tuner tells them, budgets in words", () => {
  expect(resultsSummary(trials, objectives, { directory: "./studies/digits" })).toBe(
    `Results summary
Results in ./studies/digits
Showing 10 best trials
Objective(name="val_accuracy", direction="max")

Trial 0002 summary
Hyperparameters:
units: 96
Budget: epochs 3-6 (bracket 1, round 2 of 2), goes on from trial 0000
Score: 0.9

Trial 0003 summary
Hyperparameters:
default configuration
Score: 0.9

Trial 0000 summary
Hyperparameters:
units: 32
learning_rate: 0.01
Score: 0.8

Trial 0001 summary
Hyperparameters:
units: 64
Status: FAILED
Error: too wide`,
  );
});

test("only so many are told, the best first; where less is better, the least", () => {
  const told = (direction: "min" | "max") =>
    resultsSummary(trials, [{ name: "m", direction }], { count: 1 }).match(/Trial \d+/g);
  expect([told("max"), told("min")]).toEqual([["Trial 0002"], ["Trial 0000"]]);
});

test("several objectives are named", () => {
  const text = resultsSummary([], [...objectives, { name: "loss", direction: "min" }]);
  expect(text.split("\n").at(-1)).toBe(
    'MultiObjective(name="multi_objective", direction="min"): ' +
      '[Objective(name="val_accuracy", direction="max"), Objective(name="loss", direction="min")]',
  );
});

test("the search space is told with Keras Tuner's headings", () => {
  const parameters = exampleParameters.filter(({ name }) =>
    ["units", "activation", "rate"].includes(name),
  );
  expect(searchSpaceSummary({ parameters })).toBe(
    `Search space summary
Default search space size: 3
units (Int)
{ conditions: [], min: 32, max: 512, step: 32, sampling: "linear", default: 32 }
activation (Choice)
{ conditions: [], values: ["relu", "tanh", "<gelu & co>"], ordered: false, default: "relu" }
rate (Float)
{ conditions: [{ parent: "dropout", values: [true] }], min: 0.1, max: 0.5, step: 0.1, sampling: "linear", default: 0.1 }`,
  );
});
