import type { Parameter, Scalar, Values } from "../search-space/parameter";
import type { Objective } from "../trials/objective";
import type { Budget, TrialStatus } from "../trials/trial";

/**
 * What has happened in a study. Its state is what applying all events in order gives: live, after a
 * crash, and in another process that only reads.
 */
export type StudyEvent =
  | {
      readonly type: "study";
      readonly name: string;
      readonly objectives: readonly Objective[];
      readonly oracle: {
        readonly name: string;
        readonly options: Readonly<Record<string, unknown>>;
        readonly seed: number;
      };
    }
  /** Parameters became known, in this order. */
  | { readonly type: "space"; readonly parameters: readonly Parameter[] }
  /** Values that are to be tried before anything that the oracle proposes. */
  | {
      readonly type: "enqueue";
      readonly trial: number;
      readonly values: Values;
      readonly at: number;
    }
  /** A finished trial of another study was taken over. */
  | {
      readonly type: "import";
      readonly trial: number;
      readonly values: Values;
      readonly status: "COMPLETED" | "PRUNED";
      readonly score: number | undefined;
      readonly origin: string;
      readonly at: number;
    }
  /** A worker was given a trial: a new one, one to be tried again, or one that was enqueued. */
  | {
      readonly type: "start";
      readonly trial: number;
      readonly worker: string;
      readonly values: Values;
      readonly budget?: Budget;
      /** After the draws that led to it. */
      readonly seedState: number;
      readonly at: number;
    }
  /** Random numbers were drawn, but no trial came of it. */
  | { readonly type: "draws"; readonly seedState: number }
  /** A running trial met parameters that the study did not know, or that it did not have. */
  | {
      readonly type: "define";
      readonly trial: number;
      readonly values: Readonly<Record<string, Scalar>>;
    }
  | {
      readonly type: "report";
      readonly trial: number;
      readonly step: number;
      readonly metrics: Readonly<Record<string, number>>;
    }
  | {
      readonly type: "attributes";
      readonly trial: number;
      readonly attributes: Readonly<Record<string, unknown>>;
    }
  /**
   * A run ended. INVALID: it will be tried again, and this try counts. WAITING: it was interrupted
   * and will be tried again, which does not count. With any other status the trial is over.
   */
  | {
      readonly type: "end";
      readonly trial: number;
      readonly status: Exclude<TrialStatus, "RUNNING">;
      readonly score?: number;
      readonly bestStep?: number;
      readonly message?: string;
      readonly at: number;
    };
