import { DefinitionError } from "../../errors";
import type { SearchSpace } from "../../search-space/search-space";
import { type Objective, rankingObjective } from "../../trials/objective";
import type { Trial } from "../../trials/trial";
import { type FanovaOptions, fanova } from "./fanova";
import { namesOf, observationsOf } from "./observations";
import { type PedAnovaOptions, pedAnova } from "./ped-anova";

/** How much a parameter mattered. */
export interface Importance {
  readonly name: string;
  /** From 0 to 1; all add up to 1 unless asked otherwise. */
  readonly importance: number;
}

/** By which measure, with its options. */
export type ImportanceOptions = {
  /** False leaves the measure's own numbers, which need not add up to 1. */
  readonly normalize?: boolean;
} & (
  | ({ readonly measure?: "ped-anova" } & PedAnovaOptions)
  | ({ readonly measure: "fanova" } & FanovaOptions)
);

/**
 * Returns how much each parameter mattered, the most important first: how far the values of the best
 * trials differ from those of the others (PED-ANOVA, the default, as in Optuna 5.0.0), or how much of the
 * score's variance it explains alone (fANOVA). Computed from completed trials; where they can't
 * tell, all parameters are equally important.
 *
 * @throws DefinitionError `bad-importance-option`
 */
export function importances(
  trials: readonly Trial[],
  space: Pick<SearchSpace, "parameters">,
  objectives: readonly Objective[],
  options: ImportanceOptions = {},
): readonly Importance[] {
  const observations = observationsOf(trials, space, rankingObjective(objectives).direction);
  const known = namesOf(space).filter((name) =>
    observations.some(({ values }) => values.has(name)),
  );
  const raw = measure(observations, known, options);
  const sum = [...raw.values()].reduce((total, value) => total + value, 0);
  const scale = (value: number) => (sum === 0 ? 1 / raw.size : value / sum);
  return [...raw]
    .map(([name, value]) => ({
      name,
      importance: (options.normalize ?? true) ? scale(value) : value,
    }))
    .sort((a, b) => b.importance - a.importance);
}

function measure(
  observations: Parameters<typeof pedAnova>[0],
  names: readonly string[],
  options: ImportanceOptions,
): Map<string, number> {
  const { measure: wanted = "ped-anova" } = options;
  if (options.measure === "fanova") return fanova(observations, names, options);
  if (options.measure === undefined || options.measure === "ped-anova") {
    return pedAnova(observations, names, options);
  }
  throw new DefinitionError(
    "bad-importance-option",
    `The measure of importance is ${JSON.stringify(wanted)}: expected "ped-anova" or "fanova".`,
    { measure: wanted },
  );
}
