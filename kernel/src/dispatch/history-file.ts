/**
 * The file that history is kept in over restarts: one line a cell, appended by any number of kernels
 * at once, `["<kernel>", 3, "code"]`. A session is what one kernel wrote.
 */
import { randomBytes } from "node:crypto";
import { appendFileSync, mkdirSync } from "node:fs";
import { appendFile, mkdir, open, rename, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { HistoryEntry } from "./history";

/** Keeps cells for later kernels. */
export interface HistoryFile {
  /** Returns the cells of earlier kernels, numbered by session from 1, oldest first. Never throws. */
  load(): Promise<readonly HistoryEntry[]>;
  /** Keeps a cell; it is in the file when this returns. Never throws. */
  append(entry: { readonly line: number; readonly code: string }): void;
  /** Resolves when the file is not being shortened. */
  saved(): Promise<void>;
}

/** When a file is longer, in bytes, it is cut to the newest cells that fill half of it. */
const MAX_LENGTH = 2_000_000;

type Line = readonly [kernel: string, line: number, code: string];

/**
 * Returns the history file in `folder`, which need not exist. Where it cannot be read or written,
 * that is told to `log` and the history lasts as long as the kernel.
 */
export function createHistoryFile(
  folder: string,
  log: (text: string) => void,
  maxLength = MAX_LENGTH,
): HistoryFile {
  const file = join(folder, "history.jsonl");
  const kernel = `${Date.now().toString(36)}-${randomBytes(4).toString("hex")}`;
  let isMade = false;
  let loading: Promise<readonly HistoryEntry[]> | undefined;

  async function read(): Promise<readonly HistoryEntry[]> {
    try {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const handle = await open(file, "a+", 0o600);
      try {
        const { size, mode } = await handle.stat();
        if ((mode & 0o077) !== 0 && process.platform !== "win32") await handle.chmod(0o600);
        const text = await handle.readFile("utf8");
        if (size > maxLength) await shrink(handle, text);
        return number(parse(text).filter(([writer]) => writer !== kernel));
      } finally {
        await handle.close();
      }
    } catch (error) {
      log(`history: ${error}`);
      return [];
    }
  }

  /**
   * Puts a shorter file in the old one's place. What another kernel appends to the old one meanwhile
   * is carried over; a lock keeps two kernels from doing this at once.
   */
  async function shrink(handle: Awaited<ReturnType<typeof open>>, text: string): Promise<void> {
    const lock = `${file}.lock`;
    try {
      await writeFile(lock, "", { flag: "wx" });
    } catch {
      const { mtimeMs } = await stat(lock);
      if (Date.now() - mtimeMs > 60_000) await rm(lock, { force: true });
      return;
    }
    try {
      const from = text.indexOf("\n", Math.max(0, text.length - maxLength / 2)) + 1;
      const shorter = `${file}.${kernel}`;
      await writeFile(shorter, text.slice(from), { mode: 0o600 });
      await rename(shorter, file);
      const late = await handle.readFile("utf8");
      if (late !== "") await appendFile(file, late);
    } finally {
      await rm(lock, { force: true });
    }
  }

  const load = () => {
    loading ??= read();
    return loading;
  };

  return {
    load,
    append({ line, code }) {
      // At once: a cell that has its reply is kept, even if the kernel is killed then.
      try {
        if (!isMade) mkdirSync(folder, { recursive: true, mode: 0o700 });
        isMade = true;
        appendFileSync(file, `${JSON.stringify([kernel, line, code])}\n`, { mode: 0o600 });
      } catch (error) {
        log(`history: ${error}`);
      }
      // Which also shortens the file.
      void load();
    },
    async saved() {
      await loading;
    },
  };
}

/** A line that is broken, say by a full disk, is passed over. */
function parse(text: string): Line[] {
  return text.split("\n").flatMap((json) => {
    try {
      const value: unknown = JSON.parse(json);
      return isLine(value) ? [value] : [];
    } catch {
      return [];
    }
  });
}

function isLine(value: unknown): value is Line {
  if (!Array.isArray(value)) return false;
  const [kernel, line, code] = value;
  return typeof kernel === "string" && typeof line === "number" && typeof code === "string";
}

/** Sessions stand one after the other, though their kernels may have run at the same time. */
function number(lines: readonly Line[]): HistoryEntry[] {
  const sessions = new Map<string, Line[]>();
  for (const line of lines) {
    const session = sessions.get(line[0]);
    if (session) session.push(line);
    else sessions.set(line[0], [line]);
  }
  return [...sessions.values()].flatMap((entries, index) =>
    entries.map(([, line, code]) => ({ session: index + 1, line, code })),
  );
}
