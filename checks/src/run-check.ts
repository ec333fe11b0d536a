import { localCaller } from "./local-caller";
import { runTest } from "./run-test";
import { requireTests, type Test } from "./test-declaration";

/** How a check has ended that was not all right. */
export interface FailedCheck {
  /** The name of the check. */
  readonly exercise: string;
  /** How many of its tests have passed. */
  readonly passed: number;
  /** How many it has. */
  readonly total: number;
  /** True when nothing has been written yet. */
  readonly unanswered: boolean;
}

/** Thrown at the end of a check in which a test has failed: the cell shows that it is not done. */
export class CheckFailedError extends Error {
  override name = "CheckFailedError";
  // A private field: kernels print the public ones below the message.
  readonly #details: FailedCheck;

  constructor(message: string, details: FailedCheck) {
    super(message);
    this.#details = details;
    // Where it was thrown tells the student nothing.
    this.stack = `${this.name}: ${message}`;
  }

  /** How the check has ended, for programs. */
  get details(): FailedCheck {
    return this.#details;
  }
}

/** How `runCheck` works. */
interface RunCheckOptions {
  /** Takes each line. */
  readonly print: (line: string) => void;
  /** How long a call may take to settle. */
  readonly seconds: number;
}

/**
 * Runs the tests of an exercise in this process and prints what they say.
 *
 * @throws CheckFailedError and DeclarationError as `check` does
 */
export async function runCheck(
  exercise: string,
  tests: readonly Test[],
  { print, seconds }: RunCheckOptions,
): Promise<void> {
  requireTests(exercise, tests);
  const caller = localCaller(seconds);
  const total = tests.length;
  const lines: string[] = [];
  let passed = 0;
  let stubs = 0;
  for (const each of tests) {
    const verdict = await runTest(each, caller, exercise);
    if (verdict.passed) passed++;
    if (verdict.unanswered) stubs++;
    lines[lines.length] = `${verdict.passed ? "✓" : "✗"} ${verdict.message}`;
  }
  if (stubs === total) {
    const message = `${exercise}: not answered yet: write your code in the cell above, then run both again.`;
    throw new CheckFailedError(message, { exercise, passed, total, unanswered: true });
  }
  for (const line of lines) print(line);
  const count = `${passed} of ${total} visible tests pass`;
  if (passed < total) {
    const message = `${exercise}: ${count}. The lines above say what went in, what should come and what came.`;
    throw new CheckFailedError(message, { exercise, passed, total, unanswered: false });
  }
  print(`${exercise}: ${count}; hidden ones check edge cases when it is graded.`);
}
