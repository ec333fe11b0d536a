import { existsSync, readFileSync, statSync } from "node:fs";
import { builtinModules, createRequire } from "node:module";
import path from "node:path";
import { declaredExports, type ExportedName } from "./declared-exports";
import { ancestors } from "./notebook-mirror";

/** A name that a cell could import. */
export interface PackageExport extends ExportedName {
  readonly from: string;
}

/** Milliseconds: the list that the first call is for goes out before. */
const DELAY = 250;

/** Rarely wanted, or only of use with flags. */
const LEFT_OUT =
  /^_|^path\/|^(?:sys|punycode|constants|module|repl|wasi|trace_events|inspector|domain)/;

/**
 * Knows what the packages of the notebook's own package.json, and Node.js, export. The language
 * server could tell, too, but would do so after each change of a cell.
 */
export class PackageExports {
  /** By lower-case first two letters. */
  #index = new Map<string, PackageExport[]>();
  #state = "";
  #building = false;

  constructor(private readonly folder: string) {}

  /**
   * Returns up to `most` exports whose names start with `prefix`. The first call returns none: it
   * starts to read the packages.
   */
  startingWith(prefix: string, most: number): PackageExport[] {
    this.#refresh();
    const found = this.#index.get(keyOf(prefix)) ?? [];
    return found.filter(({ name }) => name.startsWith(prefix)).slice(0, most);
  }

  /** Fulfilled when the packages have been read. */
  async read(): Promise<void> {
    this.#refresh();
    while (this.#building) await new Promise((resolve) => setTimeout(resolve, 5));
  }

  #refresh(): void {
    const manifest = ancestors(this.folder)
      .map((folder) => path.join(folder, "package.json"))
      .find((file) => existsSync(file));
    const state = manifest ? `${manifest} ${statSync(manifest).mtimeMs}` : "none";
    if (this.#building || state === this.#state) return;
    this.#state = state;
    this.#building = true;
    this.#build(manifest)
      .catch(() => {})
      .finally(() => {
        this.#building = false;
      });
  }

  async #build(manifest: string | undefined): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, DELAY).unref());
    const index = new Map<string, PackageExport[]>();
    const add = (from: string, names: readonly ExportedName[]) => {
      for (const { name, kind } of names) {
        const key = keyOf(name);
        const list = index.get(key) ?? [];
        list.push({ name, kind, from });
        index.set(key, list);
      }
    };
    for (const name of manifest ? dependencies(manifest) : []) {
      add(name, await declaredExports(name, this.folder));
    }
    for (const module of builtinModules.filter((name) => !LEFT_OUT.test(name))) {
      // One at a time, so that no message waits for all of them.
      await new Promise((resolve) => setImmediate(resolve));
      add(`node:${module}`, runtimeExports(module));
    }
    this.#index = index;
  }
}

function keyOf(name: string): string {
  return name.slice(0, 2).toLowerCase();
}

function dependencies(manifest: string): string[] {
  const fields = ["dependencies", "devDependencies", "optionalDependencies", "peerDependencies"];
  try {
    const content = JSON.parse(readFileSync(manifest, "utf8")) as Record<
      string,
      object | undefined
    >;
    const names = fields.flatMap((field) => Object.keys(content[field] ?? {}));
    return [...new Set(names)].filter((name) => !name.startsWith("@types/"));
  } catch {
    return [];
  }
}

function runtimeExports(module: string): ExportedName[] {
  try {
    const exports = createRequire(__filename)(`node:${module}`) as Record<string, unknown>;
    return Object.keys(exports)
      .filter((name) => /^[\p{ID_Start}$][\p{ID_Continue}$]*$/u.test(name))
      .map((name) => ({ name, kind: runtimeKind(exports, name) }));
  } catch {
    return [];
  }
}

function runtimeKind(exports: Record<string, unknown>, name: string): string {
  if (typeof Object.getOwnPropertyDescriptor(exports, name)?.value !== "function")
    return "variable";
  return /^\p{Lu}/u.test(name) ? "class" : "function";
}
