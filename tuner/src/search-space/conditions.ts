import type { Condition, Parameter, Scalar, Values } from "./parameter";

/** Parameters by name; several of one name have conditions that exclude each other. */
export type ParametersByName = ReadonlyMap<string, readonly Parameter[]>;

/** Whether the parent is active and has one of the values. */
export function holds(condition: Condition, values: Values): boolean {
  if (!Object.hasOwn(values, condition.parent)) return false;
  return condition.values.includes(values[condition.parent] as Scalar);
}

/** Whether two lists of conditions say the same: the same parents in the same order. */
export function equalConditions(a: readonly Condition[], b: readonly Condition[]): boolean {
  return a.length === b.length && a.every((condition, i) => isEqual(condition, b[i] as Condition));
}

/** Whether two parameters can't be active in one trial: they want different values of one parent. */
export function areExclusive(a: Parameter, b: Parameter, byName: ParametersByName): boolean {
  const others = impliedConditions(b.conditions, byName);
  return impliedConditions(a.conditions, byName).some((one) =>
    others.some(
      (other) =>
        one.parent === other.parent && !one.values.some((value) => other.values.includes(value)),
    ),
  );
}

/** The conditions with those of their parents, as far as the parent's name tells which it is. */
function impliedConditions(
  conditions: readonly Condition[],
  byName: ParametersByName,
): readonly Condition[] {
  return conditions.flatMap((condition) => {
    const parents = byName.get(condition.parent) ?? [];
    const [only] = parents;
    const further = only && parents.length === 1 ? only.conditions : [];
    return [condition, ...impliedConditions(further, byName)];
  });
}

function isEqual(a: Condition, b: Condition): boolean {
  return (
    a.parent === b.parent &&
    a.values.length === b.values.length &&
    a.values.every((value) => b.values.includes(value))
  );
}
