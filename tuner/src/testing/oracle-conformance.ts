import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Oracle } from "../oracles/oracle";
import { checkValues } from "../search-space/check-values";
import { makeBoolean, makeChoice, makeFloat, makeInt } from "../search-space/make-parameter";
import type { Parameter } from "../search-space/parameter";
import { SearchSpace } from "../search-space/search-space";
import { SeededDraws } from "../study/seeded-draws";
import { Study } from "../study/study";
import type { Trial } from "../trials/trial";
import { ArrayStorage } from "./array-storage";
import { runStudy } from "./run-study";

/** What the suite has to know of an oracle. */
export interface OracleUnderTest {
  /** Makes one that ends after at most 60 trials. */
  readonly make: (seed: number) => Oracle;
  /** How many random searches are run for each rule; 20 unless given. */
  readonly runs?: number;
}

const conditional: readonly Parameter[] = [
  makeChoice("kind", ["dense", "lstm"], {}, []),
  makeInt("units", { min: 8, max: 64, step: 8 }, [{ parent: "kind", values: ["dense"] }]),
  makeInt("cells", { min: 1, max: 3 }, [{ parent: "kind", values: ["lstm"] }]),
  makeFloat("rate", { min: 1e-4, max: 0.1, sampling: "log" }, []),
  makeBoolean("norm", {}, []),
];
const spaces = fc
  .subarray([...conditional.slice(3), makeFloat("momentum", { min: 0, max: 0.9, step: 0.1 }, [])])
  .map((some) => new SearchSpace([...conditional.slice(0, 3), ...some]));

/** A search, and how its workers get on. */
const searches = fc.record({
  seed: fc.integer({ min: 1, max: 10_000 }),
  space: spaces,
  workers: fc.integer({ min: 1, max: 4 }),
  order: fc.array(fc.nat({ max: 1000 }), { minLength: 1, maxLength: 20 }),
  failing: fc.array(fc.nat({ max: 59 }), { maxLength: 10 }),
  ends: fc.integer({ min: 0, max: 25 }),
});
type Search = typeof searches extends fc.Arbitrary<infer Value> ? Value : never;

/**
 * Tests that hold for every oracle: what it proposes is possible, it depends on nothing but what it is shown,
 * so that a search that is read back goes on as if nothing had happened, and it comes to an end.
 */
export function testOracle(name: string, { make, runs = 20 }: OracleUnderTest): void {
  const check = (rule: (search: Search) => void) =>
    fc.assert(fc.property(searches, rule), { numRuns: runs });

  const open = ({ seed, space }: Search, storage?: ArrayStorage) =>
    new Study({
      oracle: make(seed),
      objectives: { name: "score", direction: "min" },
      space,
      maxConsecutiveFailedTrials: 1000,
      maxRetriesPerTrial: 1,
      storage,
      clock: () => 0,
    });

  const go = (study: Study, { workers, order, failing }: Search, ends?: number) => {
    const left = ends === undefined ? {} : { ends };
    let turn = study.view.endedRuns.length;
    return runStudy(study, {
      workers,
      next: (running) => order[turn++ % order.length] % running,
      score: (trial, epoch) => (failing.includes(trial.number) ? Number.NaN : loss(trial, epoch)),
      ...left,
    });
  };

  describe(`${name}, as every oracle`, () => {
    it("proposes possible values for the active parameters, and sensible budgets", () => {
      check((search) => {
        const study = open(search);
        study.on((event) => {
          if (event.type === "start") {
            const { values, budget } = study.trials[event.trial];
            expect(checkValues(study.space, values)).toEqual(values);
            expectSensible(study, budget);
          }
        });
        go(study, search, 25);
        expect(study.trials.length).toBeGreaterThan(0);
      });
    });

    it("is a function of what it sees: asked twice, it answers the same", () => {
      check((search) => {
        const study = open(search);
        go(study, search, search.ends);
        const before = structuredClone(study.trials);
        const answers = [1, 2].map(() => {
          const draws = new SeededDraws(study.seedState);
          return { proposal: study.oracle.propose(study.view, draws), state: draws.state };
        });
        expect(answers[1]).toEqual(answers[0]);
        expect(study.trials).toEqual(before);
      });
    });

    it("goes on after a crash as it would have without", () => {
      check((search) => {
        const undisturbed = open(search);
        const ends = search.ends % go(undisturbed, search).length;
        const storage = new ArrayStorage();
        go(open(search, storage), search, ends);
        const resumed = open(search, storage);
        go(resumed, search);
        expect(resumed.trials).toEqual(undisturbed.trials);
      });
    });

    it("comes to an end", () => {
      check((search) => {
        const study = open(search);
        go(study, search);
        expect(study.running.size).toBe(0);
        expect(study.trials.length).toBeLessThanOrEqual(60);
      });
    });

    it("has options that survive JSON", () => {
      const { options, seed } = make(7);
      expect(JSON.parse(JSON.stringify(options))).toEqual(options);
      expect(seed).toBe(7);
    });
  });
}

function loss({ values }: Trial, epoch: number): number {
  const size = Object.values(values).reduce<number>((sum, value) => sum + String(value).length, 0);
  return ((size * 37) % 11) + 1 / (epoch + 1);
}

function expectSensible(study: Study, budget: Trial["budget"]): void {
  if (budget === undefined) {
    return;
  }
  expect(budget.initialEpoch).toBeGreaterThanOrEqual(0);
  expect(budget.epochs).toBeGreaterThan(budget.initialEpoch);
  expect(budget.round).toBeLessThanOrEqual(budget.bracket);
  expect(budget.promotedFrom === undefined).toBe(budget.initialEpoch === 0);
  if (budget.promotedFrom !== undefined) {
    const origin = study.trial(budget.promotedFrom);
    expect(origin).toMatchObject({ status: "COMPLETED", budget: { epochs: budget.initialEpoch } });
  }
}
