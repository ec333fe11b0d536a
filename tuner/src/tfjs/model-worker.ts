/**
 * The program of workers that train models; see `execution/worker-models.ts` for the other side. Runs in
 * Node only.
 */
import { createRequire } from "node:module";
import { DefinitionError } from "../errors";
import type { TrialProgram } from "../execution/trial-program";
import { reviveFunction } from "../execution/worker-functions";
import { loadExport } from "../execution/worker-load";
import { checkpointFiles } from "../storage/checkpoint-files";
import { fitTrial, type ModelBuilder, type TrialFitOptions } from "./fit-trial";
import { type FunctionOrigin, type ModelWorkerData, restoreData } from "./model-worker-data";
import { loadTrainer } from "./node-trainer";
import { loadTensorFlow, type Tf } from "./tensorflow";
import type { Trainer } from "./trainer";

/** Returns the program that trains a trial's model. @throws DefinitionError for what can't be loaded */
export async function createProgram(data: ModelWorkerData): Promise<TrialProgram> {
  const tf = data.native ? nativeTensorFlow() : await loadTensorFlow();
  await tf.ready();
  const { build, fit, validation, checkpoints } = data;
  return fitTrial(tf, {
    build: (await revive(build, "build", tf)) as ModelBuilder,
    train: restoreData(tf, data.train),
    validation: validation === undefined ? undefined : restoreData(tf, validation),
    folds: data.folds,
    objectives: data.objectives,
    fit: isOrigin(fit)
      ? ((await revive(fit, "fit", tf)) as (...values: unknown[]) => TrialFitOptions)
      : fit,
    checkpoints: checkpoints === undefined ? undefined : checkpointFiles(checkpoints),
    trainer: data.compiled ? await requireTrainer(tf) : undefined,
  });
}

/** Without it, trials would not give what they give in the process that asks for them. */
async function requireTrainer(tf: Tf): Promise<Trainer> {
  const trainer = await loadTrainer(tf);
  if (trainer !== undefined) return trainer;
  throw new DefinitionError(
    "no-trainer",
    "A worker did not find @headroom/trainer, which the search's own process has. Install it where " +
      'the tuner is, or search with training: "stock".',
  );
}

/** It has to be loaded by itself: TensorFlow.js alone computes in JavaScript. */
function nativeTensorFlow(): Tf {
  return createRequire(__filename)("@tensorflow/tfjs-node");
}

async function revive(
  origin: FunctionOrigin,
  what: string,
  tf: Tf,
): Promise<(...values: readonly unknown[]) => unknown> {
  return "source" in origin
    ? reviveFunction(origin.source, { tf }, `The ${what} function`)
    : loadExport(origin.path, origin.name);
}

function isOrigin(fit: TrialFitOptions | FunctionOrigin): fit is FunctionOrigin {
  return "source" in fit || "path" in fit;
}
