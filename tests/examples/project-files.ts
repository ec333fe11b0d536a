import { readdirSync } from "node:fs";
import path from "node:path";

/** What isn't ours, or is made anew: never searched for documentation. */
const SKIPPED = new Set(["node_modules", "dist", "test-artifacts", "fixtures", "__pycache__"]);

/**
 * The project's files with an ending, relative to its root, in order. Hidden folders and those of
 * others are left out.
 */
export function projectFiles(root: string, folder: string, ending: string): string[] {
  return readdirSync(path.join(root, folder), { withFileTypes: true })
    .flatMap((entry) => {
      const file = path.posix.join(folder, entry.name);
      if (entry.name.startsWith(".") || SKIPPED.has(entry.name)) return [];
      if (entry.isDirectory()) return projectFiles(root, file, ending);
      return entry.isFile() && entry.name.endsWith(ending) ? [file] : [];
    })
    .sort();
}
