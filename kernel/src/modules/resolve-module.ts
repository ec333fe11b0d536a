import { readdirSync, realpathSync } from "node:fs";
import { builtinModules, isBuiltin } from "node:module";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { candidates, findLocalFile, isFile, isFolder, isManaged } from "./local-file";
import { ModuleNotFoundError } from "./module-errors";
import { HIDDEN, matchImports } from "./package-entry";
import { conditionsOf, findPackageFile, type ImportMode, mainFile } from "./package-file";
import { nearestManifest, readManifest } from "./package-manifest";
import { findAliased } from "./path-aliases";
import { suggest } from "./suggestion";

/** What a specifier means. */
export type ModuleTarget =
  /** One of Node's own: `node:fs`. */
  | { readonly kind: "node"; readonly id: string }
  /** One that the kernel brings. */
  | { readonly kind: "kernel"; readonly name: string }
  /** A file that the kernel compiles and loads itself. */
  | { readonly kind: "local"; readonly file: string }
  /** A file that Node loads. */
  | { readonly kind: "package"; readonly file: string }
  /** Anything else that Node may know: `data:` and so on. */
  | { readonly kind: "url"; readonly url: string };

/** Who asks for a module. */
export interface Asker {
  /** Relative specifiers count from here. */
  readonly folder: string;
  /** Whom messages name: the file, or the notebook's folder. */
  readonly name: string;
}

/** Finds modules for the notebook and its local files. */
export interface ModuleResolver {
  /** Returns what `specifier` means; throws a ModuleNotFoundError with what was tried and the cure. */
  resolve(specifier: string, asker: Asker, mode: ImportMode): ModuleTarget;
}

/** `folder` is the notebook's; `kernelModules` are the names that the kernel itself serves. */
export function createModuleResolver(
  folder: string,
  kernelModules: ReadonlySet<string>,
): ModuleResolver {
  return {
    resolve(specifier, asker, mode) {
      if (kernelModules.has(specifier)) return { kind: "kernel", name: specifier };
      if (isBuiltin(specifier)) return { kind: "node", id: nodeName(specifier) };
      if (specifier.startsWith("node:")) throw noSuchBuiltin(specifier, asker);
      if (/^file:/i.test(specifier))
        return fileTarget(pathOfUrl(specifier), specifier, asker, mode);
      if (/^\.{0,2}[/\\]|^\.{1,2}$/.test(specifier) || path.isAbsolute(specifier)) {
        return fileTarget(path.resolve(asker.folder, specifier), specifier, asker, mode);
      }
      if (/^[a-z][a-z\d+.-]+:/i.test(specifier)) return { kind: "url", url: specifier };
      if (specifier.startsWith("#"))
        return this.resolve(imported(specifier, asker, mode), asker, mode);
      const aliased = findAliased(specifier, folder);
      return targetOf(aliased ?? findPackageFile(specifier, asker.folder, mode, asker.name));
    },
  };
}

function nodeName(specifier: string): string {
  return specifier.startsWith("node:") ? specifier : `node:${specifier}`;
}

function targetOf(file: string): ModuleTarget {
  return { kind: isManaged(file) ? "local" : "package", file };
}

function pathOfUrl(url: string): string {
  return fileURLToPath(url.replace(/[?#].*$/s, ""));
}

function fileTarget(base: string, specifier: string, asker: Asker, mode: ImportMode): ModuleTarget {
  const ending = /[/\\]$/.test(specifier) ? path.sep : "";
  const found = findFile(base + ending) ?? findFile(base.replace(/[?#][^/\\]*$/, ""));
  if (found === undefined) throw noSuchFile(base, specifier, asker, mode);
  return targetOf(found);
}

/** A folder with a package.json stands for its main file; types alone are better than nothing. */
function findFile(base: string): string | undefined {
  const manifest = isFolder(base) ? readManifest(base) : undefined;
  const program = findLocalFile(base) ?? (manifest && mainFile(manifest));
  return program ?? (isFile(`${base}.d.ts`) ? realpathSync(`${base}.d.ts`) : undefined);
}

/** Returns what package.json's `imports` has for `#name`: a file's URL or another specifier. */
function imported(specifier: string, asker: Asker, mode: ImportMode): string {
  const manifest = nearestManifest(asker.folder);
  const target = manifest?.imports && matchImports(manifest.imports, specifier, conditionsOf(mode));
  if (manifest && typeof target === "string" && !target.startsWith("#")) {
    return target.startsWith("./") ? path.join(manifest.folder, target) : target;
  }
  const names = Object.keys(manifest?.imports ?? {});
  const where = manifest ? path.join(manifest.folder, "package.json") : "no package.json";
  const near = suggest(specifier, names);
  throw new ModuleNotFoundError(
    `Cannot find '${specifier}', imported from ${asker.name}: the \`imports\` of ${where} ` +
      `${target === HIDDEN ? "hide it" : "do not have it"}. ` +
      (near ? `Did you mean '${near}'?` : `They have ${names.join(", ") || "nothing"}`),
    "ERR_MODULE_NOT_FOUND",
  );
}

function noSuchBuiltin(specifier: string, asker: Asker): Error {
  const near = suggest(specifier.slice(5), builtinModules);
  return new ModuleNotFoundError(
    `Node ${process.version} has no module '${specifier}', imported from ${asker.name}.` +
      (near ? ` Did you mean 'node:${near}'?` : ""),
    "ERR_MODULE_NOT_FOUND",
  );
}

function noSuchFile(base: string, specifier: string, asker: Asker, mode: ImportMode): Error {
  const tried = isFolder(base)
    ? `${base} is a folder without package.json or index.ts, index.js or the like`
    : `no ${base}, nor with ${endings(base)} at its end`;
  const near = suggest(path.basename(base), siblings(base));
  return new ModuleNotFoundError(
    `Cannot find '${specifier}', imported from ${asker.name}: ${tried}.` +
      (near ? ` Did you mean '${path.dirname(specifier)}/${near}'?` : ""),
    mode === "import" ? "ERR_MODULE_NOT_FOUND" : "MODULE_NOT_FOUND",
  );
}

function endings(base: string): string {
  const ends = candidates(base)
    .filter((candidate) => candidate.startsWith(base) && candidate !== base)
    .map((candidate) => candidate.slice(base.length));
  return ends.filter((end) => !end.includes("index")).join(", ");
}

/** What a sibling would be imported as. */
function siblings(base: string): readonly string[] {
  try {
    const names = readdirSync(path.dirname(base));
    return path.extname(base) === "" ? names.map((name) => name.replace(/\.[^.]*$/, "")) : names;
  } catch {
    return [];
  }
}
