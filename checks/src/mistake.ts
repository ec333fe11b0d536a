import { DeclarationError } from "./declaration-error";
import { isMatcher, type Matcher } from "./matcher";
import { show } from "./show";

/** A wrong result that is known beforehand, and what it tells of whoever got it. */
export interface Mistake<out T> {
  readonly kind: "mistake";
  readonly matcher: Matcher<T>;
  readonly says: string;
}

/**
 * Returns a wrong result with its likely cause. When a test fails and the result matches, its message
 * says so: name what was done ("this is recall: you divided by TP + FN"), not what is to be done.
 *
 * @throws DeclarationError when it has no matcher or no words
 */
export function mistake<T>(matcher: Matcher<T>, says: string): Mistake<T> {
  if (!isMatcher(matcher) || typeof says !== "string" || says === "") {
    throw new DeclarationError(
      `mistake(${show(matcher)}, ${show(says)}): expected a matcher and words, as in mistake(closeTo(0.79, 1e-4), "this is recall").`,
    );
  }
  return { kind: "mistake", matcher, says };
}
