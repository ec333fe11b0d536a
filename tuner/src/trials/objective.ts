import { DefinitionError } from "../errors";
import { inferDirection } from "./metric-direction";

/** Which way is better. */
export type Direction = "min" | "max";

/** What a search looks for. */
export interface Objective {
  /** A metric that trials report, as `val_accuracy`. */
  readonly name: string;
  readonly direction: Direction;
}

/** A metric's name, where its direction is known by its name, or both. */
export type ObjectiveLike = string | Objective;

/** The metric that stands for several objectives. */
export const COMBINED_OBJECTIVE = "multi_objective";

/** Scores for which the reference infers "min", although more of them is better. */
const AMBIGUOUS =
  /^(val_)?(weighted_)?(f1_?score|f_?beta_?score|r2_?score|pearson_?correlation|concordance_?correlation|binary_?io_?u)$/i;

/**
 * Returns the objectives that were meant: those given, with inferred directions; without any, a
 * single one named `default_objective` (what a trial's function returns), to be minimised.
 *
 * @throws DefinitionError for a name whose direction is not known, and for one named twice.
 */
export function parseObjectives(
  given: ObjectiveLike | readonly ObjectiveLike[] | undefined,
): readonly Objective[] {
  if (given === undefined) {
    return [{ name: "default_objective", direction: "min" }];
  }
  const list = (isList(given) ? given : [given]).map(parseObjective);
  if (list.length === 0) {
    throw new DefinitionError(
      "no-objective",
      "objectives: expected at least one, got an empty list",
    );
  }
  const names = list.map(({ name }) => name);
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined) {
    throw new DefinitionError("objective-twice", `objective "${twice}" is named twice`, { twice });
  }
  return list;
}

function isList<T>(given: T | readonly T[]): given is readonly T[] {
  return Array.isArray(given);
}

function parseObjective(given: ObjectiveLike): Objective {
  const name = typeof given === "string" ? given : given.name;
  const direction =
    typeof given !== "string"
      ? given.direction
      : AMBIGUOUS.test(name)
        ? undefined
        : inferDirection(name);
  if (direction !== "min" && direction !== "max") {
    throw new DefinitionError(
      "unknown-direction",
      `objective "${name}": which way is better is not known from its name; ` +
        `write { name: "${name}", direction: "min" } or "max"`,
      { name, direction },
    );
  }
  return { name, direction };
}

/**
 * Returns the metric by which trials are ranked: the only objective, or for several the sum of those
 * to be minimised less those to be maximised, which is to be minimised.
 */
export function rankingObjective(objectives: readonly Objective[]): Objective {
  const [first] = objectives;
  return objectives.length === 1 && first !== undefined
    ? first
    : { name: COMBINED_OBJECTIVE, direction: "min" };
}

/**
 * Returns the metrics with `multi_objective` where there are several objectives; added up in the
 * order of the metrics, as Keras Tuner does, since the order decides the last bit.
 *
 * @throws DefinitionError where an objective was not reported.
 */
export function withCombinedObjective(
  objectives: readonly Objective[],
  metrics: Readonly<Record<string, number>>,
): Readonly<Record<string, number>> {
  const missing = objectives.filter(({ name }) => !Object.hasOwn(metrics, name));
  if (missing.length > 0) {
    const names = missing.map(({ name }) => `"${name}"`).join(", ");
    const found = Object.keys(metrics).join(", ") || "none";
    throw new DefinitionError(
      "objective-not-reported",
      `expected a report of the objective ${names}; the reported metrics are: ${found}`,
      { missing: missing.map(({ name }) => name), metrics },
    );
  }
  if (objectives.length === 1) {
    return metrics;
  }
  const directions = new Map(objectives.map(({ name, direction }) => [name, direction]));
  let sum = 0;
  for (const [name, value] of Object.entries(metrics)) {
    const direction = directions.get(name);
    if (direction !== undefined) {
      sum = direction === "min" ? sum + value : sum - value;
    }
  }
  return { ...metrics, [COMBINED_OBJECTIVE]: sum };
}

/** Returns whether score `a` is better than score `b`; equal ones are not. */
export function isBetter(direction: Direction, a: number, b: number): boolean {
  return direction === "max" ? a > b : a < b;
}

/**
 * Returns a comparison for sorting by score, best first. Equal scores keep their order, so that the
 * earlier trial wins.
 */
export function byScore(
  direction: Direction,
): (
  a: { readonly score: number | undefined },
  b: { readonly score: number | undefined },
) => number {
  const worst = direction === "max" ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  return (a, b) => {
    const [left, right] = [a.score ?? worst, b.score ?? worst];
    return isBetter(direction, left, right) ? -1 : isBetter(direction, right, left) ? 1 : 0;
  };
}
