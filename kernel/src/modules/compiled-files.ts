import { mkdtempSync, readdirSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

const PREFIX = "headroom-kernel-modules-";

/**
 * Where compiled modules lie for Node to read: a folder of this process, which only its owner can
 * read. Node loads ES modules from files in every version, for `import` and for `require`.
 */
export interface CompiledFiles {
  /** Returns the path that the numbered module will have. */
  pathOf(id: number): string;
  /** The file must stay: Node looks whether it is there whenever another module imports it. */
  write(file: string, text: string): void;
}

/** The folder is made when it is first needed, and removed when the process ends. */
export function createCompiledFiles(): CompiledFiles {
  let folder: string | undefined;
  return {
    pathOf(id) {
      folder ??= makeFolder();
      return path.join(folder, `${id}.mjs`);
    },
    write(file, text) {
      writeFileSync(file, text);
    },
  };
}

function makeFolder(): string {
  const parent = realpathSync(tmpdir());
  removeLeftovers(parent);
  const folder = mkdtempSync(path.join(parent, `${PREFIX}${process.pid}-`));
  process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A process that was killed could not tidy up. */
function removeLeftovers(parent: string): void {
  for (const name of readdirSync(parent)) {
    if (!name.startsWith(PREFIX) || isAlive(Number.parseInt(name.slice(PREFIX.length), 10)))
      continue;
    try {
      rmSync(path.join(parent, name), { recursive: true, force: true });
    } catch {
      // another user's
    }
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
