import { checkValues } from "../search-space/check-values";
import { defaultOf } from "../search-space/make-parameter";
import type { Scalar, Values } from "../search-space/parameter";
import type { SearchSpace } from "../search-space/search-space";

/**
 * Returns the values of every active parameter, in the space's order: those given, else defaults. Before
 * anything is known of the space, the given ones as they are.
 *
 * @throws DefinitionError for a value that its parameter can't have, for one that isn't active, and for
 *   an unknown name
 */
export function completeValues(space: SearchSpace, given: Values): Values {
  if (space.parameters.length === 0) {
    return given;
  }
  const complete: Record<string, Scalar> = { ...given };
  for (const parameter of space.parameters) {
    if (space.isActive(parameter, complete) && !Object.hasOwn(complete, parameter.name)) {
      complete[parameter.name] = defaultOf(parameter);
    }
  }
  return checkValues(space, complete);
}
