/** Checkpoints as files, one for each trial. */
import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join, resolve } from "node:path";
import type { CheckpointStore } from "../tfjs/checkpoint-store";

const ENDING = ".checkpoint";

/**
 * Returns a store in a folder, which is made when it is first needed. A file is written beside its
 * place, brought to the disk, and then moved there, so that after a power failure, too, it is whole or missing; what a
 * crash left half written is deleted by the next writer of it.
 */
export function checkpointFiles(folder: string): CheckpointStore {
  const file = (id: string) => join(folder, `${id}${ENDING}`);
  return {
    folder: resolve(folder),
    write(id, bytes) {
      mkdirSync(folder, { recursive: true });
      const fresh = `${file(id)}.new`;
      const opened = openSync(fresh, "w");
      try {
        writeFileSync(opened, bytes);
        fsyncSync(opened);
      } finally {
        closeSync(opened);
      }
      renameSync(fresh, file(id));
    },
    read: (id) => unlessMissing(() => readFileSync(file(id))),
    remove: (id) => rmSync(file(id), { force: true }),
    ids() {
      const names = unlessMissing(() => readdirSync(folder)) ?? [];
      return names
        .filter((name) => name.endsWith(ENDING))
        .map((name) => name.slice(0, -ENDING.length));
    },
  };
}

function unlessMissing<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}
