import { DefinitionError } from "../../errors";
import { gridDensity } from "./grid-density";
import { isSingle, type Observation } from "./observations";

/** Between which trials PED-ANOVA looks for differences. */
export interface PedAnovaOptions {
  /** The share of trials that count as good; 0.1 by default. */
  readonly targetQuantile?: number;
  /** The share of trials with which the good ones are compared; 1 by default: all. */
  readonly regionQuantile?: number;
  /**
   * True, the default: compares with where the trials were. False: with the whole space, as if they had
   * been spread evenly.
   */
  readonly evaluateOnLocal?: boolean;
}

/** Fewer trials say nothing about a range. */
const LEAST_TRIALS = 2;
/** Keeps densities from being 0. */
const FLOOR = 1e-12;

/**
 * Returns how much the good trials' values differ from those of the others, by parameter, 0 or more:
 * the Pearson divergence of their densities. For parameters that are not always active it is the
 * conditional variant.
 *
 * Sources: Watanabe et al., "PED-ANOVA: Efficiently Quantifying Hyperparameter Importance in Arbitrary
 * Subspaces" (2023); its conditional extension, theorem 4.2, arXiv 2601.20800; as Optuna 5.0.0's
 * `PedAnovaImportanceEvaluator` has them.
 *
 * @throws DefinitionError `bad-importance-option` for quantiles that don't fit
 */
export function pedAnova(
  observations: readonly Observation[],
  names: readonly string[],
  options: PedAnovaOptions = {},
): Map<string, number> {
  const { targetQuantile = 0.1, regionQuantile = 1, evaluateOnLocal = true } = options;
  if (!(targetQuantile > 0 && targetQuantile < regionQuantile && regionQuantile <= 1)) {
    throw new DefinitionError(
      "bad-importance-option",
      `PED-ANOVA compares the best ${targetQuantile} with the best ${regionQuantile} of the trials: ` +
        "expected 0 < targetQuantile < regionQuantile <= 1.",
      { targetQuantile, regionQuantile },
    );
  }
  if (observations.length < LEAST_TRIALS) return new Map(names.map((name) => [name, 0]));
  const region = best(observations, regionQuantile);
  const target = new Set(best(observations, targetQuantile));
  const share = target.size / region.length;
  return new Map(
    names.map((name) => {
      let sum = 0;
      for (const regime of regimesOf(name, region)) {
        const good = regime.filter((observation) => target.has(observation));
        const goodShare = good.length / target.size;
        const weight = goodShare ** 2 / (regime.length / region.length);
        sum += weight * divergence(name, good, regime, evaluateOnLocal);
      }
      return [name, sum * share ** 2];
    }),
  );
}

/** The best share of the trials, with all that are as good as the last of them. */
function best(observations: readonly Observation[], quantile: number): readonly Observation[] {
  if (quantile === 1) return observations;
  const losses = observations.map(({ loss }) => loss).sort((a, b) => a - b);
  const limit = losses[Math.ceil(quantile * losses.length) - 1] as number;
  return observations.filter(({ loss }) => loss <= limit);
}

/** The trials in which a parameter was active, apart for each of the ranges it can have. */
function regimesOf(name: string, observations: readonly Observation[]): Observation[][] {
  const regimes = new Map<string, Observation[]>();
  for (const observation of observations) {
    const distribution = observation.values.get(name)?.distribution;
    if (distribution === undefined) continue;
    const key = JSON.stringify(distribution);
    regimes.set(key, [...(regimes.get(key) ?? []), observation]);
  }
  return [...regimes.values()].filter(({ length }) => length >= LEAST_TRIALS);
}

function divergence(
  name: string,
  good: readonly Observation[],
  regime: readonly Observation[],
  evaluateOnLocal: boolean,
): number {
  const distribution = regime[0]?.values.get(name)?.distribution;
  if (distribution === undefined || isSingle(distribution) || good.length === 0) return 0;
  const density = (observations: readonly Observation[]) => {
    const internals = observations.map(({ values }) => values.get(name)?.internal as number);
    return gridDensity(distribution, internals).map((probability) => probability + FLOOR);
  };
  const goodDensity = density(good);
  const flat = 1 / goodDensity.length;
  const local = evaluateOnLocal ? density(regime) : goodDensity.map(() => flat);
  return local.reduce((sum, probability, index) => {
    const ratio = (goodDensity[index] as number) / probability;
    return sum + probability * (ratio - 1) ** 2;
  }, 0);
}
