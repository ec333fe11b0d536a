import {
  closeSync,
  constants,
  copyFileSync,
  linkSync,
  openSync,
  readFileSync,
  statSync,
  unlinkSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { StorageError } from "../errors";
import {
  isAlive,
  isLocal,
  type LockHolder,
  parseHolder,
  signInterval,
  signLimit,
  thisHolder,
} from "./lock-holder";

/** A lock that this process holds until it releases it or dies. */
export interface Lock {
  readonly path: string;
  readonly holder: LockHolder;
  /** Lets others take it. Safe to call twice. */
  release(): void;
}

/** How long to wait, in milliseconds, for another process that is just taking or leaving the lock. */
const patience = 5_000;

/**
 * Takes the lock that is a file at `path`, which names its holder. A dead holder's is taken over: at once
 * if it died on this machine, after `signLimit` without a sign of life if it was on another.
 *
 * The file appears whole, as a link. A dead holder's file is removed by whoever holds a second lock, named after that
 * holder: so nobody removes a file that somebody else has put in its place meanwhile.
 *
 * @param what what is locked, for the error
 * @throws StorageError `study-in-use` with the holder
 */
export function acquireLock(path: string, what: string): Lock {
  const holder = thisHolder();
  const text = `${JSON.stringify(holder)}\n`;
  const own = `${path}.${holder.id}`;
  writeFileSync(own, text, { flag: "wx" });
  let file: number;
  try {
    take(path, own, { what, deadline: Date.now() + patience });
    file = openSync(path, "r+");
  } finally {
    unlinkSync(own);
  }
  // Writing the same bytes sets the time of the last sign by the clock of whoever stores the file.
  const signs = setInterval(() => writeSync(file, text, 0), signInterval);
  signs.unref();
  let held = true;
  return {
    path,
    holder,
    release() {
      if (!held) return;
      held = false;
      clearInterval(signs);
      closeSync(file);
      if (idAt(path) === holder.id) unlinkSync(path);
    },
  };
}

/** Returns the id of the holder that a lock's file names; undefined without one. */
export function idAt(path: string): string | undefined {
  const found = readHolder(path);
  return typeof found === "string" ? undefined : found.id;
}

/** Makes `target` name what `source` names, if nothing is there. Throws EEXIST otherwise. */
export function linkNew(source: string, target: string): void {
  try {
    linkSync(source, target);
  } catch (error) {
    // Some file systems (exFAT, shared folders of virtual machines) have no links.
    if (!["EPERM", "ENOTSUP", "EOPNOTSUPP", "ENOSYS"].includes(codeOf(error))) throw error;
    copyFileSync(source, target, constants.COPYFILE_EXCL);
  }
}

/** Blocks this thread for some milliseconds. */
export function sleep(milliseconds: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
}

/** Returns the code of a system error, as `ENOENT`; empty for others. */
export function codeOf(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? "";
}

interface Attempt {
  readonly what: string;
  readonly deadline: number;
}

function take(path: string, own: string, attempt: Attempt): void {
  for (;;) {
    try {
      linkNew(own, path);
      return;
    } catch (error) {
      if (codeOf(error) !== "EEXIST") throw error;
    }
    const found = readHolder(path);
    if (found === "none") continue;
    if (found === "unreadable") {
      // Without links the file is empty for a moment.
      if (Date.now() > attempt.deadline) throw unreadable(path, attempt);
      sleep(5);
      continue;
    }
    const silence = statSync(own).mtimeMs - lastSign(path);
    if (isAlive(found, silence)) throw inUse(found, silence, path, attempt);
    removeDead(path, found, own, attempt);
  }
}

/** Removes a dead holder's file, unless another process is at it or has done so. */
function removeDead(path: string, dead: LockHolder, own: string, attempt: Attempt): void {
  const removal = `${path}.${dead.id}`;
  try {
    take(removal, own, attempt);
  } catch (error) {
    if (!(error instanceof StorageError) || Date.now() > attempt.deadline) throw error;
    sleep(5);
    return;
  }
  try {
    if (idAt(path) === dead.id) unlinkSync(path);
  } finally {
    unlinkSync(removal);
  }
}

function readHolder(path: string): LockHolder | "none" | "unreadable" {
  try {
    return parseHolder(readFileSync(path, "utf8")) ?? "unreadable";
  } catch (error) {
    if (codeOf(error) === "ENOENT") return "none";
    throw error;
  }
}

/** Milliseconds since 1970; of a file that has just gone, now. */
function lastSign(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Date.now();
}

function inUse(holder: LockHolder, silence: number, path: string, { what }: Attempt): StorageError {
  const self = isLocal(holder) && holder.pid === process.pid;
  const who = self ? "this process" : `process ${holder.pid} on ${holder.host}`;
  const cure = self
    ? "Close its storage first."
    : "Wait until that search has ended, or stop it; reading (readJournal) is always possible.";
  const distant = isLocal(holder)
    ? ""
    : ` Its last sign of life came ${Math.round(silence / 1000)} s ago; after ${signLimit / 1000} s without one it counts as dead.`;
  return new StorageError(
    "study-in-use",
    `${what} is being written by ${who} since ${holder.since}, and has one writer at a time. ${cure}${distant}`,
    { holder, lock: path },
  );
}

function unreadable(path: string, { what }: Attempt): StorageError {
  return new StorageError(
    "study-in-use",
    `${what} is locked by ${path}, which does not say who holds it. Delete that file if nothing writes the study.`,
    { lock: path },
  );
}
