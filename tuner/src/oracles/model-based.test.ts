import { readFileSync } from "node:fs";
import { describe, expect, it, test } from "vitest";
import {
  makeBoolean,
  makeChoice,
  makeFixed,
  makeFloat,
  makeInt,
} from "../search-space/make-parameter";
import type { Values } from "../search-space/parameter";
import { SearchSpace } from "../search-space/search-space";
import { Study } from "../study/study";
import { replayTranscript } from "../testing/replay-transcript";
import type { Direction } from "../trials/objective";
import type { Trial } from "../trials/trial";
import { bayesianOptimization } from "./bayesian-optimization";
import type { Oracle } from "./oracle";
import { tpe } from "./tpe";

const oracles: readonly (readonly [string, (maxTrials: number, seed: number) => Oracle])[] = [
  [
    "bayesianOptimization",
    (maxTrials, seed) => bayesianOptimization({ maxTrials, seed, numInitialPoints: 6 }),
  ],
  [
    "bayesianOptimization as Keras Tuner",
    (maxTrials, seed) =>
      bayesianOptimization({
        maxTrials,
        seed,
        numInitialPoints: 6,
        surrogate: "isotropic",
        acquisition: "confidence-bound",
      }),
  ],
  ["tpe", (maxTrials, seed) => tpe({ maxTrials, seed, startupTrials: 6 })],
  [
    "tpe, each parameter by itself",
    (maxTrials, seed) => tpe({ maxTrials, seed, startupTrials: 6, multivariate: false }),
  ],
];

const plane = new SearchSpace([
  makeFloat("x", { min: 0, max: 1 }, []),
  makeFloat("rate", { min: 1e-4, max: 1, sampling: "log" }, []),
]);

/** Least at x = 0.3 and rate = 0.01. */
function bowl({ x, rate }: Values): number {
  return (Number(x) - 0.3) ** 2 + (Math.log10(Number(rate)) + 2) ** 2 / 10;
}

const mixed = new SearchSpace([
  makeChoice("optimizer", ["sgd", "adam"], {}, []),
  makeFloat("momentum", { min: 0, max: 1 }, [{ parent: "optimizer", values: ["sgd"] }]),
  makeInt("layers", { min: 1, max: 4 }, []),
  makeInt("units", { min: 1, max: 1000, sampling: "log" }, []),
  makeChoice("width", [8, 16, 64], {}, [{ parent: "layers", values: [2, 3, 4] }]),
  makeBoolean("norm", {}, []),
  makeFixed("epochs", 3, []),
]);

/** Least for sgd with momentum 0.9, three layers of 100 units. */
function mixedLoss(values: Values): number {
  const momentum = values.optimizer === "sgd" ? (Number(values.momentum) - 0.9) ** 2 : 0.5;
  const layers = (Number(values.layers) - 3) ** 2 / 10;
  return momentum + layers + (Math.log10(Number(values.units)) - 2) ** 2 / 5;
}

function open(oracle: Oracle, space: SearchSpace, direction: Direction = "min"): Study {
  return new Study({ oracle, space, objectives: [{ name: "score", direction }] });
}

/** Runs trials one after the other until the study stops. */
function run(study: Study, score: (values: Values) => number): readonly Trial[] {
  for (;;) {
    const answer = study.ask();
    if (answer.status !== "RUNNING") {
      return study.trials;
    }
    study.report(answer.trial.id, { score: score(answer.trial.values) });
    study.end(answer.trial.id, { status: "COMPLETED" });
  }
}

function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;
}

