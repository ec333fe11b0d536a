/**
 * A note for the next kernel of the same front end, in case the process ends for want of memory: V8
 * and the system end it without a word.
 */
import { createHash } from "node:crypto";
import { readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir, userInfo } from "node:os";
import { join } from "node:path";

/** How much memory the process had when a cell began to need much; bytes. */
export interface MemoryState {
  readonly resident: number;
  /** What V8 allows for objects. */
  readonly limit: number;
}

/** The note of one connection file. */
export interface MemoryMark {
  /** Writes the note while the cell needs much memory. */
  set(state: MemoryState): void;
  /** The cell has ended, the process has not. */
  clear(): void;
  /** Returns what the predecessor left, once; undefined if it did not end that way. */
  takePredecessor(): MemoryState | undefined;
}

/** Returns the note of the kernels that are started with `connectionFile`. */
export function createMemoryMark(connectionFile: string, folder = tmpdir()): MemoryMark {
  const name = createHash("sha256").update(connectionFile).digest("hex").slice(0, 16);
  const file = join(folder, `headroom-kernel-memory-${name}.json`);
  let isSet = false;
  const remove = () => rmSync(file, { force: true });
  return {
    set(state) {
      try {
        remove();
        // Not through a link that somebody else has put there.
        writeFileSync(file, JSON.stringify(state), { flag: "wx", mode: 0o600 });
        isSet = true;
      } catch {
        // Then the end goes unexplained.
      }
    },
    clear() {
      if (!isSet) return;
      isSet = false;
      remove();
    },
    takePredecessor() {
      try {
        if (statSync(file).uid !== userInfo().uid) return undefined;
        const state: unknown = JSON.parse(readFileSync(file, "utf8"));
        remove();
        return isMemoryState(state) ? state : undefined;
      } catch {
        return undefined;
      }
    },
  };
}

function isMemoryState(value: unknown): value is MemoryState {
  if (typeof value !== "object" || value === null) return false;
  const { resident, limit } = value as Partial<Record<keyof MemoryState, unknown>>;
  return typeof resident === "number" && typeof limit === "number";
}
