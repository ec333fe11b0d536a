import { runCheck } from "./run-check";
import type { Test } from "./test-declaration";

/** How long a call in a notebook may take to settle, in seconds. */
const SECONDS = 10;

// Taken now: a notebook may put something else in its place.
const { log } = console;

/**
 * Runs the tests of an exercise in this process and prints a line for each: what was tried and, when
 * it failed, what went in, what should have come, what came, the likely cause and a hint.
 *
 * @param exercise its name, as the student reads it
 * @throws CheckFailedError when a test has failed, or nothing has been written yet
 * @throws DeclarationError for tests that can't be: none, or two with one title
 */
export async function check(exercise: string, ...tests: Test[]): Promise<void> {
  await runCheck(exercise, tests, { print: (line) => log("%s", line), seconds: SECONDS });
}
