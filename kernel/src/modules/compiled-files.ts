import { writeFileSync } from "node:fs";
import path from "node:path";
import { createScratchFolder, removeScratchFolder, removeStaleFolders } from "../scratch-folder";

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
  // A process that was killed could not tidy up.
  removeStaleFolders("modules");
  const folder = createScratchFolder("modules");
  process.on("exit", () => removeScratchFolder(folder));
  return folder;
}
