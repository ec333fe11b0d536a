/** What a process runs that trains models for another one, one after the other. */
import * as tf from "@tensorflow/tfjs-node";
import { compile, explain } from "../compile";
import type { Errand, Fitted, FromTrainer } from "./contract";
import { packState, unpackModel } from "./model-parcel";
import { mapData } from "./shared-data";

async function train(errand: Errand): Promise<Fitted> {
  const { model: parcel, data: given, options, earlyStopping, way } = errand;
  const model = await unpackModel(parcel);
  const data = mapData(given);
  const { train, validation } = data;
  try {
    const compiled = compile(model, way === undefined ? {} : { way });
    const { epoch, history } = await compiled.fit(train.x, train.y, {
      ...options,
      ...(validation === undefined
        ? {}
        : { validationData: [validation.x, validation.y] as never }),
      verbose: 0,
      callbacks: [
        new tf.CustomCallback({
          onEpochEnd: async (at, logs = {}) => {
            send({ kind: "epoch", epoch: at, logs: logs as Readonly<Record<string, number>> });
          },
        }),
        ...(earlyStopping === undefined ? [] : [tf.callbacks.earlyStopping(earlyStopping)]),
      ],
    });
    return {
      state: packState(model),
      epoch,
      history: history as Readonly<Record<string, number[]>>,
      explanation: explain(model),
    };
  } finally {
    tf.dispose([
      train.x,
      train.y,
      ...(validation === undefined ? [] : [validation.x, validation.y]),
    ]);
    model.optimizer.dispose();
    model.dispose();
  }
}

async function answer(errand: Errand): Promise<void> {
  try {
    send({ kind: "fitted", fitted: await train(errand) });
  } catch (thrown) {
    const { name, message, stack } = thrown instanceof Error ? thrown : new Error(String(thrown));
    send({ kind: "failed", error: { name, message, stack } });
  }
}

function send(message: FromTrainer): void {
  // Where the parent is gone, `disconnect` ends this process.
  process.send?.(message, undefined, undefined, () => {});
}

// Ctrl-C reaches the whole group of processes; what becomes of the trainings is the parent's to decide.
process.on("SIGINT", () => {});
process.on("disconnect", () => process.exit());
process.on("message", (errand) => void answer(errand as Errand));
