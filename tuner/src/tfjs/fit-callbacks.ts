import type { CustomCallbackArgs, LayersModel, Logs, ModelFitArgs } from "@tensorflow/tfjs";
import type { Tf } from "./tensorflow";

type Callback = CustomCallbackArgs & {
  setModel?(model: LayersModel): void;
  setParams?(parameters: Readonly<Record<string, unknown>>): void;
};

/** The user's callbacks of a training that is made of several, and what they did. */
export class FitCallbacks {
  /** How many batches of the epoch have begun, where {@link batchHooks} are in use. */
  batches = 0;
  /** Whether one of them has stopped the training. */
  haveStopped = false;
  readonly #model: LayersModel;
  readonly #all: readonly Callback[];
  readonly #begins: readonly Callback[];
  readonly #ends: readonly Callback[];

  constructor(tf: Tf, model: LayersModel, { callbacks = [] }: Pick<ModelFitArgs, "callbacks">) {
    this.#model = model;
    this.#all = [callbacks].flat() as Callback[];
    this.#begins = this.#all.filter((callback) => isOwn(tf, callback, "onBatchBegin"));
    this.#ends = this.#all.filter((callback) => isOwn(tf, callback, "onBatchEnd"));
  }

  /** Whether any of them wants to hear of batches. */
  get listenToBatches(): boolean {
    return this.#begins.length + this.#ends.length > 0;
  }

  /** Calls something of each, one after the other. */
  async every(call: (callback: Callback) => unknown): Promise<void> {
    for (const callback of this.#all) await call(callback);
  }

  /** To be called after callbacks, before anyone else can have stopped the training. */
  mayHaveStopped(): void {
    this.haveStopped ||= this.#model.stopTraining;
  }

  /** What is to be heard of batches. */
  batchHooks(): Pick<CustomCallbackArgs, "onBatchBegin" | "onBatchEnd"> {
    const hear = (hook: "onBatchBegin" | "onBatchEnd", listeners: readonly Callback[]) => {
      return async (batch: number, logs?: Logs) => {
        if (hook === "onBatchBegin") this.batches = batch + 1;
        for (const listener of listeners) await listener[hook]?.(batch, logs);
        this.mayHaveStopped();
      };
    };
    // Where somebody listens to the ends, tfjs waits for the loss of each batch: that can cost more than
    // the batch. The beginnings cost nothing.
    return {
      onBatchBegin: hear("onBatchBegin", this.#begins),
      ...(this.#ends.length > 0 ? { onBatchEnd: hear("onBatchEnd", this.#ends) } : {}),
    };
  }
}

/** Whether a callback does something there; tfjs's own classes inherit methods that do nothing. */
function isOwn(tf: Tf, callback: Callback, hook: "onBatchBegin" | "onBatchEnd"): boolean {
  const method: unknown = callback[hook];
  return method !== undefined && method !== tf.Callback.prototype[hook];
}
