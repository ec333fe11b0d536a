import { DefinitionError } from "../errors";

/**
 * Returns an option that must be a whole number.
 *
 * @throws DefinitionError `bad-pruner-option` for a fraction, or a number below the least
 */
export function wholeOption(pruner: string, name: string, value: number, least: number): number {
  if (Number.isInteger(value) && value >= least) return value;
  throw badOption(pruner, name, value, `a whole number from ${least} up`);
}

/**
 * Returns an option that must be a number of a range.
 *
 * @throws DefinitionError `bad-pruner-option` for NaN and numbers outside
 */
export function numberOption(
  pruner: string,
  name: string,
  value: number,
  [least, most]: readonly [number, number],
): number {
  if (value >= least && value <= most) return value;
  const range = most === Number.POSITIVE_INFINITY ? `${least} or more` : `${least} to ${most}`;
  throw badOption(pruner, name, value, `a number, ${range}`);
}

/** Returns the error for an option that can't be. */
export function badOption(
  pruner: string,
  name: string,
  value: unknown,
  expected: string,
): DefinitionError {
  return new DefinitionError(
    "bad-pruner-option",
    `${name} of the ${pruner} pruner is ${String(value)}: expected ${expected}.`,
    { pruner, option: name, value },
  );
}
