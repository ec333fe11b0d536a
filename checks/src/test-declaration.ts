import type { Call } from "./call";
import { DeclarationError } from "./declaration-error";
import { isMatcher, type Matcher } from "./matcher";
import type { Mistake } from "./mistake";
import type { Property } from "./property";
import { show } from "./show";

/** What a test may say besides what it demands. */
export interface TestOptions<out T> {
  /** What it is worth; 1 when not said. */
  readonly points?: number;
  /** Where to look, for the student whose answer fails; not the solution. */
  readonly hint?: string;
  /** Wrong results whose cause is known: the first that matches is named. */
  readonly mistakes?: readonly Mistake<T>[];
  /** True when the function must leave its arguments as they are. */
  readonly keepsArguments?: boolean;
}

/** A declared test. */
export interface Test {
  readonly kind: "test";
  readonly title: string;
  readonly points: number;
  readonly hint?: string;
  readonly subject: Call<unknown> | Property;
  /** Absent for a property, which judges itself. */
  readonly matcher?: Matcher<unknown>;
  readonly mistakes: readonly Mistake<unknown>[];
  readonly keepsArguments: boolean;
}

// TypeScript has NoInfer only since 5.4, and some kernels bring an older one.
/** The same type, which only the call may settle: what is wanted has to follow. */
type Settled<T> = [T][T extends unknown ? 0 : never];

// This one stands first: a compiler explains why the last one does not fit, and mostly that is a call.
/** Returns a test of a property, which says itself what does not hold. */
export function test(
  title: string,
  property: Property,
  options?: Pick<TestOptions<never>, "points" | "hint">,
): Test;
/**
 * Returns a test: a title, a call, and what is wanted of it, typed by what the function returns.
 *
 * @param title what is tried, in words: "nothing found"; no two of a check may be the same
 * @throws DeclarationError for a test that can't be
 */
export function test<T>(
  title: string,
  call: Call<T>,
  matcher: Matcher<Settled<T>>,
  options?: TestOptions<Settled<T>>,
): Test;
export function test(
  title: string,
  subject: Call<unknown> | Property,
  second?: Matcher<unknown> | TestOptions<unknown>,
  third?: TestOptions<unknown>,
): Test {
  if (typeof title !== "string" || title.trim() === "") {
    throw new DeclarationError(
      `a test has the title ${show(title)}: expected a few words on what is tried, as in test("nothing found", ...).`,
    );
  }
  const of = subject?.kind;
  if (of !== "call" && of !== "property") {
    throw faulty(title, `tries ${show(subject)}`, "call(f, ...) or property(...) after the title");
  }
  const matcher = of === "call" ? requireMatcher(title, second) : undefined;
  const options = ((of === "call" ? third : second) ?? {}) as TestOptions<unknown>;
  const { points = 1, hint, mistakes = [], keepsArguments = false } = options;
  if (!(typeof points === "number" && points > 0 && points < Number.POSITIVE_INFINITY)) {
    throw faulty(title, `is worth ${show(points)} points`, "a number above 0, as in { points: 2 }");
  }
  if (hint !== undefined && (typeof hint !== "string" || hint === "")) {
    throw faulty(title, `has the hint ${show(hint)}`, 'words, as in { hint: "0/0 counts as 0." }');
  }
  if (!Array.isArray(mistakes) || mistakes.some((each) => each?.kind !== "mistake")) {
    throw faulty(title, `has the mistakes ${show(mistakes)}`, "a list of mistake(matcher, words)");
  }
  if (of === "property" && (mistakes.length > 0 || keepsArguments)) {
    const cure = "neither: the body of a property says in words what does not hold";
    throw faulty(title, "is a property with mistakes or keepsArguments", cure);
  }
  return {
    kind: "test",
    title,
    points,
    subject,
    mistakes,
    keepsArguments,
    ...(hint === undefined ? {} : { hint }),
    ...(matcher ? { matcher } : {}),
  };
}

function requireMatcher(title: string, value: unknown): Matcher<unknown> {
  if (isMatcher(value)) return value;
  throw faulty(title, `wants ${show(value)}`, "a matcher after the call: equals, closeTo, throws");
}

function faulty(title: string, fault: string, expected: string): DeclarationError {
  return new DeclarationError(`the test ${show(title)} ${fault}: expected ${expected}.`);
}

/**
 * @throws DeclarationError when a check has no tests, something else than tests, or two of one title
 */
export function requireTests(exercise: string, tests: readonly Test[]): void {
  const name = show(exercise);
  if (typeof exercise !== "string" || exercise.trim() === "") {
    throw new DeclarationError(
      `a check has the name ${name}: expected the exercise's, as in check("F1", test(...)).`,
    );
  }
  if (tests.length === 0) {
    throw new DeclarationError(`the check ${name} has no tests: add test(...) after its name.`);
  }
  const titles = new Set<string>();
  for (const each of tests) {
    if (each?.kind !== "test") {
      throw new DeclarationError(`the check ${name} got ${show(each)}: expected test(...).`);
    }
    if (titles.has(each.title)) {
      throw new DeclarationError(
        `the check ${name} has two tests called ${show(each.title)}: give each a title of its own.`,
      );
    }
    titles.add(each.title);
  }
}
