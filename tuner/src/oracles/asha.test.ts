import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DefinitionError } from "../errors";
import { makeInt } from "../search-space/make-parameter";
import { SearchSpace } from "../search-space/search-space";
import { Study } from "../study/study";
import { runStudy } from "../testing/run-study";
import type { Trial } from "../trials/trial";
import { type AshaOptions, asha } from "./asha";

const space = new SearchSpace([makeInt("x", { min: 0, max: 1_000_000 }, [])]);
const objectives = { name: "score", direction: "max" } as const;

function search(options: AshaOptions): Study {
  return new Study({ oracle: asha(options), objectives, space, clock: () => 0 });
}

/**
 * Algorithm 2 of Li et al. 2020, on configurations instead of trials and on a table of losses instead of a
 * study: `get_job` and `top_k` line by line. The paper leaves open which of equal losses is better;
 * here the one that began earlier on its rung.
 */
class ReferenceAsha {
  readonly #rungs: Map<string, { readonly loss: number; readonly began: number }>[];
  readonly #promoted: Set<string>[];

  constructor(
    rungs: number,
    readonly eta: number,
  ) {
    this.#rungs = Array.from({ length: rungs }, () => new Map());
    this.#promoted = Array.from({ length: rungs }, () => new Set());
  }

  report(configuration: string, rung: number, loss: number, began: number): void {
    this.#rungs[rung].set(configuration, { loss, began });
  }

  /** The configuration and the rung that it is promoted to; undefined for a new configuration. */
  job(): readonly [string, number] | undefined {
    for (let k = this.#rungs.length - 2; k >= 0; k--) {
      const entries = [...this.#rungs[k]].sort(
        ([, a], [, b]) => a.loss - b.loss || a.began - b.began,
      );
      const top = entries.slice(0, Math.floor(entries.length / this.eta));
      const [candidate] = top.map(([name]) => name).filter((name) => !this.#promoted[k].has(name));
      if (candidate !== undefined) {
        this.#promoted[k].add(candidate);
        return [candidate, k + 1];
      }
    }
    return undefined;
  }
}

/** The id of the trial with which a configuration began. */
function configurationOf(study: Study, trial: Trial): string {
  const origin = trial.budget?.promotedFrom;
  return origin === undefined ? trial.id : configurationOf(study, study.trial(origin));
}

describe("ASHA", () => {
  it("promotes what the paper's algorithm promotes, whatever the order in which workers end", () => {
    const cases = fc.record({
      factor: fc.integer({ min: 2, max: 4 }),
      rungs: fc.integer({ min: 1, max: 4 }),
      workers: fc.integer({ min: 1, max: 6 }),
      seed: fc.integer({ min: 1, max: 1000 }),
      order: fc.array(fc.nat(), { minLength: 1, maxLength: 40 }),
      levels: fc.integer({ min: 2, max: 1000 }),
    });
    fc.assert(
      fc.property(cases, ({ factor, rungs, workers, seed, order, levels }) => {
        const maxEpochs = factor ** (rungs - 1);
        const study = search({ maxEpochs, factor, maxTrials: 60, seed });
        const reference = new ReferenceAsha(rungs, factor);
        const differences: unknown[] = [];
        study.on((event) => {
          const trial = "trial" in event ? study.trials[event.trial] : undefined;
          const rung = trial?.budget?.round;
          if (trial === undefined || rung === undefined) {
            return;
          }
          const configuration = configurationOf(study, trial);
          if (event.type === "end") {
            const loss = -(trial.score ?? Number.NaN);
            reference.report(configuration, rung, loss, trial.number);
          }
          if (event.type === "start") {
            const expected = reference.job() ?? [trial.id, 0];
            if (expected[0] !== configuration || expected[1] !== rung) {
              differences.push({ expected, got: [configuration, rung] });
            }
          }
        });
        let turn = 0;
        runStudy(study, {
          workers,
          next: (running) => order[turn++ % order.length] % running,
          score: ({ values }, epoch) => (Number(values.x) * (epoch + 7)) % levels,
        });
        expect(study.trials).toHaveLength(60);
        expect(differences).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  it("trains each rung factor times as long, the last one in full", () => {
    const study = search({ maxEpochs: 20, factor: 3, minEpochs: 2, configurations: 30, seed: 1 });
    runStudy(study, { score: ({ values }, epoch) => Number(values.x) * (epoch + 1) });
    const budgets = study.trials.map(({ budget }) => [
      budget?.round,
      budget?.initialEpoch,
      budget?.epochs,
    ]);
    const different = [...new Set(budgets.map((budget) => budget.join(" ")))];
    expect(different.sort()).toEqual(["0 0 2", "1 2 6", "2 6 18", "3 18 20"]);
  });

  it("ends with the last promotion of so many configurations", () => {
    const study = search({ maxEpochs: 9, configurations: 27, seed: 5 });
    runStudy(study, { workers: 4, score: ({ values }) => Number(values.x) });
    const rungs = study.trials.map(({ budget }) => budget?.round ?? -1);
    const count = (rung: number) => rungs.filter((round) => round === rung).length;
    expect(count(0)).toBe(27);
    // A bound of the paper: no rung has less than 1 / eta of the one below, rounded down.
    expect(count(1)).toBeGreaterThanOrEqual(9);
    expect(count(2)).toBeGreaterThanOrEqual(Math.floor(count(1) / 3));
    expect(study.ask()).toEqual({ status: "STOPPED" });
  });

  it("leaves out the lowest rungs at a lower early-stopping rate", () => {
    const study = search({ maxEpochs: 27, earlyStoppingRate: 2, configurations: 3, seed: 1 });
    expect(study.ask()).toMatchObject({ trial: { budget: { epochs: 9, bracket: 1 } } });
  });

  it("never promotes a trial that failed", () => {
    const study = search({ maxEpochs: 3, configurations: 6, seed: 1 });
    const bad = new Set(["0000", "0002"]);
    runStudy(study, { score: ({ id }) => (bad.has(id) ? Number.NaN : 1) });
    const promoted = study.trials.flatMap(({ budget }) => budget?.promotedFrom ?? []);
    expect(promoted).toEqual(["0001"]);
  });

  it.each([
    { maxEpochs: 9 },
    { maxEpochs: 0, maxTrials: 3 },
    { maxEpochs: 9, maxTrials: 3, factor: 1 },
    { maxEpochs: 9, maxTrials: 0 },
    { maxEpochs: 9, configurations: 2.5 },
    { maxEpochs: 9, maxTrials: 3, minEpochs: 3, earlyStoppingRate: 2 },
  ])("refuses options out of range: %j", (options) => {
    expect(() => asha(options)).toThrow(DefinitionError);
  });
});
