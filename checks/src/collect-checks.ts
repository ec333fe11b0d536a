import * as language from "./index";
import { requireTests, type Test } from "./test-declaration";

/** Stands among a check's tests where hidden ones begin or end. */
export interface HiddenMark {
  readonly kind: "hidden-mark";
  readonly hidden: boolean;
}

/** The tests after it are hidden. */
export const hiddenFrom: HiddenMark = { kind: "hidden-mark", hidden: true };

/** The tests after it are visible again. */
export const hiddenUpTo: HiddenMark = { kind: "hidden-mark", hidden: false };

/** A check that was declared instead of run. */
export interface CollectedCheck {
  readonly exercise: string;
  readonly tests: readonly (Test | HiddenMark)[];
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
  const check = async (exercise: string, ...given: (Test | HiddenMark)[]): Promise<void> => {
    requireTests(
      exercise,
      given.filter((each): each is Test => each?.kind !== "hidden-mark"),
    );
    collected.push({ exercise, tests: given });
  };
  return { checks: { ...language, check }, collected };
}
