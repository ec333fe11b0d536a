/**
 * What crosses the border of the sandbox: one JSON text a line, requests on descriptor 3, answers on
 * descriptor 4. The runner inside is not trusted: what it says is data, checked before it is used.
 */
import type { Encoded } from "./codec";

/** From the judge to the runner. */
export type Request =
  /** Runs a cell of TypeScript. */
  | { readonly id: number; readonly cell: string }
  /** Calls a top-level function of the student's. */
  | { readonly id: number; readonly call: string; readonly args: readonly Encoded[] }
  /** The answer to the runner's `callback`. */
  | { readonly reply: { readonly value: Encoded } | { readonly threw: string } };

/** What an error is, as it travels. */
export interface Thrown {
  readonly name: string;
  readonly message: string;
}

/** From the runner to the judge. */
export type Answer =
  /** Said once, before any code of the student's has run. */
  | { readonly ready: true }
  /** How a cell ended. */
  | { readonly id: number; readonly text: string; readonly threw?: Thrown }
  /** What a call returned, and what it has made of its arguments. */
  | {
      readonly id: number;
      readonly value: Encoded;
      readonly argumentsAfter: readonly Encoded[];
    }
  | { readonly id: number; readonly threw: Thrown }
  /** There is no such function. */
  | { readonly id: number; readonly missing: true }
  /** The student's function calls an argument that is a function of the judge's. */
  | { readonly callback: number; readonly args: readonly Encoded[] };
