import { holds } from "../../search-space/conditions";
import type { Parameter } from "../../search-space/parameter";
import type { SearchSpace } from "../../search-space/search-space";
import { type Distribution, distributionOf, type Placed, place } from "../../storage/distribution";
import type { Trial } from "../../trials/trial";

/** What importance is computed from: a completed trial's score, and its values as Optuna keeps them. */
export interface Observation {
  /** Finite; less is better. */
  readonly loss: number;
  readonly values: ReadonlyMap<string, Placed>;
}

/** Returns what the completed trials with a finite score say. */
export function observationsOf(
  trials: readonly Trial[],
  space: Pick<SearchSpace, "parameters">,
  direction: "min" | "max",
): readonly Observation[] {
  const sign = direction === "max" ? -1 : 1;
  return trials.flatMap((trial) => {
    const { score, status } = trial;
    if (status !== "COMPLETED" || score === undefined || !Number.isFinite(score)) return [];
    const active = space.parameters.filter((parameter) => isActive(parameter, trial));
    const values = active.flatMap((parameter): [string, Placed][] => {
      const value = trial.values[parameter.name];
      const placed = value === undefined ? undefined : place(parameter, value);
      // Of an equal space, though a value may lie between its steps.
      const distribution = distributionOf(parameter);
      return placed === undefined ? [] : [[parameter.name, { ...placed, distribution }]];
    });
    return [{ loss: sign * score, values: new Map(values) }];
  });
}

/** Returns the names of a space, each once. */
export function namesOf(space: Pick<SearchSpace, "parameters">): readonly string[] {
  return [...new Set(space.parameters.map(({ name }) => name))];
}

/** Returns whether there is but one value to choose. */
export function isSingle(distribution: Distribution): boolean {
  if (distribution.name === "CategoricalDistribution") {
    return distribution.attributes.choices.length === 1;
  }
  return distribution.attributes.low === distribution.attributes.high;
}

function isActive(parameter: Parameter, trial: Trial): boolean {
  return parameter.conditions.every((condition) => holds(condition, trial.values));
}
