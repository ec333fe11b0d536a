import { type Difference, firstDifference } from "./compare";
import { DeclarationError } from "./declaration-error";
import type { Outcome } from "./outcome";
import { cut, show } from "./show";
import { snapshot } from "./snapshot";
import type { Thrown } from "./thrown";

declare const wanted: unique symbol;

/** What is wanted of a call whose result is a `T`. */
export interface Matcher<out T> {
  readonly kind: "matcher";
  /** Returns what is wrong, as the rest of the sentence "f(1, 2) ..."; undefined when nothing is. */
  readonly complaint: (outcome: Outcome) => string | undefined;
  /** For the compiler alone. */
  readonly [wanted]?: (() => T) | undefined;
}

/**
 * Returns the demand that this value comes: all of it, however deep. NaN equals NaN, and 0 equals -0.
 * Typed and plain lists with equal items are equal.
 */
export function equals<T>(want: T): Matcher<T> {
  return valueMatcher(want, 0);
}

/**
 * Returns the demand that this value comes, where numbers, anywhere inside, may differ a little.
 *
 * @param tolerance how far they may lie apart, absolute; from 0 up
 * @throws DeclarationError for a tolerance that can't be
 */
export function closeTo<T>(want: T, tolerance = 1e-6): Matcher<T> {
  if (!(typeof tolerance === "number" && tolerance >= 0 && tolerance < Number.POSITIVE_INFINITY)) {
    throw new DeclarationError(
      `the tolerance of closeTo is ${show(tolerance)}: expected a number from 0 up, as in closeTo(0.8344, 1e-4).`,
    );
  }
  return valueMatcher(want, tolerance);
}

/**
 * Returns the demand that the call stops with an error whose message matches. The error of an
 * untouched stub never does.
 *
 * @throws DeclarationError when the pattern is no regular expression
 */
export function throws(pattern: RegExp): Matcher<never> {
  if (!(pattern instanceof RegExp)) {
    throw new DeclarationError(
      `throws(...) got ${show(pattern)}: expected a regular expression that the error's message must match, as in throws(/positive/).`,
    );
  }
  const { source, flags } = pattern;
  const names = namesOf(source);
  const says = names ? `an error that names ${names}` : `an error whose text matches /${source}/`;
  return {
    kind: "matcher",
    complaint(outcome) {
      if (!("threw" in outcome)) {
        return `should stop with ${says}, but came ${show(outcome.value)}`;
      }
      // Made anew: one with the flag "g" remembers where it stopped.
      if (new RegExp(source, flags).test(outcome.threw.message)) return undefined;
      const text = show(cut(outcome.threw.message, 100), 110);
      return `should stop with ${says}: an error came, but it says ${text}`;
    },
  };
}

/**
 * Returns the demand that a predicate holds for the value.
 *
 * @param says what is wanted, after "should be": "a whole number above 0"
 * @param holds answers true, false, or in words what is wrong with this value
 * @throws DeclarationError when there are no words or no predicate
 */
export function satisfies<T>(says: string, holds: (got: T) => boolean | string): Matcher<T> {
  if (typeof says !== "string" || says === "" || typeof holds !== "function") {
    throw new DeclarationError(
      `satisfies(${show(says)}, ${show(holds)}): expected words and a predicate, as in satisfies("a share", (got) => got >= 0 && got <= 1).`,
    );
  }
  return {
    kind: "matcher",
    complaint(outcome) {
      if ("threw" in outcome) return stoppedWith(outcome.threw);
      const answer = ask(holds, outcome.value as T);
      if (answer === true) return undefined;
      const why = typeof answer === "string" && answer !== "" ? ` (${answer})` : "";
      return `should be ${says}, but came ${show(outcome.value)}${why}`;
    },
  };
}

/** Returns what a call that ended by an error did, after "f(1, 2) ...". */
export function stoppedWith(threw: Thrown): string {
  const name = threw.name === "Error" ? "" : `${cut(threw.name, 40)}: `;
  return `stopped with: ${name}${cut(threw.message, 160)}`;
}

/** Returns true for what `equals` and its like return. */
export function isMatcher(value: unknown): value is Matcher<unknown> {
  return (value as Partial<Matcher<unknown>> | null | undefined)?.kind === "matcher";
}

function valueMatcher<T>(given: T, tolerance: number): Matcher<T> {
  // A copy: what happens to the author's value later is not what was wanted.
  const want = snapshot(given);
  return {
    kind: "matcher",
    complaint(outcome) {
      if ("threw" in outcome) return stoppedWith(outcome.threw);
      const { value } = outcome;
      const difference = firstDifference(value, want, tolerance);
      if (!difference) return undefined;
      const within = tolerance > 0 ? ` (within ${tolerance})` : "";
      const [came, wish] = apart(value, want);
      if (value === undefined) {
        return `should be ${wish}${within}, but nothing came (undefined): is a return missing?`;
      }
      const near = tolerance > 0 && !firstDifference(value, want, 100 * tolerance);
      const but = near ? "and came close, but not close enough" : "but came";
      return `should be ${wish}${within}, ${but}${near ? ":" : ""} ${came}${place(difference)}`;
    },
  };
}

/** Returns both as text, with all digits when they would look alike otherwise. */
function apart(got: unknown, want: unknown): [string, string] {
  const short: [string, string] = [show(got), show(want)];
  return short[0] === short[1] ? [show(got, 90, true), show(want, 90, true)] : short;
}

function place({ path, got, want, lengths }: Difference): string {
  if (lengths) return ` (${path ? `at ${path}: ` : ""}${got} items instead of ${want})`;
  if (path === "") return "";
  const [came, wish] = apart(got, want);
  return ` (at ${path}: ${cut(came, 40)} instead of ${cut(wish, 40)})`;
}

function ask<T>(holds: (got: T) => boolean | string, value: T): boolean | string {
  try {
    return holds(value);
  } catch {
    // A value of another form than the predicate was written for.
    return false;
  }
}

/** Returns `"a" or "b"` for the pattern `a|b`, and undefined for one that is more than words. */
function namesOf(source: string): string | undefined {
  const words = source.split("|");
  for (const word of words) if (!/^[\w ,'-]+$/.test(word)) return undefined;
  return words.map((word) => `"${word}"`).join(" or ");
}
