import { DefinitionError } from "../errors";
import { badOption } from "../option-checks";
import type { Pruner } from "./pruner";
import { type PruningStepOptions, pruningSteps } from "./pruning-steps";
import { reportedValues } from "./reported-values";

const OWNER = "the threshold pruner";

/** What a metric may be, and when the pruner looks. At least one bound must be given. */
export interface ThresholdPrunerOptions extends PruningStepOptions {
  /** A trial ends when it reports less. */
  readonly lower?: number;
  /** A trial ends when it reports more. */
  readonly upper?: number;
}

/**
 * Returns a pruner that ends a trial whose newest value is outside the bounds, or NaN.
 *
 * Options, defaults and decisions are those of Optuna 5.0.0's `ThresholdPruner`.
 *
 * @throws DefinitionError `out-of-range`, also for no bound or bounds that cross
 */
export function thresholdPruner(options: ThresholdPrunerOptions): Pruner {
  if (options.lower === undefined && options.upper === undefined) {
    throw new DefinitionError(
      "out-of-range",
      "The threshold pruner has no bounds: give lower, upper, or both.",
      { owner: OWNER },
    );
  }
  const { lower = Number.NEGATIVE_INFINITY, upper = Number.POSITIVE_INFINITY } = options;
  if (Number.isNaN(lower)) throw badOption(OWNER, "lower", lower, "a number");
  if (!(lower <= upper))
    throw badOption(OWNER, "upper", upper, `a number, lower (${lower}) or more`);
  const isDue = pruningSteps(OWNER, options);
  return {
    name: "threshold",
    judge(trial, _others, metric) {
      const reports = reportedValues(trial, metric.name);
      const newest = reports.at(-1);
      if (newest === undefined || !isDue(reports)) return undefined;
      const { step, value } = newest;
      const said = `${metric.name} at step ${step} is ${value}`;
      if (Number.isNaN(value)) return said;
      if (value < lower) return `${said}, below ${lower}`;
      return value > upper ? `${said}, above ${upper}` : undefined;
    },
  };
}
