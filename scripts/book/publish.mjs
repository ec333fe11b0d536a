// @ts-check
// Puts a finished book in its place at once, so that a failed build leaves the old one.
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { BookError } from "./book-error.mjs";

/** By this file a folder is known to be a book, and may be replaced. */
const MARK = ".headroom-book";

/**
 * Writes the files beside the folder, then lets them take its place.
 *
 * @param {string} folder
 * @param {ReadonlyMap<string, string | Buffer>} files by their path within the book
 * @throws {BookError} where the folder holds something else than a book, which is left alone
 */
export function publish(folder, files) {
  requireReplaceable(folder);
  const fresh = `${folder}.new-${process.pid}`;
  const old = `${folder}.old-${process.pid}`;
  try {
    for (const [name, content] of new Map([...files, [MARK, ""]])) {
      const file = path.join(fresh, name);
      mkdirSync(path.dirname(file), { recursive: true });
      writeFileSync(file, content);
    }
    if (existsSync(folder)) renameSync(folder, old);
    renameSync(fresh, folder);
  } catch (error) {
    if (!existsSync(folder) && existsSync(old)) renameSync(old, folder);
    throw error;
  } finally {
    for (const left of [fresh, old]) rmSync(left, { recursive: true, force: true });
  }
}

/**
 * @param {string} folder
 * @throws {BookError}
 */
export function requireReplaceable(folder) {
  if (!existsSync(folder)) return;
  const inside = readdirSync(folder);
  if (inside.length === 0 || inside.includes(MARK)) return;
  throw new BookError(
    `${folder} holds files that are no book; they would be lost. Name an empty or a new folder.`,
  );
}
