/** Folders in the system's temporary folder that live as long as a kernel does. */
import { mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import path from "node:path";

/** What a folder holds: the type checker's project, or compiled modules. */
export type ScratchKind = "types" | "modules";

/** Returns the path of a new folder that only its owner can enter. */
export function createScratchFolder(kind: ScratchKind, parent: string = tmpdir()): string {
  mkdirSync(parent, { recursive: true });
  // mkdtemp makes it 0700.
  return mkdtempSync(path.join(realpathSync(parent), `${prefixOf(kind)}${process.pid}-`));
}

/** Removes a folder with all that is in it; failures are ignored. */
export function removeScratchFolder(folder: string): void {
  try {
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  } catch {
    // The next kernel's start tries again.
  }
}

/** Removes this kind's folders of kernels of this machine that were killed. */
export function removeStaleFolders(kind: ScratchKind, parent: string = tmpdir()): void {
  let names: string[];
  try {
    names = readdirSync(parent);
  } catch {
    return;
  }
  const prefix = prefixOf(kind);
  for (const name of names) {
    if (!name.startsWith(prefix)) continue;
    const owner = Number.parseInt(name.slice(prefix.length), 10);
    if (Number.isInteger(owner) && !isAlive(owner)) removeScratchFolder(path.join(parent, name));
  }
}

/**
 * How the names of this machine's folders begin. Process numbers mean something only on their own
 * machine, and containers may share a folder.
 */
function prefixOf(kind: ScratchKind): string {
  // Loaded when first needed: most notebooks import no modules of their own.
  const { createHash } = process.getBuiltinModule("node:crypto");
  const machine = createHash("sha256").update(hostname()).digest("hex").slice(0, 8);
  return `headroom-kernel-${kind}-${machine}-`;
}

function isAlive(processId: number): boolean {
  try {
    process.kill(processId, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== "ESRCH";
  }
}
