import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import {
  type BenchmarkFunction,
  branin,
  hartmann6,
  styblinskiTang4,
} from "../testing/benchmark-functions";
import { regretOf } from "../testing/minimize-benchmark";
import { bayesianOptimization } from "./bayesian-optimization";
import type { Oracle } from "./oracle";
import { randomSearch } from "./random-search";
import { tpe } from "./tpe";

/** `npm run bench -- regret` compares all seeds of both sides. */
const TRIALS = 50;

interface Recorded {
  readonly trials: number;
  readonly regrets: Readonly<Record<string, number>>;
}

function recordedMedian(sampler: string, name: string): number {
  const file = new URL(`../../fixtures/regret/${sampler}-${name}.json`, import.meta.url);
  const { trials, regrets }: Recorded = JSON.parse(readFileSync(file, "utf8"));
  expect(trials).toBe(TRIALS);
  expect(Object.keys(regrets).length).toBeGreaterThanOrEqual(20);
  return median(Object.values(regrets).slice(0, 20));
}

function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  return ((sorted[Math.floor(middle)] ?? 0) + (sorted[Math.ceil(middle)] ?? 0)) / 2;
}

function medianRegret(
  make: (seed: number) => Oracle,
  benchmark: BenchmarkFunction,
  seeds: number,
): number {
  // Far apart: seeds next to each other share most of their random points, as in Keras Tuner.
  const regrets = Array.from({ length: seeds }, (_, index) =>
    regretOf(make(1000 * (index + 1)), benchmark, TRIALS),
  );
  return median(regrets);
}

describe.each([branin, hartmann6, styblinskiTang4])("the median regret on $name", (benchmark) => {
  it("of Bayesian optimisation is no worse than Keras Tuner's", () => {
    const ours = medianRegret(
      (seed) => bayesianOptimization({ maxTrials: TRIALS, seed }),
      benchmark,
      3,
    );
    expect(ours).toBeLessThanOrEqual(recordedMedian("keras-tuner", benchmark.name));
  });

  it("of TPE is no worse than Optuna's", () => {
    const ours = medianRegret((seed) => tpe({ maxTrials: TRIALS, seed }), benchmark, 20);
    expect(ours).toBeLessThanOrEqual(recordedMedian("optuna-tpe", benchmark.name));
  });

  it("of random search is worse than both", () => {
    const ours = medianRegret((seed) => randomSearch({ maxTrials: TRIALS, seed }), benchmark, 20);
    expect(ours).toBeGreaterThan(recordedMedian("keras-tuner", benchmark.name));
    expect(ours).toBeGreaterThan(recordedMedian("optuna-tpe", benchmark.name));
  });
});
