import * as tf from "@tensorflow/tfjs-node";

/** What callbacks are told of a training. */
export interface TrainingParameters {
  readonly epochs: number;
  readonly initialEpoch: number;
  /** Null where nobody knows before, as with a dataset; so is the batch size. */
  readonly samples: number | null;
  readonly steps: number | null;
  readonly batchSize: number | null;
  readonly verbose: number;
  readonly doValidation: boolean;
  readonly metrics: readonly string[];
}

/** Returns the callbacks in the order in which tfjs calls them, and the history that they end with. */
export function callbackList(
  model: tf.LayersModel,
  own: readonly tf.Callback[],
  parameters: TrainingParameters,
): { readonly callbacks: tf.CallbackList; readonly history: tf.History } {
  const history = new tf.History();
  const told = parameters.verbose > 0 ? [epochPrinter(parameters)] : [];
  const callbacks = new tf.CallbackList([...told, ...own, history]);
  callbacks.setModel(model);
  callbacks.setParams(parameters as unknown as { [key: string]: number });
  return { callbacks, history };
}

/** Prints a line for each epoch. */
function epochPrinter({ epochs, samples }: TrainingParameters): tf.CustomCallback {
  let since = 0;
  return new tf.CustomCallback({
    async onEpochBegin() {
      since = performance.now();
    },
    async onEpochEnd(epoch, logs = {}) {
      const ms = performance.now() - since;
      const values = Object.entries(logs).map(
        ([name, value]) => `${name}=${Number(value).toPrecision(4)}`,
      );
      const each = samples === null ? "" : `, ${((ms / samples) * 1000).toFixed(0)} us a sample`;
      const pace = `${ms.toFixed(0)} ms${each}`;
      console.log(`Epoch ${epoch + 1} / ${epochs}: ${values.join(" ")} (${pace})`);
    },
  });
}
