import { DefinitionError } from "../errors";
import type { Pruner } from "./pruner";
import { badOption } from "./pruner-options";
import { type PruningStepOptions, pruningSteps } from "./pruning-steps";
import { reportedValues } from "./reported-values";

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
 * @throws DefinitionError `bad-pruner-option`, also for no bound or bounds that cross
 */
export function thresholdPruner(options: ThresholdPrunerOptions): Pruner {
  const name = "threshold";
  if (options.lower === undefined && options.upper === undefined) {
    throw new DefinitionError(
      "bad-pruner-option",
      "The threshold pruner has no bounds: give lower, upper, or both.",
      { pruner: name },
    );
  }
  const { lower = Number.NEGATIVE_INFINITY, upper = Number.POSITIVE_INFINITY } = options;
  if (Number.isNaN(lower)) throw badOption(name, "lower", lower, "a number");
  if (!(lower <= upper))
    throw badOption(name, "upper", upper, `a number, lower (${lower}) or more`);
  const isDue = pruningSteps(name, options);
  return {
    name,
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
