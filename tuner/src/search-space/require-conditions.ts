import { DefinitionError } from "../errors";
import type { ParametersByName } from "./conditions";
import { show, showAll } from "./make-parameter";
import type { Condition, Scalar } from "./parameter";
import { closestValue, describeValues } from "./possible-values";

/**
 * Complains about conditions that can't hold. Values are compared by their bits, so that 0.3 is none of
 * 0, 0.1, 0.2, 0.30000000000000004: the error says which one is meant.
 *
 * @param owner what depends on them, for the error's text
 * @throws DefinitionError `unknown-parent`, `impossible-parent-value`
 */
export function requireConditions(
  owner: string,
  conditions: readonly Condition[],
  byName: ParametersByName,
): void {
  for (const { parent, values } of conditions) {
    const parents = byName.get(parent);
    if (parents === undefined) {
      throw new DefinitionError(
        "unknown-parent",
        `${owner} depends on ${show(parent)}, which is not defined. Define it before.`,
        { parent },
      );
    }
    const wrong = values.find(
      (value) => !parents.some((one) => closestValue(one, value) === value),
    );
    if (values.length > 0 && wrong === undefined) continue;
    const closest = parents.map((one) => closestValue(one, wrong as Scalar));
    const meant = closest.find((value) => value !== undefined);
    const cure = meant === undefined ? "" : ` Write ${show(meant)}, as rounding leaves it.`;
    throw new DefinitionError(
      "impossible-parent-value",
      `${owner} depends on ${show(parent)} being one of ${showAll(values)}, which it can't be: ` +
        `expected ${parents.map(describeValues).join(", or ")}.${cure}`,
      { parent, values },
    );
  }
}
