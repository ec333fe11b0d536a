import { realpathSync, type Stats, statSync } from "node:fs";
import path from "node:path";

/** What may be left out at the end of a local file's name, in the order of preference. */
const EXTENSIONS = [".ts", ".tsx", ".mts", ".cts", ".js", ".jsx", ".mjs", ".cjs", ".json", ".node"];

/** TypeScript lets code name the file that the compiler would have written. */
const WRITTEN_AS: Readonly<Record<string, readonly string[]>> = {
  ".js": [".ts", ".tsx"],
  ".jsx": [".tsx"],
  ".mjs": [".mts"],
  ".cjs": [".cts"],
};

/**
 * Returns the file that the absolute path `base` means, links followed: itself, with an extension
 * added, `x.ts` for `x.js`, or the index of a folder; undefined if there is none.
 */
export function findLocalFile(base: string): string | undefined {
  const candidate = candidates(base).find(isFile);
  return candidate === undefined ? undefined : realpathSync(candidate);
}

/** Lists the files that `base` may mean, the best first. */
export function candidates(base: string): readonly string[] {
  const extension = path.extname(base);
  const stem = base.slice(0, base.length - extension.length);
  const isFolder = /[/\\]$/.test(base);
  return [
    ...(isFolder
      ? []
      : [
          base,
          ...(WRITTEN_AS[extension] ?? []).map((written) => stem + written),
          ...EXTENSIONS.map((end) => base + end),
        ]),
    ...EXTENSIONS.map((end) => path.join(base, `index${end}`)),
  ];
}

/** True for a file that can be read, false for all else, also where it cannot be known. */
export function isFile(file: string): boolean {
  return stats(file)?.isFile() ?? false;
}

/** True for a folder, false for all else, also where it cannot be known. */
export function isFolder(file: string): boolean {
  return stats(file)?.isDirectory() ?? false;
}

function stats(file: string): Stats | undefined {
  try {
    return statSync(file, { throwIfNoEntry: false });
  } catch {
    return undefined; // no permission, a name too long
  }
}

const IN_PACKAGE = /[/\\]node_modules[/\\]/;
const TYPESCRIPT = /\.(?:[mc]?tsx?|jsx)$/;

/**
 * True for files that the kernel loads itself, and afresh after an edit: those that are not
 * installed packages', and TypeScript wherever it is, since Node would refuse it there.
 */
export function isManaged(file: string): boolean {
  return !IN_PACKAGE.test(file) || (TYPESCRIPT.test(file) && !file.endsWith(".d.ts"));
}
