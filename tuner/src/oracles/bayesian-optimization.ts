import { DefinitionError } from "../errors";
import { type Acquisition, confidenceBound, logExpectedImprovement } from "../numerics/acquisition";
import { bestPoints, type Goodness, type RatedPoint } from "../numerics/best-points";
import { EncodedSpace } from "../numerics/encoded-space";
import { anisotropicFamily, isotropicFamily } from "../numerics/kernel-families";
import type { KernelFamily } from "../numerics/kernel-fit";
import { type RandomStream, randomStream } from "../numerics/random-stream";
import { badOption, requireWhole } from "../option-checks";
import { drawUntried } from "./draw-untried";
import { lossesOf } from "./losses";
import type { Oracle, Proposal } from "./oracle";
import { randomSeed } from "./random-seed";
import { compressed, type Surrogate, surrogateOf } from "./surrogate";

/** What Bayesian optimisation is made from. */
export interface BayesianOptimizationOptions {
  /** So many trials at most. */
  readonly maxTrials: number;
  /** How many random trials end with a score before the model proposes; three for each parameter by default. */
  readonly numInitialPoints?: number;
  /**
   * What the model assumes. "anisotropic", the default: each parameter has a length scale of its own, noise is
   * estimated, and bad scores differ less than good ones. "isotropic", as Keras Tuner: all parameters share one
   * length scale, and the noise is `alpha`.
   */
  readonly surrogate?: "anisotropic" | "isotropic";
  /**
   * By what points are compared. "expected-improvement" is the default; "confidence-bound", as in Keras Tuner,
   * where `beta` is given.
   */
  readonly acquisition?: "expected-improvement" | "confidence-bound";
  /** The variance of the noise, that of the scores being 1. Estimated by default; with "isotropic" 1e-4. */
  readonly alpha?: number;
  /** How many standard deviations the confidence bound lies from the mean: more explores more; 2.6 by default. */
  readonly beta?: number;
  /** A whole number; left to chance unless given. */
  readonly seed?: number;
}

const NAME = "bayesianOptimization";
const INITIAL_POINTS_PER_PARAMETER = 3;
const KERAS_TUNER_ALPHA = 1e-4;
const KERAS_TUNER_BETA = 2.6;
/** Near so many of the best points others are tried. */
const NEAR = 5;

/**
 * Returns Bayesian optimisation: a Gaussian process with a Matern 5/2 kernel is fitted to the scores, and the
 * point is proposed from which it expects most (Jones, Schonlau and Welch, "Efficient global optimization",
 * 1998; Snoek, Larochelle and Adams, "Practical Bayesian optimization of machine learning algorithms",
 * 2012). What trials without a score count as, see `surrogate.ts`.
 *
 * The first trials are random, trial for trial those of `keras_tuner.oracles.BayesianOptimizationOracle` 1.4.8.
 * Values that were tried are not proposed again; the search ends when random search would find none either.
 *
 * @throws DefinitionError for options out of range, or that exclude each other
 */
export function bayesianOptimization(options: BayesianOptimizationOptions): Oracle {
  const { maxTrials, numInitialPoints, seed = randomSeed() } = options;
  requireWhole(NAME, "maxTrials", maxTrials, 1);
  if (numInitialPoints !== undefined) {
    requireWhole(NAME, "numInitialPoints", numInitialPoints, 1);
  }
  const family = familyOf(options);
  const scale = options.surrogate === "isotropic" ? undefined : compressed;
  const acquisitionFor = acquisitionOf(options);
  return {
    name: "bayesian",
    options: { ...options },
    seed,
    maxTrials,
    propose(view, draws): Proposal {
      const losses = lossesOf(view);
      const space = new EncodedSpace(view.space);
      const initial =
        numInitialPoints ??
        Math.max(INITIAL_POINTS_PER_PARAMETER * view.space.parameters.length, 3);
      if (losses.completed.length + losses.pruned.length >= initial && space.axes.length > 0) {
        const surrogate = surrogateOf(space, losses, family, scale);
        const stream = randomStream(draws.next(), options.seed);
        for (const { point } of promisingPoints(space, surrogate, acquisitionFor, stream)) {
          const values = space.decode(point);
          if (!view.hasTried(values)) {
            return { kind: "run", values };
          }
        }
      }
      const values = drawUntried(view, draws);
      return values === undefined ? { kind: "stop" } : { kind: "run", values };
    },
    plan: () => ({ trials: maxTrials, epochs: undefined, rounds: [] }),
  };
}

/** Points from which the surrogate expects most, best first. */
function promisingPoints(
  space: EncodedSpace,
  { process, least, ranked }: Surrogate,
  acquisitionFor: (least: number) => Acquisition,
  stream: RandomStream,
): RatedPoint[] {
  const acquisition = acquisitionFor(least);
  const gradients = {
    mean: new Float64Array(space.axes.length),
    std: new Float64Array(space.axes.length),
  };
  const goodness: Goodness = (point, gradient) => {
    const at = space.isConditional ? space.withDefaults(space.withoutInactive(point)) : point;
    const { mean, std } = process.predictStandardized(at, gradient && gradients);
    const { value, byMean, byStd } = acquisition(mean, std);
    if (gradient !== undefined) {
      for (let j = 0; j < gradient.length; j++) {
        gradient[j] = byMean * (gradients.mean[j] as number) + byStd * (gradients.std[j] as number);
      }
    }
    return value;
  };
  return bestPoints({
    axes: space.axes,
    goodness,
    near: ranked.slice(0, NEAR),
    isActive: space.isConditional
      ? (point) => Array.from(space.withoutInactive(point), (x) => !Number.isNaN(x))
      : undefined,
    stream,
  });
}

function familyOf({ surrogate = "anisotropic", alpha }: BayesianOptimizationOptions): KernelFamily {
  requireOneOf("surrogate", surrogate, ["anisotropic", "isotropic"]);
  requirePositive("alpha", alpha);
  return surrogate === "isotropic"
    ? isotropicFamily(alpha ?? KERAS_TUNER_ALPHA)
    : anisotropicFamily(alpha);
}

function acquisitionOf(options: BayesianOptimizationOptions): (least: number) => Acquisition {
  const { beta } = options;
  const { acquisition = beta === undefined ? "expected-improvement" : "confidence-bound" } =
    options;
  requireOneOf("acquisition", acquisition, ["expected-improvement", "confidence-bound"]);
  requirePositive("beta", beta);
  if (acquisition === "confidence-bound") {
    return () => confidenceBound(beta ?? KERAS_TUNER_BETA);
  }
  if (beta !== undefined) {
    throw new DefinitionError(
      "contradictory-options",
      `${NAME}: beta is the confidence bound's, and acquisition is "${acquisition}": leave one out.`,
      { acquisition, beta },
    );
  }
  return logExpectedImprovement;
}

function requirePositive(name: string, value: number | undefined): void {
  if (value !== undefined && !(value > 0 && Number.isFinite(value))) {
    throw badOption(NAME, name, value, "a number above 0");
  }
}

function requireOneOf(name: string, value: string, names: readonly string[]): void {
  if (!names.includes(value)) {
    const expected = names.map((one) => `"${one}"`).join(" or ");
    throw new DefinitionError(
      "unknown-option",
      `${NAME}: expected ${name} to be ${expected}, got "${value}"`,
      { name, value },
    );
  }
}
