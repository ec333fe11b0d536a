/** Studies in folders: a journal that Optuna reads, and checkpoints beside it. */
import { join, resolve } from "node:path";
import { modelWorkers } from "../execution/worker-models";
import type { Platform } from "../platform";
import { loadTrainer } from "../tfjs/node-trainer";
import { checkpointFiles } from "./checkpoint-files";
import { openJournal, type StudyJournal } from "./journal-file";

/** By folder: what this process has open. */
const opened = new Map<string, StudyJournal>();

/**
 * Node. A folder that this process has open already is closed there: in a notebook, running a cell
 * again makes a tuner anew, and the old one is no longer meant.
 */
export const nodePlatform: Platform = {
  openFolder(folder, studyName) {
    const file = resolve(folder, "journal.log");
    opened.get(file)?.close();
    const storage = openJournal(file, { studyName });
    opened.set(file, storage);
    return { storage, checkpoints: checkpointFiles(join(folder, "checkpoints")) };
  },
  modelWorkers,
  loadTrainer,
};
