/** What a worker process and the process that started it tell each other. */
import type { Parameter, Scalar } from "../search-space/parameter";
import type { TrialTask } from "./trial-program";
import type { WireError } from "./worker-wire-error";

/** Where a worker finds the program of its trials. */
export interface WorkerProgram {
  /** The absolute path of a CommonJS or ES module. */
  readonly module: string;
  /** The export that makes the program, a `TrialProgram` or a promise of one; `createProgram` by default. */
  readonly factory?: string;
  /** What the factory is called with; anything that `structuredClone` takes. */
  readonly data?: unknown;
}

/** To a worker. */
export type ToWorker =
  /** First of all, once. */
  | { readonly kind: "load"; readonly program: WorkerProgram }
  /** One trial at a time. */
  | { readonly kind: "run"; readonly task: TrialTask }
  /** The answer to a report: the pruner's reason, or what was wrong with the report. */
  | {
      readonly kind: "judged";
      readonly report: number;
      readonly reason?: string | undefined;
      readonly error?: WireError;
    }
  /** The trial is to end at its next report. */
  | { readonly kind: "abort" };

/** From a worker; `end` and `loaded` without an error mean that all went well. */
export type FromWorker =
  | { readonly kind: "loaded"; readonly error?: WireError }
  | { readonly kind: "define"; readonly parameter: Parameter; readonly value: Scalar }
  | {
      readonly kind: "report";
      readonly report: number;
      readonly metrics: Readonly<Record<string, number>>;
      readonly step: number;
    }
  | { readonly kind: "note"; readonly attributes: Readonly<Record<string, unknown>> }
  | { readonly kind: "end"; readonly error?: WireError };
