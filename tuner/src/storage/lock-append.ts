import { lstatSync, unlinkSync } from "node:fs";
import { StorageError } from "../errors";
import { codeOf, idAt, type Lock, linkNew, sleep } from "./lock";

/** After how many milliseconds without a change Optuna takes a lock away from whoever has it; so do we. */
const grace = 30_000;

/**
 * Runs `body` while nobody else appends to a journal, not Optuna either: its lock is a file or a link named like the
 * journal plus `.lock`. Ours is a link to the writer's lock, so that a crash leaves one that says whose it was.
 *
 * @throws StorageError `lock-lost` where the writer's lock has gone to another process
 */
export function withAppendLock<Result>(journal: string, writer: Lock, body: () => Result): Result {
  const path = `${journal}.lock`;
  takeFromOptuna(path, writer, journal);
  try {
    if (idAt(path) !== writer.holder.id) throw lost(journal, writer);
    return body();
  } finally {
    removeIfThere(path);
  }
}

function takeFromOptuna(path: string, writer: Lock, journal: string): void {
  let seen = "";
  let since = Date.now();
  let pause = 1;
  for (;;) {
    try {
      linkNew(writer.path, path);
      return;
    } catch (error) {
      if (codeOf(error) === "ENOENT") throw lost(journal, writer);
      if (codeOf(error) !== "EEXIST") throw error;
    }
    const found = lstatSync(path, { throwIfNoEntry: false });
    if (found === undefined) continue;
    // We hold the writer's lock: another one's link here is what a crash has left.
    const left = found.isFile() && idAt(path) !== undefined;
    const sign = `${found.ino} ${found.mtimeMs}`;
    if (sign !== seen) since = Date.now();
    seen = sign;
    if (left || Date.now() - since > grace) {
      removeIfThere(path);
      continue;
    }
    sleep(pause);
    pause = Math.min(2 * pause, 50);
  }
}

function removeIfThere(path: string): void {
  try {
    unlinkSync(path);
  } catch (error) {
    if (codeOf(error) !== "ENOENT") throw error;
  }
}

function lost(journal: string, { path }: Lock): StorageError {
  const holder = idAt(path);
  const cause = holder === undefined ? `${path} was deleted` : "another process has taken it over";
  return new StorageError(
    "lock-lost",
    `${journal} is no longer this process's to write: ${cause}. Open it again to go on.`,
    { lock: path },
  );
}
