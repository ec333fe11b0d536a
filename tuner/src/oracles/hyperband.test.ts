import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { makeInt } from "../search-space/make-parameter";
import { SearchSpace } from "../search-space/search-space";
import type { Answer } from "../study/answer";
import { Study } from "../study/study";
import { runStudy } from "../testing/run-study";
import { type HyperbandOptions, hyperband } from "./hyperband";

const objectives = { name: "score", direction: "max" } as const;

function search(options: HyperbandOptions, max = 1_000_000): Study {
  const space = new SearchSpace([makeInt("x", { min: 1, max }, [])]);
  const maxConsecutiveFailedTrials = 1000;
  const oracle = hyperband(options);
  return new Study({ oracle, objectives, space, maxConsecutiveFailedTrials, clock: () => 0 });
}

/** How many trials each round of each bracket has. */
function sizes({ trials }: Study): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { budget } of trials) {
    const key = `${budget?.bracketNumber}.${budget?.round}`;
    counts[key] = (counts[key] ?? 0) + 1;
  }
  return counts;
}

function planned(options: HyperbandOptions): Record<string, number> {
  const { rounds } = hyperband(options).plan();
  return Object.fromEntries(rounds.map((r) => [`${r.bracketNumber}.${r.round}`, r.size]));
}

const schedules = fc.record({
  maxEpochs: fc.integer({ min: 1, max: 30 }),
  factor: fc.integer({ min: 2, max: 4 }),
  seed: fc.integer({ min: 1, max: 1000 }),
});
const order = fc.array(fc.nat(), { minLength: 1, maxLength: 20 });
const workers = fc.integer({ min: 1, max: 6 });

describe("Hyperband", () => {
  it("runs the plan, whatever the number of workers and the order in which they end", () => {
    fc.assert(
      fc.property(schedules, workers, order, (options, count, ends) => {
        const study = search(options);
        let turn = 0;
        runStudy(study, {
          workers: count,
          next: (running) => ends[turn++ % ends.length] % running,
          score: ({ values }) => Number(values.x),
        });
        expect(sizes(study)).toEqual(planned(options));
      }),
      { numRuns: 60 },
    );
  });

  it("promotes completed trials of the round before to its epochs, each once", () => {
    const study = search({ maxEpochs: 27, seed: 4 });
    runStudy(study, { workers: 3, score: ({ values }, epoch) => (Number(values.x) * epoch) % 17 });
    const origins = study.trials.flatMap(({ budget }) => budget?.promotedFrom ?? []);
    expect(new Set(origins).size).toBe(origins.length);
    for (const { budget, values } of study.trials) {
      if (budget?.promotedFrom !== undefined) {
        const origin = study.trial(budget.promotedFrom);
        expect(origin.budget).toMatchObject({
          bracketNumber: budget.bracketNumber,
          round: budget.round - 1,
          epochs: budget.initialEpoch,
        });
        expect(values).toEqual(origin.values);
      }
    }
  });

  it("gives a promoted trial the defaults of what became known only after its origin", () => {
    const study = search({ maxEpochs: 3, seed: 1 });
    runStudy(study, { ends: 2, score: ({ number }) => -number });
    study.addParameters([makeInt("late", { min: 5, max: 9 }, [])]);
    runStudy(study, { ends: 2, score: ({ number }) => -number });
    const { budget, values } = study.trials[3];
    expect(budget?.promotedFrom).toBe("0000");
    expect(values).toEqual({ ...study.trials[0].values, late: 5 });
  });

  it("stops at maxTrials", () => {
    const study = search({ maxEpochs: 27, maxTrials: 12, seed: 4 });
    runStudy(study, { score: ({ values }) => Number(values.x) });
    expect(study.trials.map(({ id }) => id).at(-1)).toBe("11");
    expect(study.ask()).toEqual({ status: "STOPPED" });
  });

  it("goes on without end where iterations have none", () => {
    const study = search({
      maxEpochs: 2,
      factor: 2,
      iterations: Number.POSITIVE_INFINITY,
      seed: 4,
    });
    runStudy(study, { ends: 60, score: ({ values }) => Number(values.x) });
    expect(study.trials.at(-1)?.budget?.bracketNumber).toBeGreaterThan(15);
  });

  it("waits for running trials where no new values are left, since they may still be promoted", () => {
    const study = search({ maxEpochs: 9, seed: 1 }, 2);
    const [first, second] = [study.ask("a"), study.ask("b")] as Extract<
      Answer,
      { trial: object }
    >[];
    expect(study.ask("c")).toEqual({ status: "IDLE" });
    for (const { trial } of [first, second]) {
      study.report(trial.id, { score: 1 });
      study.end(trial.id, { status: "COMPLETED" });
    }
    expect(study.ask("c")).toEqual({ status: "STOPPED" });
  });
});

