import { type AnyFunction, type Call, madeArguments } from "./call";
import { firstDifference } from "./compare";
import { functionName } from "./functions";
import { stoppedWith } from "./matcher";
import { type Caller, NOT_ANSWERED, type Outcome } from "./outcome";
import { type Property, StudentError } from "./property";
import { seededRandom } from "./seeded-random";
import { cut, show } from "./show";
import { snapshot } from "./snapshot";
import type { Test } from "./test-declaration";
import { describeThrown } from "./thrown";

/** How a test ended. */
export interface TestVerdict {
  readonly passed: boolean;
  /** Its title; when it failed also what went in, what should have come, what came, and why. */
  readonly message: string;
  /** True when the function is still the untouched stub: it never passes. */
  readonly unanswered: boolean;
}

/**
 * Runs a test and resolves to its verdict.
 *
 * @param caller calls the student's functions; when it rejects, this rejects with the same error
 * @param seed the name of the check: with the test's title it settles the numbers of `random`
 */
export async function runTest(test: Test, caller: Caller, seed: string): Promise<TestVerdict> {
  const watched = watch(caller);
  const complaint =
    test.subject.kind === "call"
      ? await tryCall(test, test.subject, watched.caller)
      : await tryProperty(test.subject, watched.caller, seededRandom(`${seed}\n${test.title}`));
  if (watched.failed) throw watched.failure;
  if (watched.unanswered) {
    return { passed: false, message: `${test.title}: ${NOT_ANSWERED}`, unanswered: true };
  }
  if (complaint === undefined) return { passed: true, message: test.title, unanswered: false };
  const hint = test.hint === undefined ? "" : ` Hint: ${sentence(test.hint)}`;
  const message = `${test.title}: ${sentence(complaint)}${hint}`;
  return { passed: false, message, unanswered: false };
}

interface Watched {
  readonly caller: Caller;
  unanswered: boolean;
  failed: boolean;
  failure: unknown;
}

/** Remembers what a property's body could swallow: that there was no answer, or nobody to ask. */
function watch(caller: Caller): Watched {
  const watched: Watched = {
    unanswered: false,
    failed: false,
    failure: undefined,
    async caller(fn, args) {
      try {
        const outcome = await caller(fn, args);
        if ("threw" in outcome && outcome.threw.message === NOT_ANSWERED) watched.unanswered = true;
        return outcome;
      } catch (error) {
        if (!watched.failed) watched.failure = error;
        watched.failed = true;
        throw error;
      }
    },
  };
  return watched;
}

async function tryCall(
  test: Test,
  { fn, args }: Call<unknown>,
  caller: Caller,
): Promise<string | undefined> {
  let outcome: Outcome;
  try {
    outcome = await caller(fn, madeArguments(args));
  } catch {
    // Told by `watch`.
    return "nobody answered";
  }
  const complaint = test.matcher?.complaint(outcome);
  if (complaint !== undefined) {
    const called = `${showCall(fn, args)} ${complaint}`;
    for (const { matcher, says } of test.mistakes) {
      if (matcher.complaint(outcome) === undefined) return `${sentence(called)} Likely: ${says}`;
    }
    return called;
  }
  return test.keepsArguments ? changedArgument(fn, args, outcome) : undefined;
}

function changedArgument(
  fn: AnyFunction,
  args: readonly unknown[],
  outcome: Outcome,
): string | undefined {
  if ("threw" in outcome) return undefined;
  for (let at = 0; at < args.length; at++) {
    const given = args[at];
    if (typeof given === "function") continue;
    const before = snapshot(given);
    const after = outcome.argumentsAfter[at];
    // Another process calls a function of the test's by another name.
    if (!firstDifference(after, before, 0, { functionsAlike: true })) continue;
    const change = `${show(before)} became ${show(after)}`;
    return `${showCall(fn, args)} changed its argument ${at + 1}: ${change}. It should leave what it is given as it is`;
  }
  return undefined;
}

async function tryProperty(
  { body }: Property,
  caller: Caller,
  random: () => number,
): Promise<string | undefined> {
  try {
    const answer: unknown = await body({ call: directCall(caller), random });
    if (answer === true) return undefined;
    return typeof answer === "string" && answer !== "" ? cut(answer, 320) : "this does not hold";
  } catch (error) {
    if (error instanceof StudentError) return `${error.call} ${stoppedWith(error.threw)}`;
    const { message } = describeThrown(error);
    return `what came back can't be used by the test (${cut(message, 120)}): is it of the promised type?`;
  }
}

/** Returns the `call` of a property: its result, or an error of the student's. */
function directCall(caller: Caller) {
  return async <F extends AnyFunction>(
    fn: F,
    ...args: Parameters<F>
  ): Promise<Awaited<ReturnType<F>>> => {
    const outcome = await caller(fn, madeArguments(args));
    if ("threw" in outcome) throw new StudentError(showCall(fn, args), outcome.threw);
    return outcome.value as Awaited<ReturnType<F>>;
  };
}

function showCall(fn: AnyFunction, args: readonly unknown[]): string {
  const each = Math.max(20, Math.floor(120 / Math.max(1, args.length)));
  let list = "";
  for (let at = 0; at < args.length; at++) list += (at > 0 ? ", " : "") + show(args[at], each);
  return `${functionName(fn) || "the function"}(${list})`;
}

/** Returns the text with a full stop, when it has none of its own. */
function sentence(text: string): string {
  return /[.!?…]$/.test(text) ? text : `${text}.`;
}
