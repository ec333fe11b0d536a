import { randomStream } from "../../numerics/random-stream";
import type { Parameter, Scalar } from "../../search-space/parameter";
import type { Objective } from "../../trials/objective";
import type { Budget, Report, Trial } from "../../trials/trial";
import { fabricatedTrial } from "./fabricated-trial";

const always = { conditions: [] };

/** A made-up Hyperband search with all kinds of parameters and endings, always the same. */
export const exampleParameters: readonly Parameter[] = [
  {
    kind: "int",
    name: "units",
    min: 32,
    max: 512,
    step: 32,
    sampling: "linear",
    default: 32,
    ...always,
  },
  {
    kind: "float",
    name: "learningRate",
    min: 1e-4,
    max: 0.1,
    step: undefined,
    sampling: "log",
    default: 1e-3,
    ...always,
  },
  {
    kind: "choice",
    name: "activation",
    values: ["relu", "tanh", "<gelu & co>"],
    ordered: false,
    default: "relu",
    ...always,
  },
  { kind: "boolean", name: "dropout", default: false, ...always },
  {
    kind: "float",
    name: "rate",
    min: 0.1,
    max: 0.5,
    step: 0.1,
    sampling: "linear",
    default: 0.1,
    conditions: [{ parent: "dropout", values: [true] }],
  },
  { kind: "fixed", name: "seed", value: 7, ...always },
];

/** What the example looks for. */
export const exampleObjectives: readonly Objective[] = [{ name: "val_accuracy", direction: "max" }];

const START = Date.UTC(2026, 0, 5, 9);
const SECOND = 1000;

/** Returns the trials of the example: three brackets, with promotions, a failed, a pruned, a running one. */
export function exampleTrials(): readonly Trial[] {
  const random = randomStream(0.25);
  const trials: Trial[] = [];
  let clock = START;
  const run = (values: Record<string, Scalar>, budget: Budget): Trial => {
    const distance = Math.abs(Math.log10(Number(values.learningRate)) + 2.2);
    const level = 0.97 - 0.12 * distance + Number(values.units) / 2e4 - (values.dropout ? 0.02 : 0);
    const epochs = budget.epochs - budget.initialEpoch;
    const history = Array.from({ length: epochs }, (_, index) => {
      const epoch = budget.initialEpoch + index + 1;
      const value = level - 0.5 / (epoch + 1) + (random() - 0.5) * 0.03;
      return Number(Math.min(0.995, value).toFixed(4));
    });
    const startedAt = clock;
    clock += Math.round((3 + epochs * (2 + random())) * SECOND);
    const number = trials.length;
    const score = Math.max(...history);
    const reports = (values: readonly number[]): Report[] =>
      values.map((value, index) => ({ step: budget.initialEpoch + index, values: [value] }));
    const metrics = new Map([
      ["loss", reports(history.map((value) => Number((1 - value).toFixed(4))))],
      ["val_accuracy", reports(history)],
    ]);
    const trial = {
      ...fabricatedTrial(number),
      values,
      budget,
      startedAt,
      endedAt: clock,
      score,
      bestStep: budget.initialEpoch + history.indexOf(score),
      metrics,
    };
    trials.push(trial);
    return trial;
  };
  for (const [bracketNumber, bracket, sizes] of [
    [0, 2, [9, 3, 1]],
    [1, 1, [5, 1]],
    [2, 0, [3]],
  ] as const) {
    let last: Trial[] = [];
    for (const [round, size] of sizes.entries()) {
      const epochsOf = (at: number) => (at < 0 ? 0 : 9 / 3 ** (bracket - at));
      const budget = {
        initialEpoch: epochsOf(round - 1),
        epochs: epochsOf(round),
        bracket,
        bracketNumber,
        round,
      };
      const sources = [...last].sort((a, b) => (b.score ?? 0) - (a.score ?? 0)).slice(0, size);
      last = Array.from({ length: size }, (_, index) => {
        const source = sources[index];
        return source === undefined
          ? run(someValues(random), budget)
          : run({ ...source.values }, { ...budget, promotedFrom: source.id });
      });
    }
  }
  return trials.map(withOddEndings);
}

function someValues(random: () => number): Record<string, Scalar> {
  const dropout = random() < 0.5;
  return {
    units: 32 + 32 * Math.floor(random() * 16),
    learningRate: Number((10 ** (random() * 3 - 4)).toPrecision(3)),
    activation: ["relu", "tanh", "<gelu & co>"][Math.floor(random() * 3)] as string,
    dropout,
    ...(dropout && { rate: Number((0.1 + 0.1 * Math.floor(random() * 5)).toFixed(1)) }),
    seed: 7,
  };
}

/** One failed, one was pruned, and the last one is still running. */
function withOddEndings(trial: Trial, index: number, { length }: readonly Trial[]): Trial {
  if (index === 4) {
    const message = 'RangeError: "loss" is NaN,\nlearning rate 0.1 is too high';
    return { ...trial, status: "FAILED", score: undefined, bestStep: undefined, message };
  }
  if (index === 14) return { ...trial, status: "PRUNED", message: "worse than the median" };
  if (index !== length - 1) return trial;
  const metrics = new Map([...trial.metrics].map(([name, all]) => [name, all.slice(0, 4)]));
  return {
    ...trial,
    status: "RUNNING",
    score: undefined,
    bestStep: undefined,
    endedAt: undefined,
    metrics,
  };
}