it("a space that nobody declared is found out by the first trial", () => {
  const study = new Study({ oracle: hyperband({ maxEpochs: 3, seed: 1 }), objectives });
  study.on((event) => {
    if (event.type === "start") {
      study.hyperparameters(study.trials[event.trial].id).int("x", { min: 1, max: 1_000_000 });
    }
  });
  runStudy(study, { workers: 2, score: ({ values }) => Number(values.x) });
  expect(study.trials.slice(0, 2).map(({ values }) => Object.keys(values))).toEqual([["x"], ["x"]]);
  expect(sizes(study)).toEqual(planned({ maxEpochs: 3 }));
});

describe("a trial that fails", () => {
  const options = { maxEpochs: 9, seed: 42 };
  // Of nine trials one completes: three were to be promoted.
  const score = ({ number }: { number: number }) =>
    number > 0 && number < 9 ? Number.NaN : number;

  it("is taken off its round, as in Keras Tuner, so that the bracket may stay incomplete", () => {
    const study = search(options);
    runStudy(study, { score });
    expect(sizes(study)).toEqual({ "0.0": 9, "1.0": 5, "1.1": 2, "2.0": 3 });
  });

  it('counts as the worst with failed: "last", so that what completed goes on', () => {
    const study = search({ ...options, failed: "last" });
    runStudy(study, { score });
    expect(sizes(study)).toEqual({ "0.0": 9, "0.1": 1, "0.2": 1, "1.0": 5, "1.1": 2, "2.0": 3 });
  });

  it('with failed: "last" every round has as many trials as completed ones allow', () => {
    const failing = fc.array(fc.nat({ max: 60 }), { maxLength: 30 });
    fc.assert(
      fc.property(schedules, workers, order, failing, (schedule, count, ends, failed) => {
        const study = search({ ...schedule, failed: "last" });
        let turn = 0;
        runStudy(study, {
          workers: count,
          next: (running) => ends[turn++ % ends.length] % running,
          score: ({ number, values }) => (failed.includes(number) ? Number.NaN : Number(values.x)),
        });
        for (const { bracketNumber, round, size } of study.oracle.plan().rounds) {
          const completed = study.trials.filter(
            ({ budget, status }) =>
              budget?.bracketNumber === bracketNumber &&
              budget.round === round - 1 &&
              status === "COMPLETED",
          );
          const expected = round === 0 ? size : Math.min(size, completed.length);
          expect(sizes(study)[`${bracketNumber}.${round}`] ?? 0).toBe(expected);
        }
      }),
      { numRuns: 60 },
    );
  });

  it("and one that a pruner ended counts as the worst", () => {
    const study = search({ maxEpochs: 3, seed: 1 });
    for (let i = 0; i < 3; i++) {
      const { trial } = study.ask() as Extract<Answer, { trial: object }>;
      study.report(trial.id, { score: i === 0 ? 1 : 5 });
      study.end(trial.id, { status: i === 0 ? "COMPLETED" : "PRUNED" });
    }
    expect(study.ask()).toMatchObject({ trial: { budget: { promotedFrom: "0000" } } });
  });
});
