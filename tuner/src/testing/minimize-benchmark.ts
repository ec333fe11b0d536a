import { pythonRandom } from "../numerics/python-random";
import type { Oracle, StudyView } from "../oracles/oracle";
import { makeFloat } from "../search-space/make-parameter";
import type { Values } from "../search-space/parameter";
import { SearchSpace } from "../search-space/search-space";
import { valuesText } from "../search-space/values-text";
import type { Trial } from "../trials/trial";
import type { BenchmarkFunction } from "./benchmark-functions";

/**
 * Returns the regret of an oracle on a function: the best value that it found in so many trials, minus the
 * minimum.
 */
export function regretOf(oracle: Oracle, benchmark: BenchmarkFunction, trialCount: number): number {
  const space = new SearchSpace(
    benchmark.bounds.map(([min, max], index) => makeFloat(`x${index}`, { min, max }, [])),
  );
  const trials: Trial[] = [];
  const tried = new Set<string>();
  let state = oracle.seed;
  const draws = { next: () => pythonRandom(state++) };
  let best = Number.POSITIVE_INFINITY;
  for (let number = 0; number < trialCount; number++) {
    const view: StudyView = {
      space,
      objectives: [{ name: "value", direction: "min" }],
      trials,
      ended: trials,
      endedRuns: trials.map((trial) => trial.number),
      lastVainDraw: undefined,
      nextId: String(number),
      hasTried: (values: Values) => tried.has(valuesText(values)),
    };
    const proposal = oracle.propose(view, draws);
    if (proposal.kind !== "run") {
      throw new Error(`the oracle answered "${proposal.kind}" at trial ${number}`);
    }
    const { values } = proposal;
    const score = benchmark.value(benchmark.bounds.map((_, index) => Number(values[`x${index}`])));
    best = Math.min(best, score);
    tried.add(valuesText(values));
    trials.push({
      id: String(number),
      number,
      status: "COMPLETED",
      values,
      budget: undefined,
      runs: 1,
      metrics: new Map(),
      score,
      bestStep: 0,
      message: undefined,
      startedAt: undefined,
      endedAt: undefined,
      attributes: {},
    });
  }
  return best - benchmark.minimum;
}
