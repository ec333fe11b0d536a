/**
 * Which file of a package a specifier means: the `exports` and `imports` of package.json, by Node's
 * algorithm (https://nodejs.org/api/esm.html#resolution-algorithm-specification).
 */

/** Returned for an entry that exists and is `null`: the package hides this path on purpose. */
export const HIDDEN = Symbol("hidden");

/** A target's text (`./dist/x.js`, or the name of another package), or why there is none. */
export type EntryTarget = string | typeof HIDDEN | undefined;

/**
 * Returns what `exports` has for `subpath` (`.` or `./x`) under the given conditions: a path that
 * starts with `./`; HIDDEN or undefined if the package does not export it.
 */
export function matchExports(
  exports: unknown,
  subpath: string,
  conditions: ReadonlySet<string>,
): EntryTarget {
  if (!hasSubpaths(exports)) {
    return subpath === "." ? chooseTarget(exports, undefined, conditions) : undefined;
  }
  return matchKeys(exports as Record<string, unknown>, subpath, conditions);
}

/** Returns what `imports` has for `#name`: a path or another package's specifier. */
export function matchImports(
  imports: Readonly<Record<string, unknown>>,
  name: string,
  conditions: ReadonlySet<string>,
): EntryTarget {
  return matchKeys(imports, name, conditions);
}

/** Lists the subpaths that `exports` offers, for messages. */
export function listSubpaths(exports: unknown): readonly string[] {
  return hasSubpaths(exports) ? Object.keys(exports as object) : ["."];
}

function hasSubpaths(exports: unknown): boolean {
  if (typeof exports !== "object" || exports === null || Array.isArray(exports)) return false;
  return Object.keys(exports).some((key) => key.startsWith("."));
}

function matchKeys(
  entries: Readonly<Record<string, unknown>>,
  name: string,
  conditions: ReadonlySet<string>,
): EntryTarget {
  if (Object.hasOwn(entries, name) && !name.includes("*") && !name.endsWith("/")) {
    return chooseTarget(entries[name], undefined, conditions);
  }
  const patterns = Object.keys(entries)
    .filter((key) => key.split("*").length === 2)
    .sort(bySpecificity);
  for (const pattern of patterns) {
    const [head = "", tail = ""] = pattern.split("*");
    const fits = name.startsWith(head) && name !== head && name.endsWith(tail);
    if (fits && name.length >= pattern.length) {
      const middle = name.slice(head.length, name.length - tail.length);
      return chooseTarget(entries[pattern], middle, conditions);
    }
  }
  return undefined;
}

/** The pattern with the longest text before its star comes first. */
function bySpecificity(a: string, b: string): number {
  return b.indexOf("*") - a.indexOf("*") || b.length - a.length;
}

function chooseTarget(
  target: unknown,
  middle: string | undefined,
  conditions: ReadonlySet<string>,
): EntryTarget {
  if (typeof target === "string") return middle === undefined ? target : fill(target, middle);
  if (target === null) return HIDDEN;
  if (Array.isArray(target)) {
    let last: EntryTarget;
    for (const choice of target) {
      last = chooseTarget(choice, middle, conditions);
      if (typeof last === "string" && isSafe(last)) return last;
    }
    return last;
  }
  if (typeof target !== "object") return undefined;
  for (const [condition, choice] of Object.entries(target)) {
    if (condition !== "default" && !conditions.has(condition)) continue;
    const chosen = chooseTarget(choice, middle, conditions);
    if (chosen !== undefined) return chosen;
  }
  return undefined;
}

function fill(target: string, middle: string): string {
  return target.replaceAll("*", () => middle);
}

/** A target must stay inside its package. */
function isSafe(target: string): boolean {
  if (!target.startsWith("./")) return !target.startsWith(".");
  return !target
    .slice(2)
    .split(/[/\\]/)
    .some((part) => part === ".." || part === "." || part === "node_modules");
}
