import * as language from "./index";
import { requireTests, type Test } from "./test-declaration";

/** A check that was declared instead of run. */
export interface CollectedCheck {
  readonly exercise: string;
  readonly tests: readonly Test[];
}

/**
 * Returns the language of the tests with a `check` that runs nothing, and the list in which it puts
 * what it is given: the author's own test cells are run with it to learn what they declare.
 *
 * Its `check` throws a DeclarationError just as the real one does.
 */
export function collectChecks(): {
  readonly checks: typeof language;
  readonly collected: readonly CollectedCheck[];
} {
  const collected: CollectedCheck[] = [];
  const check = async (exercise: string, ...tests: Test[]): Promise<void> => {
    requireTests(exercise, tests);
    collected.push({ exercise, tests });
  };
  return { checks: { ...language, check }, collected };
}
