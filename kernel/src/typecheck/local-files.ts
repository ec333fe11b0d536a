import { readFileSync, type Stats, statSync } from "node:fs";
import path from "node:path";
import { isRelative, moduleSpecifiers } from "./module-specifiers";
import { FileChange } from "./protocol";

/** What has become of a file since it was last looked at. */
export interface LocalFileChange {
  readonly file: string;
  readonly type: (typeof FileChange)[keyof typeof FileChange];
}

/** Bounds the cost of a look: notebooks that import more files of their own are rare. */
const MOST_FILES = 500;
const SOURCE = /\.[cm]?[jt]sx?$/;
/** What TypeScript tries for a specifier without an extension. */
const EXTENSIONS = [
  "",
  ".ts",
  ".tsx",
  ".d.ts",
  ".mts",
  ".cts",
  ".js",
  ".jsx",
  ".mjs",
  ".cjs",
  ".json",
];

/**
 * Watches the files of the user that cells import, and those that these import, by looking at them
 * when asked: a watcher of the operating system may be late, and the next cell must see an edit.
 */
export class LocalFiles {
  /** The state of each file; undefined for one that does not exist (yet). */
  readonly #seen = new Map<string, string | undefined>();
  readonly #roots = new Set<string>();

  constructor(private readonly folder: string) {}

  /** Remembers the files that `code` imports. */
  add(code: string): void {
    for (const specifier of relativeSpecifiers(code)) this.#addModule(specifier, this.folder);
  }

  /** Returns what has changed on disk since the last call. */
  changes(): LocalFileChange[] {
    const changed: LocalFileChange[] = [];
    for (const [file, before] of [...this.#seen]) {
      const now = stateOf(file);
      if (now === before) continue;
      this.#seen.set(file, now);
      changed.push({ file, type: typeOfChange(before, now) });
      if (now !== undefined) this.#follow(file);
    }
    return changed;
  }

  #addModule(specifier: string, folder: string): void {
    const base = path.resolve(folder, specifier);
    if (this.#roots.has(base) || this.#seen.size > MOST_FILES) return;
    this.#roots.add(base);
    const candidates = candidatesFor(base);
    const found = candidates.find((file) => stateOf(file) !== undefined);
    for (const file of found ? [found] : candidates) {
      if (this.#seen.has(file)) continue;
      this.#seen.set(file, stateOf(file));
      if (found) this.#follow(file);
    }
  }

  /** Adds what `file` imports. */
  #follow(file: string): void {
    if (!SOURCE.test(file)) return;
    let code: string;
    try {
      code = readFileSync(file, "utf8");
    } catch {
      return;
    }
    for (const specifier of relativeSpecifiers(code))
      this.#addModule(specifier, path.dirname(file));
  }
}

function relativeSpecifiers(code: string): string[] {
  return moduleSpecifiers(code)
    .map(({ text }) => text)
    .filter(isRelative);
}

function candidatesFor(base: string): string[] {
  const written = EXTENSIONS.map((extension) => base + extension);
  const compiled = /^(.*)\.([cm]?)js(x?)$/.exec(base);
  const sources = compiled
    ? [`${compiled[1]}.${compiled[2]}ts${compiled[3]}`, `${compiled[1]}.tsx`]
    : [];
  const indices = EXTENSIONS.slice(1).map((extension) => path.join(base, `index${extension}`));
  return [...sources, ...written, ...indices];
}

function stateOf(file: string): string | undefined {
  let stats: Stats | undefined;
  try {
    stats = statSync(file, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
  return stats?.isFile() ? `${stats.mtimeMs} ${stats.size}` : undefined;
}

function typeOfChange(
  before: string | undefined,
  now: string | undefined,
): LocalFileChange["type"] {
  if (before === undefined) return FileChange.created;
  return now === undefined ? FileChange.deleted : FileChange.changed;
}
