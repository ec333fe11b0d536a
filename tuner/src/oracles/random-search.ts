import { requireWhole } from "../option-checks";
import { drawUntried } from "./draw-untried";
import type { Oracle } from "./oracle";
import { randomSeed } from "./random-seed";

/** What random search is made from. */
export interface RandomSearchOptions {
  /** So many trials at most. */
  readonly maxTrials: number;
  /** A whole number; left to chance unless given. */
  readonly seed?: number;
}

/**
 * Returns random search: every trial's values are drawn by themselves, those that were tried are drawn
 * again. The search ends after `maxTrials`, or when 21 draws in a row were repeats.
 *
 * Trial for trial `keras_tuner.oracles.RandomSearchOracle` 1.4.8.
 *
 * @throws DefinitionError for options out of range
 */
export function randomSearch(options: RandomSearchOptions): Oracle {
  const { maxTrials, seed = randomSeed() } = options;
  requireWhole("randomSearch", "maxTrials", maxTrials, 1);
  return {
    name: "random",
    options: { ...options },
    seed,
    maxTrials,
    propose(view, draws) {
      const values = drawUntried(view, draws);
      return values === undefined ? { kind: "stop" } : { kind: "run", values };
    },
    plan: () => ({ trials: maxTrials, epochs: undefined, rounds: [] }),
  };
}
