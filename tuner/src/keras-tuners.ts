/** Tuners by Keras Tuner's names, called as its users know them: a builder, then options. */
import { bayesianOptimization } from "./oracles/bayesian-optimization";
import { gridSearch } from "./oracles/grid-search";
import { hyperband } from "./oracles/hyperband";
import type { Oracle } from "./oracles/oracle";
import { randomSearch } from "./oracles/random-search";
import type { SearchSpace } from "./search-space/search-space";
import type { ModelBuilder } from "./tfjs/fit-trial";
import { Tuner } from "./tuner";
import type { TunerOptions } from "./tuner-options";

/** What all of them take. */
export interface KerasTunerOptions
  extends Omit<TunerOptions, "build" | "run" | "oracle" | "space" | "name" | "folder"> {
  readonly seed?: number;
  /** Parameters that are known before the first model is built. */
  readonly hyperparameters?: SearchSpace;
  /** Where studies are kept; in memory by default. */
  readonly directory?: string;
  /** The study's own folder in `directory`; `untitled_project` by default. */
  readonly projectName?: string;
}

/** Draws values at random, none twice. */
export class RandomSearch extends Tuner {
  /** @param options `maxTrials` is 10 by default */
  constructor(build: ModelBuilder, options: KerasTunerOptions & { readonly maxTrials?: number }) {
    const { maxTrials = 10, seed } = options;
    super(tunerOptions(build, randomSearch({ maxTrials, ...seeded(seed) }), options));
  }
}

/** Tries all combinations of values. */
export class GridSearch extends Tuner {
  /** @param options all combinations are tried unless `maxTrials` is given */
  constructor(build: ModelBuilder, options: KerasTunerOptions & { readonly maxTrials?: number }) {
    const { maxTrials, seed } = options;
    const limit = maxTrials === undefined ? {} : { maxTrials };
    super(tunerOptions(build, gridSearch({ ...limit, ...seeded(seed) }), options));
  }
}

/** Trains many models a little and the best of them longer (Li et al. 2018). */
export class Hyperband extends Tuner {
  /** @param options `maxEpochs` is 100 by default, `factor` 3, `hyperbandIterations` 1 */
  constructor(
    build: ModelBuilder,
    options: KerasTunerOptions & {
      readonly maxEpochs?: number;
      readonly factor?: number;
      readonly hyperbandIterations?: number;
    },
  ) {
    const { maxEpochs = 100, factor = 3, hyperbandIterations: iterations = 1, seed } = options;
    const oracle = hyperband({ maxEpochs, factor, iterations, ...seeded(seed) });
    super(tunerOptions(build, oracle, options));
  }
}

/** Learns from the trials by a Gaussian process where better values may be. */
export class BayesianOptimization extends Tuner {
  /** @param options `maxTrials` is 10 by default */
  constructor(
    build: ModelBuilder,
    options: KerasTunerOptions & {
      readonly maxTrials?: number;
      readonly numInitialPoints?: number;
    },
  ) {
    const { maxTrials = 10, numInitialPoints, seed } = options;
    const initial = numInitialPoints === undefined ? {} : { numInitialPoints };
    const oracle = bayesianOptimization({ maxTrials, ...initial, ...seeded(seed) });
    super(tunerOptions(build, oracle, options));
  }
}

function seeded(seed: number | undefined): { readonly seed?: number } {
  return seed === undefined ? {} : { seed };
}

function tunerOptions(
  build: ModelBuilder,
  oracle: Oracle,
  { hyperparameters, directory, projectName = "untitled_project", ...options }: KerasTunerOptions,
): TunerOptions {
  return {
    ...options,
    build,
    oracle,
    name: projectName,
    ...(hyperparameters === undefined ? {} : { space: hyperparameters }),
    ...(directory === undefined ? {} : { folder: `${directory}/${projectName}` }),
  };
}
