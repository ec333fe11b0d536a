import { randomUUID } from "node:crypto";
import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";

const UNFINISHED = ".unfinished";

/**
 * Writes a file whole or not at all, whenever the process or the machine ends: beside its place, to the disk,
 * and then moved there. Folders are made. Only the owner may read it: it holds marks, or a student's work.
 */
export function writeWhole(file: string, data: string | Uint8Array): void {
  mkdirSync(dirname(file), { recursive: true });
  const fresh = join(dirname(file), `.${randomUUID()}${UNFINISHED}`);
  try {
    const opened = openSync(fresh, "wx", 0o600);
    try {
      writeFileSync(opened, data);
      fsyncSync(opened);
    } finally {
      closeSync(opened);
    }
    renameSync(fresh, file);
  } catch (error) {
    rmSync(fresh, { force: true });
    throw error;
  }
}

/** Deletes what a killed `writeWhole` has left in a folder. Only for who may write there alone. */
export function removeUnfinished(folder: string): void {
  for (const name of namesIn(folder)) {
    if (name.endsWith(UNFINISHED)) rmSync(join(folder, name), { force: true });
  }
}

/** Returns the names in a folder, sorted; none for a folder that isn't there. */
export function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder).sort();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw error;
  }
}
