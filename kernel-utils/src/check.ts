import { CheckError, InputError } from "./errors";

/**
 * Prints `✓` and the statement if the condition holds. With it a lesson asserts what its text says
 * about its own numbers, so that the two can't drift apart.
 *
 * @throws CheckError `check-failed`, naming the statement, if the condition does not hold
 */
export function check(statement: string, condition: boolean): void {
  if (!condition) {
    throw new CheckError("check-failed", `This does not hold: ${statement}`, { statement });
  }
  console.log(`✓ ${statement}`);
}

/**
 * Prints `✓` and the statement if `actual` is within `tolerance` of `expected`.
 *
 * @throws CheckError `check-failed`, naming the statement and the numbers, if it is farther away or
 *   is NaN
 * @throws InputError `out-of-range` for a tolerance that is negative or NaN
 */
export function checkClose(
  statement: string,
  actual: number,
  expected: number,
  tolerance: number,
): void {
  if (!(tolerance >= 0)) {
    throw new InputError(
      "out-of-range",
      `tolerance is ${tolerance}: expected a number of 0 or more.`,
      { tolerance },
    );
  }
  if (!(Math.abs(actual - expected) <= tolerance)) {
    throw new CheckError(
      "check-failed",
      `This does not hold: ${statement}. Expected ${expected} ± ${tolerance}, got ${actual}.`,
      { statement, actual, expected, tolerance },
    );
  }
  console.log(`✓ ${statement}`);
}
