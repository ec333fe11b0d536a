import { randomUUID } from "node:crypto";
import {
  closeSync,
  existsSync,
  fsyncSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import { DataFileError } from "./errors";

/**
 * Writes a text file so that readers, and a crash, find either the old file or the new one, never a
 * part: it writes a temporary file beside it, then renames that. Permissions and links stay.
 *
 * @param text written as UTF-8
 * @throws DataFileError `missing-file` where the folder does not exist; the system's own error,
 *   with the old file untouched, for everything else (no permission, no space left)
 */
export function writeFileAtomically(path: string, text: string): void {
  const folder = dirname(path);
  if (!existsSync(folder)) {
    throw new DataFileError(
      "missing-file",
      `${path}: the folder ${folder} does not exist. Make it first, or mend the path.`,
      { path, folder },
    );
  }
  // A link is followed, so that it goes on pointing to the file.
  const target = existsSync(path) ? realpathSync(path) : path;
  const mode = existsSync(target) ? statSync(target).mode : undefined;
  const partial = join(dirname(target), `.${basename(target)}.${randomUUID()}.part`);
  try {
    const file = openSync(partial, "wx", mode);
    try {
      writeFileSync(file, text, "utf8");
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(partial, target);
  } catch (error) {
    rmSync(partial, { force: true });
    throw error;
  }
}
