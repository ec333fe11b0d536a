import type { Draws } from "../oracles/oracle";
import type { Scalar, Values } from "./parameter";
import { valueAt } from "./probability";
import type { SearchSpace } from "./search-space";

/** Returns random values: one draw for every active parameter, also for fixed ones, in order. */
export function drawValues(space: SearchSpace, draws: Draws): Values {
  const values: Record<string, Scalar> = {};
  for (const parameter of space.parameters) {
    if (space.isActive(parameter, values))
      values[parameter.name] = valueAt(parameter, draws.next());
  }
  return values;
}
