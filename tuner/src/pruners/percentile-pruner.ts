import { requireNumber, requireWhole } from "../option-checks";
import type { Pruner } from "./pruner";
import { type PruningStepOptions, pruningSteps } from "./pruning-steps";
import { bestOf, reportedValues, valueAtStep } from "./reported-values";

/** When the median and the percentile pruner look, and at how many trials. */
export interface MedianPrunerOptions extends PruningStepOptions {
  /** Prunes nothing before so many trials are completed; 5 by default. */
  readonly startupTrials?: number;
  /** Prunes only where so many completed trials reported at the same step; 1 by default. */
  readonly minTrials?: number;
}

/** What the percentile pruner keeps, and when it looks. */
export interface PercentilePrunerOptions extends MedianPrunerOptions {
  /** The share of trials that may go on, in percent: 25 keeps the best quarter. */
  readonly percentile: number;
}

/**
 * Returns a pruner that ends a trial whose best value so far is worse than the given percentile of
 * what the completed trials had reported at the same step. A trial that has only reported NaN ends.
 *
 * Options, defaults and decisions are those of Optuna 5.0.0's `PercentilePruner`.
 *
 * @throws DefinitionError `out-of-range`
 */
export function percentilePruner(options: PercentilePrunerOptions): Pruner {
  return pruneBelow("percentile", options.percentile, options);
}

/**
 * Returns a pruner that ends a trial whose best value so far is worse than the median of what the
 * completed trials had reported at the same step: `percentilePruner` with 50.
 *
 * Options, defaults and decisions are those of Optuna 5.0.0's `MedianPruner`.
 *
 * @throws DefinitionError `out-of-range`
 */
export function medianPruner(options: MedianPrunerOptions = {}): Pruner {
  return pruneBelow("median", 50, options);
}

function pruneBelow(name: string, percentile: number, options: MedianPrunerOptions): Pruner {
  const owner = `the ${name} pruner`;
  const share = requireNumber(owner, "percentile", percentile, [0, 100]);
  const startupTrials = requireWhole(owner, "startupTrials", options.startupTrials ?? 5, 0);
  const minTrials = requireWhole(owner, "minTrials", options.minTrials ?? 1, 1);
  const isDue = pruningSteps(owner, options);
  return {
    name,
    judge(trial, others, metric) {
      const completed = others.filter(({ status }) => status === "COMPLETED");
      if (completed.length === 0 || completed.length < startupTrials) return undefined;
      const reports = reportedValues(trial, metric.name);
      const step = reports.at(-1)?.step;
      if (step === undefined || !isDue(reports)) return undefined;
      const best = bestOf(
        reports.map(({ value }) => value),
        metric.direction,
      );
      if (Number.isNaN(best)) return `every ${metric.name} until step ${step} is NaN`;
      const rivals = completed
        .map((other) => valueAtStep(other, metric.name, step))
        .filter((value) => value !== undefined);
      if (rivals.length < minTrials) return undefined;
      const isMax = metric.direction === "max";
      const bound = percentileOf(rivals, isMax ? 100 - share : share);
      if (!(isMax ? best < bound : best > bound)) return undefined;
      const what = name === "median" ? "the median" : `the best ${share} %`;
      return (
        `the best ${metric.name} until step ${step}, ${best}, is worse than ${what} of ` +
        `${rivals.length} completed trials there, ${bound}`
      );
    },
  };
}

/**
 * Returns a percentile, interpolated between neighbours, NaN ignored; NaN if there is no other. Where
 * a neighbour is infinite it may be NaN, as NumPy's is.
 */
function percentileOf(values: readonly number[], percentile: number): number {
  const sorted = values.filter((value) => !Number.isNaN(value)).sort((a, b) => a - b);
  const position = (percentile / 100) * (sorted.length - 1);
  const index = Math.floor(position);
  const low = sorted[index];
  if (low === undefined) return Number.NaN;
  const high = sorted[Math.min(index + 1, sorted.length - 1)] ?? low;
  const share = position - index;
  // From the nearer neighbour, so that rounding never leaves the range.
  return share >= 0.5 ? high - (high - low) * (1 - share) : low + (high - low) * share;
}
