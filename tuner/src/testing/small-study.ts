import { randomSearch } from "../oracles/random-search";
import { makeChoice, makeInt } from "../search-space/make-parameter";
import { SearchSpace } from "../search-space/search-space";
import { Study } from "../study/study";
import type { StudyOptions } from "../study/study-options";

/** A space of 48 combinations. */
export const SMALL_SPACE = new SearchSpace([
  makeInt("units", { min: 32, max: 512, step: 32 }, []),
  makeChoice("rate", [0.01, 0.001, 0.0001], {}, []),
]);

/** The objective of {@link smallStudy}. */
export const SCORE = { name: "score", direction: "max" } as const;

/** Returns a study of eight random trials in which it is always seven o'clock. */
export function smallStudy(options: Partial<StudyOptions> = {}): Study {
  const oracle = randomSearch({ maxTrials: 8, seed: 42 });
  return new Study({ oracle, objectives: SCORE, space: SMALL_SPACE, clock: () => 7, ...options });
}

/**
 * Asks, reports a score, ends.
 *
 * @returns the trial's id
 * @throws Error where nothing is left to do
 */
export function runTrial(search: Study, value: number, worker = "0"): string {
  const answer = search.ask(worker);
  if (answer.status !== "RUNNING") throw new Error(answer.status);
  search.report(answer.trial.id, { score: value });
  return search.end(answer.trial.id, { status: "COMPLETED" }).id;
}
