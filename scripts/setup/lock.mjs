// @ts-check
// One set-up at a time: two at once would install into the same folders.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { CACHE } from "../project.mjs";

const LOCK = path.join(CACHE, "setup.lock");
const POLL_MILLISECONDS = 500;

/** @param {number} pid */
function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === "EPERM";
  }
}

/**
 * Takes the lock, or returns the process id of its living holder.
 * @returns {number} 0 when the lock was taken
 */
function tryLock() {
  try {
    writeFileSync(LOCK, String(process.pid), { flag: "wx" });
    return 0;
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== "EEXIST") throw error;
  }
  const holder = Number(readFileSync(LOCK, "utf8"));
  if (holder > 0 && holder !== process.pid && isAlive(holder)) return holder;
  rmSync(LOCK, { force: true }); // left by a set-up that was killed
  return tryLock();
}

/**
 * Runs `work` while no other set-up of this project does; waits for one that runs already.
 * @template T
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withLock(work) {
  mkdirSync(CACHE, { recursive: true });
  let told = false;
  for (let holder = tryLock(); holder !== 0; holder = tryLock()) {
    if (!told) console.log(`[set-up] another one is at work (process ${holder}); waiting for it`);
    told = true;
    await new Promise((resolve) => setTimeout(resolve, POLL_MILLISECONDS));
  }
  try {
    return await work();
  } finally {
    rmSync(LOCK, { force: true });
  }
}
