/** What only some platforms have: files, other processes, and a trainer. */
import { DefinitionError } from "./errors";
import type { Executor } from "./execution/trial-program";
import type { StudyStorage } from "./storage/study-storage";
import type { CheckpointStore } from "./tfjs/checkpoint-store";
import type { FitTrialSettings } from "./tfjs/fit-trial";
import type { Tf } from "./tfjs/tensorflow";
import type { Trainer } from "./tfjs/trainer";

/** Where a study is kept. */
interface StudyFolder {
  readonly storage: StudyStorage;
  readonly checkpoints: CheckpointStore;
}

/** A function that a module exports. */
export interface ModuleExport {
  /** The module's absolute path. */
  readonly path: string;
  /** The name of the export. */
  readonly name: string;
}

/** How models are to be trained in other processes. */
export interface ModelWorkers {
  /** How many processes. */
  readonly count: number;
  readonly settings: FitTrialSettings;
  /** Exports the builder; without it the builder's text is sent. */
  readonly buildModule?: ModuleExport;
  /** Whether by the native TensorFlow, as in this process. */
  readonly native: boolean;
  /** So many seconds after its start a trial is given up; never by default. */
  readonly trialTimeout?: number;
}

/** What the tuner asks of the platform. */
export interface Platform {
  /** Opens the folder of a study, and makes it where it is missing. */
  openFolder(folder: string, studyName: string): StudyFolder;
  /** Returns an executor that trains models in other processes. */
  modelWorkers(wanted: ModelWorkers): Executor;
  /** Returns what trains models faster than TensorFlow.js does; undefined where nothing can. */
  loadTrainer(tf: Tf): Promise<Trainer | undefined>;
}

/** A platform without files and other processes. */
export const browserPlatform: Platform = {
  openFolder(folder) {
    throw new DefinitionError(
      "no-files",
      `folder "${folder}": studies are kept in files by Node only. Leave the folder out, or give a ` +
        "storage of your own.",
      { folder },
    );
  },
  modelWorkers() {
    throw new DefinitionError(
      "no-workers",
      "workers: only Node trains models in other processes. Leave workers out.",
    );
  },
  loadTrainer: async () => undefined,
};

let current = browserPlatform;

/** From now on all tuners of this process use this platform. */
export function usePlatform(platform: Platform): void {
  current = platform;
}

/** The platform that this code runs on. */
export function platform(): Platform {
  return current;
}
