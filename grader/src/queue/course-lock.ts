import { randomUUID } from "node:crypto";
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { hasEnded, type LockHolder, parseHolder, thisHolder } from "./lock-holder";

/** Somebody else is grading in the course. */
export class CourseLockedError extends Error {
  override name = "CourseLockedError";
}

/** A course that only this process grades in, until it is released. */
export interface CourseLock {
  /** May be called twice. */
  release(): void;
}

/**
 * Takes a course for this process: two graders at once would do everything twice and mix up the gradebook. The lock
 * of a process that has ended is taken over.
 *
 * @param doing what a second grader is told: "grade 02-skewed-data-metrics"
 * @throws {CourseLockedError} which says who is at work
 */
export function lockCourse(course: string, doing: string): CourseLock {
  const folder = join(course, "verdicts");
  mkdirSync(folder, { recursive: true });
  const lock = join(folder, ".lock");
  const mine = thisHolder(doing);
  // Linked into its place, a lock is never seen half written.
  const fresh = `${lock}.${mine.id}`;
  writeFileSync(fresh, JSON.stringify(mine));
  try {
    while (!tryLink(fresh, lock)) {
      const text = readIfThere(lock);
      if (text === undefined) continue;
      const holder = parseHolder(text);
      if (holder !== undefined && !hasEnded(holder)) throw locked(course, lock, holder);
      removeIfStill(lock, text);
    }
  } finally {
    rmSync(fresh, { force: true });
  }
  return { release: () => removeIfStill(lock, JSON.stringify(mine)) };
}

function locked(course: string, lock: string, holder: LockHolder): CourseLockedError {
  const { doing, pid, host, since } = holder;
  return new CourseLockedError(
    `In ${course} another process is at work: "${doing}", process ${pid} on ${host}, since ${since}. ` +
      `Wait until it has ended; if it no longer runs, delete ${lock}.`,
  );
}

function tryLink(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

/** Removes a lock, unless another process has put its own there since `text` was read. */
function removeIfStill(lock: string, text: string): void {
  if (readIfThere(lock) !== text) return;
  const aside = `${lock}.${randomUUID()}`;
  try {
    renameSync(lock, aside);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return;
    throw error;
  }
  if (readFileSync(aside, "utf8") !== text) tryLink(aside, lock);
  rmSync(aside, { force: true });
}

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}
