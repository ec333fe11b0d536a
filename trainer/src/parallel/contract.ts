/** What a process that trains models and the one that started it tell each other. */
import type { EarlyStoppingCallbackArgs } from "@tensorflow/tfjs-node";
import type { Explanation, Way } from "../fit/choose-runner";
import type { Logs } from "../fit/step-runner";
import type { FittedState, ModelParcel } from "./model-parcel";
import type { DataParcel } from "./shared-data";

/** A training, as plain data. */
export interface Errand {
  readonly model: ModelParcel;
  readonly data: DataParcel;
  /** Options of `fit`. */
  readonly options: Readonly<Record<string, unknown>>;
  readonly earlyStopping: EarlyStoppingCallbackArgs | undefined;
  readonly way: Way | undefined;
}

/** What came of it. */
export interface Fitted {
  readonly state: FittedState;
  readonly epoch: readonly number[];
  readonly history: Readonly<Record<string, readonly number[]>>;
  readonly explanation: Explanation | undefined;
}

/** An error on its way between processes. */
interface WireError {
  readonly name: string;
  readonly message: string;
  readonly stack: string | undefined;
}

/** From the process that trains. */
export type FromTrainer =
  | { readonly kind: "epoch"; readonly epoch: number; readonly logs: Logs }
  | { readonly kind: "fitted"; readonly fitted: Fitted }
  | { readonly kind: "failed"; readonly error: WireError };
