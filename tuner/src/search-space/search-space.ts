import { DefinitionError } from "../errors";
import { areExclusive, equalConditions, holds, type ParametersByName } from "./conditions";
import { defaultOf, show, showAll } from "./make-parameter";
import type { Condition, Parameter, Scalar, Values } from "./parameter";
import { requireConditions } from "./require-conditions";

/**
 * Hyperparameters in the order of their definition, parents before children. It never changes: `add`
 * returns another space.
 */
export class SearchSpace {
  readonly parameters: readonly Parameter[];
  readonly #byName: ParametersByName;

  /** @throws DefinitionError as `add` does */
  constructor(parameters: Iterable<Parameter> = []) {
    const known: Parameter[] = [];
    const byName = new Map<string, readonly Parameter[]>();
    for (const parameter of parameters) {
      if (isKnown(parameter, byName)) continue;
      known.push(parameter);
      byName.set(parameter.name, [...(byName.get(parameter.name) ?? []), parameter]);
    }
    this.parameters = known;
    this.#byName = byName;
  }

  /**
   * Returns the space with one parameter more; this one, if it has it already.
   *
   * @throws DefinitionError `duplicate-name` for a name that has another definition which could be
   *   active at the same time; `unknown-parent`, `impossible-parent-value` for such conditions
   */
  add(parameter: Parameter): SearchSpace {
    if (isKnown(parameter, this.#byName)) return this;
    return new SearchSpace([...this.parameters, parameter]);
  }

  /** Returns the parameters of that name: several under conditions that exclude each other. */
  get(name: string): readonly Parameter[] {
    return this.#byName.get(name) ?? [];
  }

  /**
   * Complains about conditions that no parameter could have here.
   *
   * @param owner what depends on them, for the error's text
   * @throws DefinitionError `unknown-parent`, `impossible-parent-value`
   */
  requireConditions(owner: string, conditions: readonly Condition[]): void {
    requireConditions(owner, conditions, this.#byName);
  }

  /** Whether all of the parameter's conditions hold for these values. */
  isActive(parameter: Parameter, values: Values): boolean {
    return parameter.conditions.every((condition) => holds(condition, values));
  }

  /** Returns the active parameters, in order. */
  active(values: Values): Parameter[] {
    return this.parameters.filter((parameter) => this.isActive(parameter, values));
  }

  /** Returns the values of a trial in which nobody chose any: every active parameter's default. */
  defaults(): Values {
    const values: Record<string, Scalar> = {};
    for (const parameter of this.parameters) {
      if (this.isActive(parameter, values)) values[parameter.name] = defaultOf(parameter);
    }
    return values;
  }
}

/** Whether the space has the parameter. Throws for one that it can't have. */
function isKnown(parameter: Parameter, byName: ParametersByName): boolean {
  const namesakes = byName.get(parameter.name) ?? [];
  const same = namesakes.find((one) => equalConditions(one.conditions, parameter.conditions));
  if (same) {
    const difference = differenceOf(same, parameter);
    if (difference === undefined) return true;
    throw duplicate(parameter, `it is defined already, with ${difference}. Define it once`);
  }
  requireConditions(`${parameter.kind} ${show(parameter.name)}`, parameter.conditions, byName);
  if (namesakes.some((one) => !areExclusive(one, parameter, byName))) {
    throw duplicate(
      parameter,
      "it is defined already, where it can be active at the same time. Give one of them another " +
        "name, or conditions that exclude each other",
    );
  }
  return false;
}

function duplicate(parameter: Parameter, why: string): DefinitionError {
  return new DefinitionError("duplicate-name", `${parameter.kind} "${parameter.name}": ${why}.`, {
    name: parameter.name,
  });
}

/** The first field in which two definitions differ, in words; undefined for equal ones. */
function differenceOf(known: Parameter, given: Parameter): string | undefined {
  const before = Object.entries(known).filter(([key]) => key !== "conditions");
  const after = new Map<string, unknown>(Object.entries(given));
  const differing = before.find(([key, value]) => showAny(value) !== showAny(after.get(key)));
  if (!differing) return undefined;
  const [key, value] = differing;
  return `${key} ${showAny(value)} instead of ${showAny(after.get(key))}`;
}

function showAny(value: unknown): string {
  return Array.isArray(value) ? showAll(value) : show(value);
}
