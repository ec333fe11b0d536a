import type { AnyFunction } from "./call";
import type { Thrown } from "./thrown";

/**
 * What a call came to. Values are plain data: objects by their own properties, tensors as
 * `{tensor: true, shape, dtype, values}`, what can't be data as `{opaque: "function", name}`.
 */
export type Outcome =
  | {
      readonly value: unknown;
      /** The arguments as the call has left them. */
      readonly argumentsAfter: readonly unknown[];
    }
  | { readonly threw: Thrown };

/**
 * Calls a student's function, here or in another process. When it rejects, there is no outcome to
 * judge: the error goes through to whoever runs the test.
 */
export type Caller = (fn: AnyFunction, args: readonly unknown[]) => Promise<Outcome>;

/** The text of the error that an untouched stub throws. */
export const NOT_ANSWERED = "not answered yet";
