import type { AnyFunction } from "./call";
import { DeclarationError } from "./declaration-error";
import { show } from "./show";
import type { Thrown } from "./thrown";

/** What a property works with. */
export interface PropertyTools {
  /**
   * Calls the student's function, as `call` does in a test, and resolves to its result as plain data.
   * Rejects with a `StudentError` when the function throws.
   */
  call<F extends AnyFunction>(fn: F, ...args: Parameters<F>): Promise<Awaited<ReturnType<F>>>;
  /**
   * Returns the next random number, from 0 up to 1. They begin anew with each run of the test and are
   * the same for every student, in the notebook and in grading.
   */
  random(): number;
}

/** A demand on more than one call. */
export interface Property {
  readonly kind: "property";
  readonly body: (tools: PropertyTools) => Promise<true | string>;
}

/** An error of the student's function, within a property: its name and message, no stack. */
export class StudentError extends Error {
  override name = "StudentError";

  /** @param call the call that threw, as text: `f1Score(0, 0, 86)` */
  constructor(
    readonly call: string,
    readonly threw: Thrown,
  ) {
    super(threw.message);
  }
}

/**
 * Returns a demand that its body tests by calls of its own: made-up inputs, two results that must
 * agree, a callback that counts.
 *
 * @param body resolves to true, or in words to what does not hold: with the input, what came and what
 * should have come
 * @throws DeclarationError when it is no function
 */
export function property(body: (tools: PropertyTools) => Promise<true | string>): Property {
  if (typeof body === "function") return { kind: "property", body };
  throw new DeclarationError(
    `property(${show(body)}): expected a function, as in property(async ({ call, random }) => ...).`,
  );
}
