/** The folder that holds the checker's project files while a kernel lives. */
import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import path from "node:path";

/** Process numbers mean something only on their own machine, and containers may share a folder. */
const MACHINE = createHash("sha256").update(hostname()).digest("hex").slice(0, 8);
const PREFIX = `headroom-kernel-types-${MACHINE}-`;

/** Returns the path of a new folder that only its owner can enter. */
export function createScratchFolder(parent: string = tmpdir()): string {
  mkdirSync(parent, { recursive: true });
  // mkdtemp makes it 0700.
  return mkdtempSync(path.join(realpathSync(parent), `${PREFIX}${process.pid}-`));
}

/** Removes a folder with all that is in it; failures are ignored. */
export function removeScratchFolder(folder: string): void {
  try {
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  } catch {
    // The next kernel's start tries again.
  }
}

/** Removes the folders of kernels of this machine that were killed. */
export function removeStaleFolders(parent: string = tmpdir()): void {
  let names: string[];
  try {
    names = readdirSync(parent);
  } catch {
    return;
  }
  for (const name of names) {
    if (!name.startsWith(PREFIX)) continue;
    const owner = Number.parseInt(name.slice(PREFIX.length), 10);
    if (Number.isInteger(owner) && !isAlive(owner)) removeScratchFolder(path.join(parent, name));
  }
}

function isAlive(processId: number): boolean {
  try {
    process.kill(processId, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== "ESRCH";
  }
}
