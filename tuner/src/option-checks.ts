/** What options of oracles, pruners and studies must be. */
import { DefinitionError } from "./errors";

/**
 * Returns an option that must be a whole number.
 *
 * @param owner whose option it is, for the error
 * @throws DefinitionError `out-of-range` for a fraction, or a number below the least
 */
export function requireWhole(owner: string, name: string, value: number, least: number): number {
  if (Number.isSafeInteger(value) && value >= least) return value;
  throw badOption(owner, name, value, `a whole number from ${least} up`);
}

/**
 * Returns an option that must be a number of a range.
 *
 * @throws DefinitionError `out-of-range` for NaN and numbers outside
 */
export function requireNumber(
  owner: string,
  name: string,
  value: number,
  [least, most]: readonly [number, number],
): number {
  if (value >= least && value <= most) return value;
  const range = most === Number.POSITIVE_INFINITY ? `${least} or more` : `${least} to ${most}`;
  throw badOption(owner, name, value, `a number, ${range}`);
}

/** Returns the error for an option that can't be. */
export function badOption(
  owner: string,
  name: string,
  value: unknown,
  expected: string,
): DefinitionError {
  return new DefinitionError(
    "out-of-range",
    `${name} of ${owner} is ${String(value)}: expected ${expected}.`,
    { owner, option: name, value },
  );
}
