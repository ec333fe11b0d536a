import { DefinitionError } from "../errors";
import type { Values } from "../search-space/parameter";
import { closestValue } from "../search-space/possible-values";
import type { SearchSpace } from "../search-space/search-space";
import type { Objective } from "../trials/objective";
import type { Trial } from "../trials/trial";

/** Where trials are taken over from: a study, or what is left of one. */
export interface Importable {
  /** Noted with each trial, as where it comes from. */
  readonly name: string;
  readonly objectives: readonly Objective[];
  readonly trials: readonly Trial[];
}

/** What is taken over of a trial. */
export interface ImportedTrial {
  readonly values: Values;
  readonly status: "COMPLETED" | "PRUNED";
  readonly score: number | undefined;
  /** As `study/0003`. */
  readonly origin: string;
}

/**
 * Returns the trials that are worth taking over: completed and pruned ones whose values the space
 * allows. Of a trial and those that continue it, only the last.
 *
 * @throws DefinitionError where the objectives differ
 */
export function importable(
  source: Importable,
  objectives: readonly Objective[],
  space: SearchSpace,
): readonly ImportedTrial[] {
  const [theirs, ours] = [source.objectives, objectives].map((list) =>
    list.map(({ name, direction }) => `${name} (${direction})`).join(", "),
  );
  if (theirs !== ours) {
    throw new DefinitionError(
      "other-objectives",
      `"${source.name}" looked for ${theirs}, this study looks for ${ours}: their scores can't be compared`,
      { theirs, ours },
    );
  }
  const continued = new Set(source.trials.map(({ budget }) => budget?.promotedFrom));
  return source.trials.flatMap(({ id, status, values, score }) =>
    (status === "COMPLETED" || status === "PRUNED") && !continued.has(id) && fits(space, values)
      ? [{ values, status, score, origin: `${source.name}/${id}` }]
      : [],
  );
}

/** Whether the values name every active parameter, and only values that it can have. */
function fits(space: SearchSpace, values: Values): boolean {
  return space
    .active(values)
    .every(
      (parameter) =>
        Object.hasOwn(values, parameter.name) &&
        closestValue(parameter, values[parameter.name]) === values[parameter.name],
    );
}