describe.each(oracles)("%s", (_, make) => {
  it("comes closer than its random start, and nearer to the end than before", () => {
    const seeds = [100, 200, 300];
    const regrets = seeds.map((seed) => {
      const losses = run(open(make(24, seed), plane), bowl).map(({ score }) => Number(score));
      return [Math.min(...losses.slice(0, 6)), Math.min(...losses)] as const;
    });
    const start = median(regrets.map(([first]) => first));
    expect(median(regrets.map(([, last]) => last))).toBeLessThan(start / 4);
  });

  it("proposes the same for the same seed", () => {
    const values = (seed: number) =>
      run(open(make(12, seed), mixed), mixedLoss).map((trial) => trial.values);
    expect(values(3)).toEqual(values(3));
    expect(values(3)).not.toEqual(values(4));
  });

  it("maximises what it minimises with the other sign", () => {
    const low = run(open(make(12, 5), plane), bowl);
    const high = run(open(make(12, 5), plane, "max"), (values) => -bowl(values));
    expect(high.map(({ values }) => values)).toEqual(low.map(({ values }) => values));
  });

  it("names every active parameter and no other, and finds the better branch", () => {
    const trials = run(open(make(30, 11), mixed), mixedLoss);
    for (const { values } of trials) {
      expect(Object.keys(values)).toEqual(mixed.active(values).map(({ name }) => name));
    }
    // With the other optimizer it is 0.5 at least.
    expect(Math.min(...trials.map(({ score }) => Number(score)))).toBeLessThan(0.25);
  });

  it("proposes no values twice, and stops when a space is exhausted", () => {
    const few = new SearchSpace([
      makeBoolean("a", {}, []),
      makeChoice("b", ["u", "v", "w"], {}, []),
      makeInt("c", { min: 1, max: 2 }, []),
    ]);
    const trials = run(open(make(100, 2), few), ({ c }) => Number(c));
    const texts = trials.map(({ values }) => JSON.stringify(values));
    expect(new Set(texts).size).toBe(texts.length);
    expect(texts.length).toBeGreaterThanOrEqual(10);
    expect(texts.length).toBeLessThanOrEqual(12);
  });

  it("runs a space without a choice once", () => {
    const one = new SearchSpace([makeFixed("a", 1, []), makeInt("b", { min: 2, max: 2 }, [])]);
    expect(run(open(make(10, 2), one), () => 0)).toHaveLength(1);
  });

  it("gives workers that ask at the same time points apart from each other", () => {
    const study = open(make(40, 9), plane);
    for (let number = 0; number < 10; number++) {
      const answer = study.ask();
      if (answer.status === "RUNNING") {
        study.report(answer.trial.id, { score: bowl(answer.trial.values) });
        study.end(answer.trial.id, { status: "COMPLETED" });
      }
    }
    const points = Array.from({ length: 8 }, (_unused, worker) => {
      const answer = study.ask(`worker${worker}`);
      expect(answer.status).toBe("RUNNING");
      const values: Values = answer.status === "RUNNING" ? answer.trial.values : {};
      return [Number(values.x), Math.log10(Number(values.rate)) / 4] as const;
    });
    for (const [i, a] of points.entries()) {
      for (const b of points.slice(i + 1)) {
        expect(Math.hypot(a[0] - b[0], a[1] - b[1])).toBeGreaterThan(1e-3);
      }
    }
  });

  it("goes on when all scores are equal, infinite, or missing", () => {
    expect(run(open(make(15, 1), plane), () => 0.5)).toHaveLength(15);
    const infinite = run(open(make(15, 1), plane), ({ x }) =>
      Number(x) > 0.5 ? Number.POSITIVE_INFINITY : Number(x),
    );
    expect(infinite).toHaveLength(15);
    const study = new Study({
      oracle: make(20, 1),
      space: plane,
      objectives: [{ name: "score", direction: "min" }],
      maxConsecutiveFailedTrials: 100,
    });
    for (let number = 0; number < 20; number++) {
      const answer = study.ask();
      if (answer.status === "RUNNING") {
        study.end(answer.trial.id, { status: "FAILED", message: "out of memory" });
      }
    }
    expect(study.trials).toHaveLength(20);
  });

  it("keeps away from where trials fail", () => {
    const study = new Study({
      oracle: make(40, 21),
      space: plane,
      objectives: [{ name: "score", direction: "min" }],
      maxConsecutiveFailedTrials: 100,
    });
    // The best scores lie just where trials begin to fail.
    for (let number = 0; number < 40; number++) {
      const answer = study.ask();
      if (answer.status === "RUNNING") {
        const x = Number(answer.trial.values.x);
        study.report(answer.trial.id, { score: -x });
        study.end(answer.trial.id, { status: x > 0.5 ? "FAILED" : "COMPLETED" });
      }
    }
    const late = study.trials.slice(-20).filter(({ status }) => status === "FAILED");
    expect(late.length).toBeLessThan(12);
    expect(Math.max(...study.best(1).map(({ values }) => Number(values.x)))).toBeGreaterThan(0.4);
  });

  it("counts pruned trials as worse than completed ones", () => {
    const study = open(make(30, 100), plane);
    for (let number = 0; number < 30; number++) {
      const answer = study.ask();
      if (answer.status === "RUNNING") {
        const isPoor = Number(answer.trial.values.x) > 0.6;
        // Pruned so early that their scores look best.
        study.report(answer.trial.id, { score: isPoor ? -10 : bowl(answer.trial.values) });
        study.end(answer.trial.id, { status: isPoor ? "PRUNED" : "COMPLETED" });
      }
    }
    const late = study.trials.slice(6).filter(({ status }) => status === "PRUNED");
    expect(late.length).toBeLessThan(12);
    expect(study.best(1)[0]?.score).toBeLessThan(0.01);
  });
});

test("the first trials of Bayesian optimisation are Keras Tuner's", () => {
  const recorded = new URL(
    "../../fixtures/keras-tuner/golden/bayesian-initial-points.json",
    import.meta.url,
  );
  const transcript = JSON.parse(readFileSync(recorded, "utf8"));
  const make = (offset: number) => () =>
    bayesianOptimization({
      maxTrials: transcript.case.options.max_trials,
      seed: transcript.case.seed + offset,
    });
  expect(replayTranscript(transcript, make(0))).toEqual([]);
  expect(replayTranscript(transcript, make(1))).not.toEqual([]);
});

test("options out of range, and such that exclude each other, are errors that name them", () => {
  expect(() => bayesianOptimization({ maxTrials: 0 })).toThrow("maxTrials");
  expect(() => bayesianOptimization({ maxTrials: 5, numInitialPoints: 1.5 })).toThrow(
    "numInitialPoints",
  );
  expect(() => bayesianOptimization({ maxTrials: 5, alpha: 0 })).toThrow("alpha");
  expect(() => bayesianOptimization({ maxTrials: 5, beta: -1 })).toThrow("beta");
  expect(() =>
    bayesianOptimization({ maxTrials: 5, beta: 2, acquisition: "expected-improvement" }),
  ).toThrow("leave one out");
  expect(() => tpe({ maxTrials: 5, startupTrials: 0 })).toThrow("startupTrials");
  expect(() => tpe({ maxTrials: 5, candidates: 0 })).toThrow("candidates");
});
