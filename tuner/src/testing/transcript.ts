import type { KerasParameter, KerasSpec } from "../search-space/keras-config";
import type { Scalar } from "../search-space/parameter";
import type { Direction } from "../trials/objective";

/** JSON has no NaN and no infinities; transcripts write them as text. */
type Figure = number | "NaN" | "Infinity" | "-Infinity";

type ObjectiveSpec = string | { readonly name: string; readonly direction: Direction };

/** What a transcript was recorded from, as far as a replay needs it. */
export interface TranscriptCase {
  readonly name: string;
  readonly space?: readonly KerasSpec[];
  readonly oracle: string;
  readonly options: Readonly<Record<string, number | string | null>>;
  readonly seed: number;
  readonly objective?: ObjectiveSpec | readonly ObjectiveSpec[] | null;
}

/** What was done with Keras Tuner's oracle, and what it answered. */
export type TranscriptEvent =
  | {
      readonly op: "create";
      readonly worker: string;
      readonly status?: string;
      readonly trial_id?: string;
      readonly values?: Readonly<Record<string, Scalar>>;
      readonly again?: boolean;
      readonly error?: string;
    }
  | {
      readonly op: "define";
      readonly trial_id: string;
      readonly space: readonly KerasSpec[];
      readonly values: Readonly<Record<string, Scalar>>;
    }
  | {
      readonly op: "update";
      readonly trial_id: string;
      readonly metrics: Readonly<Record<string, Figure>>;
      readonly step: number;
    }
  | {
      readonly op: "end";
      readonly trial_id: string;
      readonly status: "COMPLETED" | "INVALID" | "FAILED";
      readonly error?: string;
      readonly result: TranscriptResult;
    }
  | { readonly op: "reload"; readonly retry_queue: readonly string[]; readonly seed_state: number };

/** What became of a trial. */
export interface TranscriptResult {
  readonly status: string;
  readonly score: Figure | null;
  readonly best_step: number | null;
}

/** A recorded run of one of Keras Tuner's oracles; see `fixtures/keras-tuner/README.md`. */
export interface Transcript {
  readonly format: "kt-transcript/1";
  readonly case: TranscriptCase;
  readonly exact_events: number;
  readonly events: readonly TranscriptEvent[];
  readonly final: {
    readonly ended: string;
    readonly best_trials: readonly string[];
    readonly start_order: readonly string[];
    readonly end_order: readonly string[];
    readonly ongoing: Readonly<Record<string, string>>;
    readonly retry_queue: readonly string[];
    readonly seed_state: number;
    readonly tried_so_far: number;
    readonly remaining_trials: number | null;
    readonly trials: readonly (TranscriptResult & {
      readonly trial_id: string;
      readonly run_times: number;
      readonly values_hash: string;
      readonly values: Readonly<Record<string, Scalar>>;
    })[];
    readonly space: readonly KerasParameter[];
    readonly plan?: readonly {
      readonly bracket: number;
      readonly round: number;
      readonly size: number;
      readonly initial_epoch: number;
      readonly epochs: number;
    }[];
    readonly brackets?: readonly {
      readonly bracket: number;
      readonly rounds: readonly (readonly (readonly [string | null, string])[])[];
    }[];
    readonly open_brackets?: number;
    readonly current_bracket?: number;
    readonly current_iteration?: number;
    readonly epochs_run?: number;
  };
}
