/** Trials of models in other processes. Node only. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DefinitionError } from "../errors";
import type { ModelWorkers } from "../platform";
import { checkpointFiles } from "../storage/checkpoint-files";
import type { CheckpointStore } from "../tfjs/checkpoint-store";
import {
  type FunctionOrigin,
  type ModelWorkerData,
  plainFitOptions,
  saveData,
} from "../tfjs/model-worker-data";
import type { Executor } from "./trial-program";
import { functionSource } from "./worker-functions";
import { workerPool } from "./worker-pool";

/**
 * Returns an executor whose processes train models. The functions cross as text, unless a module has
 * them; the data cross once to each process.
 *
 * @throws DefinitionError for functions and options that can't cross
 */
export function modelWorkers({ settings, buildModule, native, ...pool }: ModelWorkers): Executor {
  const { build, train, validation, folds, fit, objectives, checkpoints, trainer } = settings;
  const described = {
    native,
    compiled: trainer !== undefined,
    build: buildModule ?? source("build", build),
    train: saveData(train),
    validation: validation === undefined ? undefined : saveData(validation),
    folds,
    objectives,
    fit: typeof fit === "function" ? source("fit", fit) : plainFitOptions(fit),
  };
  const module = require.resolve("../tfjs/model-worker");
  const start = (folder: string | undefined) => {
    const data: ModelWorkerData = { ...described, checkpoints: folder };
    return workerPool({ ...pool, program: { module, data } });
  };
  if (checkpoints === undefined || checkpoints.folder !== undefined) {
    return start(checkpoints?.folder);
  }
  return byCourier(checkpoints, start);
}

/**
 * Carries checkpoints between a store that other processes can't see and a folder that they can, which
 * goes with the executor.
 */
function byCourier(store: CheckpointStore, start: (folder: string) => Executor): Executor {
  const folder = mkdtempSync(join(tmpdir(), "headroom-checkpoints-"));
  const files = checkpointFiles(folder);
  const pool = start(folder);
  return {
    width: pool.width,
    async run(task, hooks) {
      const earlier = task.budget?.promotedFrom;
      const bytes = earlier === undefined ? undefined : store.read(earlier);
      if (earlier !== undefined && bytes !== undefined) files.write(earlier, bytes);
      try {
        await pool.run(task, hooks);
        const made = files.read(task.id);
        if (made !== undefined) store.write(task.id, made);
      } finally {
        files.remove(task.id);
        if (earlier !== undefined) files.remove(earlier);
      }
    },
    async close() {
      await pool.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function source(what: string, fn: (hp: never) => unknown): FunctionOrigin {
  try {
    return { source: functionSource(fn) };
  } catch (error) {
    if (!(error instanceof DefinitionError)) throw error;
    throw new DefinitionError(error.code, `${what}: ${error.message}`, error.data);
  }
}
