import type { Axis } from "../numerics/axis";
import { EncodedSpace } from "../numerics/encoded-space";
import { ParzenEstimator } from "../numerics/parzen-estimator";
import { type RandomStream, randomStream } from "../numerics/random-stream";
import { requireWhole } from "../option-checks";
import type { Trial } from "../trials/trial";
import { drawUntried } from "./draw-untried";
import { type Losses, lossesOf, type ScoredTrial } from "./losses";
import type { Oracle, Proposal } from "./oracle";
import { randomSeed } from "./random-seed";

/** What a tree-structured Parzen estimator is made from. */
export interface TpeOptions {
  /** So many trials at most. */
  readonly maxTrials: number;
  /** How many trials end with a score before the model proposes; 10 by default. */
  readonly startupTrials?: number;
  /** How many points the model draws, of which it proposes the best; 24 by default. */
  readonly candidates?: number;
  /** Whether values are drawn together, so that it counts which of them went well together; true by default. */
  readonly multivariate?: boolean;
  /** A whole number; left to chance unless given. */
  readonly seed?: number;
}

const STARTUP_TRIALS = 10;
const CANDIDATES = 24;
const GOOD_SHARE = 0.1;
const MOST_GOOD = 25;
/** So many of the newest trials count in full, older ones the less the older they are. */
const FULL_WEIGHTS = 25;

/**
 * Returns the tree-structured Parzen estimator (Bergstra et al., "Algorithms for hyper-parameter optimization",
 * 2011): the best tenth of the trials makes one density of values, the others make a second one, and of some
 * values that are drawn from the first the ones are proposed where it exceeds the second most.
 * Defaults are those of Optuna 5, but for the narrowest kernels; values that were tried are not proposed again.
 *
 * Pruned trials count as worse than completed ones, the later they were pruned the better. Failed trials and
 * those that are still running count among the others, so that their neighbourhood is avoided.
 *
 * @throws DefinitionError for options out of range
 */
export function tpe(options: TpeOptions): Oracle {
  const { maxTrials, seed = randomSeed(), multivariate = true } = options;
  const { startupTrials = STARTUP_TRIALS, candidates = CANDIDATES } = options;
  requireWhole("tpe", "maxTrials", maxTrials, 1);
  requireWhole("tpe", "startupTrials", startupTrials, 1);
  requireWhole("tpe", "candidates", candidates, 1);
  return {
    name: "tpe",
    options: { ...options },
    seed,
    maxTrials,
    propose(view, draws): Proposal {
      const losses = lossesOf(view);
      const space = new EncodedSpace(view.space);
      // Draws alone would do, but studies of seeds next to each other share most of theirs. A seed left to
      // chance is no option, so that a study that is read back goes on as it would have.
      const stream = randomStream(draws.next(), options.seed);
      if (
        losses.completed.length + losses.pruned.length >= startupTrials &&
        space.axes.length > 0
      ) {
        const points = multivariate
          ? jointPoints(space, losses, candidates, stream)
          : independentPoints(space, losses, candidates, stream);
        for (const point of points) {
          const values = space.decode(point);
          if (!view.hasTried(values)) {
            return { kind: "run", values };
          }
        }
      }
      const values = drawUntried(view, { next: stream });
      return values === undefined ? { kind: "stop" } : { kind: "run", values };
    },
    plan: () => ({ trials: maxTrials, epochs: undefined, rounds: [] }),
  };
}

/** Points in all dimensions at once, the best first. */
function jointPoints(
  space: EncodedSpace,
  losses: Losses,
  count: number,
  stream: RandomStream,
): Float64Array[] {
  const { good, others } = split(losses);
  const encode = (trials: readonly Trial[]) => trials.map((trial) => space.encode(trial.values));
  const [first, second] = [
    estimate(space.axes, encode(good)),
    estimate(space.axes, encode(others)),
  ];
  const points = Array.from({ length: count }, () => space.withoutInactive(first.sample(stream)));
  return byRatio(points, first, second);
}

/** Points whose coordinates were chosen one by one: all best ones, all second best ones, and so on. */
function independentPoints(
  space: EncodedSpace,
  losses: Losses,
  count: number,
  stream: RandomStream,
): Float64Array[] {
  const { good, others } = split(losses);
  const goodPoints = good.map((trial) => space.encode(trial.values));
  const otherPoints = others.map((trial) => space.encode(trial.values));
  const columns = space.axes.map((axis, j) => {
    const column = (points: readonly Float64Array[]) =>
      points.map((point) => point.subarray(j, j + 1)).filter(([x]) => !Number.isNaN(x));
    const [first, second] = [
      estimate([axis], column(goodPoints)),
      estimate([axis], column(otherPoints)),
    ];
    const points = Array.from({ length: count }, () => first.sample(stream));
    return byRatio(points, first, second);
  });
  return Array.from({ length: count }, (_, rank) =>
    Float64Array.from(columns, (column) => column[rank]?.[0] as number),
  );
}

/** Sorted by how much the first density exceeds the second. */
function byRatio(
  points: readonly Float64Array[],
  first: ParzenEstimator,
  second: ParzenEstimator,
): Float64Array[] {
  return points
    .map((point) => ({ point, ratio: first.logDensity(point) - second.logDensity(point) }))
    .sort((a, b) => b.ratio - a.ratio)
    .map(({ point }) => point);
}

function estimate(axes: readonly Axis[], points: readonly Float64Array[]): ParzenEstimator {
  return new ParzenEstimator(axes, points, weightsOf(points.length));
}

/** Weights of trials in the order of creation; Bergstra, Yamins and Cox 2013, as Optuna has them. */
function weightsOf(count: number): Float64Array {
  const weights = new Float64Array(count).fill(1);
  const ramp = count - FULL_WEIGHTS;
  for (let index = 0; index < ramp; index++) {
    weights[index] = 1 / count + ((1 - 1 / count) * index) / Math.max(1, ramp - 1);
  }
  return weights;
}

/** The best trials and the others, each in the order of creation. */
function split({ completed, pruned, failed, pending }: Losses): { good: Trial[]; others: Trial[] } {
  const ranked = [
    ...completed.toSorted((a, b) => a.loss - b.loss),
    ...pruned.toSorted((a, b) => lastStep(b) - lastStep(a) || a.loss - b.loss),
  ].map(({ trial }) => trial);
  const good = new Set(ranked.slice(0, Math.min(MOST_GOOD, Math.ceil(GOOD_SHARE * ranked.length))));
  const all = [...completed, ...pruned].map(({ trial }) => trial).concat(failed, pending);
  all.sort((a, b) => a.number - b.number);
  return {
    good: all.filter((trial) => good.has(trial)),
    others: all.filter((trial) => !good.has(trial)),
  };
}

function lastStep({ trial }: ScoredTrial): number {
  let last = 0;
  for (const reports of trial.metrics.values()) {
    last = Math.max(last, reports.at(-1)?.step ?? 0);
  }
  return last;
}
