import { DefinitionError } from "../errors";
import { show } from "./make-parameter";
import type { Scalar, Values } from "./parameter";
import { closestValue, describeValues } from "./possible-values";
import type { SearchSpace } from "./search-space";

/**
 * Returns the values in the space's order, floats with a step as sampling makes them, if they are what
 * a trial in this space can have: a possible value for every active parameter, and no other names.
 *
 * @throws DefinitionError `missing-value`, `impossible-value`, `inactive-parameter`, `unknown-parameter`
 */
export function checkValues(space: SearchSpace, values: Values): Values {
  const checked: Record<string, Scalar> = {};
  for (const parameter of space.parameters) {
    if (!space.isActive(parameter, checked)) continue;
    const { kind, name } = parameter;
    const given = Object.hasOwn(values, name) ? values[name] : undefined;
    if (given === undefined) {
      throw new DefinitionError(
        "missing-value",
        `${kind} "${name}" has no value: expected ${describeValues(parameter)}.`,
        { name },
      );
    }
    const value = closestValue(parameter, given);
    if (value === undefined) {
      throw new DefinitionError(
        "impossible-value",
        `${kind} "${name}" can't be ${show(given)}: expected ${describeValues(parameter)}.`,
        { name, value: given },
      );
    }
    checked[name] = value;
  }
  const extra = Object.keys(values).find((name) => !Object.hasOwn(checked, name));
  if (extra !== undefined) throw surplus(space, extra);
  return checked;
}

function surplus(space: SearchSpace, name: string): DefinitionError {
  if (space.get(name).length > 0) {
    return new DefinitionError(
      "inactive-parameter",
      `${show(name)} has a value but is not active for the others: leave it out, or change its parent.`,
      { name },
    );
  }
  const names = [...new Set(space.parameters.map((parameter) => parameter.name))];
  return new DefinitionError(
    "unknown-parameter",
    `${show(name)} is not in the space: expected only [${names.map(show).join(", ")}].`,
    { name, names },
  );
}
