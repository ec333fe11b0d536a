import { readFileSync, realpathSync } from "node:fs";
import path from "node:path";
import { findLocalFile, isFile, isFolder, isManaged } from "./local-file";
import { ModuleNotFoundError } from "./module-errors";
import { HIDDEN, listSubpaths, matchExports } from "./package-entry";
import { ancestors, nearestManifest, type PackageManifest, readManifest } from "./package-manifest";
import { suggest } from "./suggestion";

/** How a module is asked for; packages may answer the two differently. */
export type ImportMode = "import" | "require";

/** A bare specifier, taken apart: `@scope/name/sub/path`. */
interface PackageRequest {
  readonly specifier: string;
  readonly name: string;
  /** `.` or `./sub/path`. */
  readonly subpath: string;
  /** The file or folder that asks. */
  readonly from: string;
  readonly mode: ImportMode;
}

/** Returns the conditions under which packages choose their files. */
export function conditionsOf(mode: ImportMode): ReadonlySet<string> {
  const canRequireModules = (process.features as { require_module?: boolean }).require_module;
  return new Set(["node", mode, "node-addons", ...(canRequireModules ? ["module-sync"] : [])]);
}

/**
 * Returns the file of an installed package (links followed) that `specifier` means when asked for
 * in `folder`, or in a package that names itself. Throws a ModuleNotFoundError with what was tried
 * and how to install it. `from` is whom messages name.
 */
export function findPackageFile(
  specifier: string,
  folder: string,
  mode: ImportMode,
  from: string,
): string {
  const match = /^((?:@[^/\\%]+\/)?[^./\\%@][^/\\%]*)(\/.*)?$/.exec(specifier);
  if (!match) throw notFound({ specifier, name: "", subpath: ".", from, mode }, invalidName);
  const name = match[1] ?? "";
  const request = { specifier, name, subpath: `.${match[2] ?? ""}`, from, mode };
  const own = nearestManifest(folder);
  if (own?.name === name && own.exports !== undefined) return entryFile(own, request);
  for (const place of searchFolders(folder, mode)) {
    const packageFolder = path.join(place, name);
    if (!isFolder(packageFolder)) {
      const file = mode === "require" ? findInFolder(packageFolder) : undefined;
      if (file) return file;
      continue;
    }
    return entryFile(readManifest(packageFolder) ?? bareManifest(packageFolder), request);
  }
  throw notFound(request, () => missing(request, folder));
}

/** `require` also finds single files in node_modules: `require("thing")` for `thing.js`. */
function findInFolder(base: string): string | undefined {
  return findLocalFile(base);
}

function* searchFolders(folder: string, mode: ImportMode): Generator<string> {
  for (const ancestor of ancestors(folder)) {
    if (path.basename(ancestor) !== "node_modules") yield path.join(ancestor, "node_modules");
  }
  if (mode === "require") {
    yield* (process.env.NODE_PATH ?? "").split(path.delimiter).filter((place) => place !== "");
  }
}

function entryFile(manifest: PackageManifest, request: PackageRequest): string {
  if (manifest.exports !== undefined) return exportedFile(manifest, request);
  const wanted =
    request.subpath === "."
      ? mainFile(manifest)
      : findLocalFile(path.join(manifest.folder, request.subpath));
  if (wanted !== undefined) return wanted;
  throw notFound(request, () => noEntry(manifest, request));
}

function exportedFile(manifest: PackageManifest, request: PackageRequest): string {
  const { exports, folder } = manifest;
  const target = matchExports(exports, request.subpath, conditionsOf(request.mode));
  if (typeof target !== "string") {
    throw notFound(request, () => notExported(manifest, request, target === HIDDEN));
  }
  const file = path.join(folder, safeDecode(target));
  if (isFile(file)) return realpathSync(file);
  // A workspace package may name what its build will write.
  const source = isManaged(realpathSync(folder)) ? findLocalFile(file) : undefined;
  if (source !== undefined) return source;
  throw notFound(
    request,
    () =>
      `Package '${request.name}' names the file ${file} for '${request.specifier}', which does not ` +
      "exist. Has the package been built? Or install it anew: " +
      `npm install ${request.name}`,
  );
}

/** Returns the file that stands for a package without `exports`. */
export function mainFile(manifest: PackageManifest): string | undefined {
  const { folder, main } = manifest;
  const named = main === undefined ? undefined : findLocalFile(path.join(folder, main));
  return named ?? findLocalFile(`${folder}${path.sep}`);
}

function bareManifest(folder: string): PackageManifest {
  const nothing = undefined;
  return {
    folder,
    name: nothing,
    main: nothing,
    type: nothing,
    exports: nothing,
    imports: nothing,
  };
}

function safeDecode(target: string): string {
  try {
    return decodeURIComponent(target);
  } catch {
    return target;
  }
}

function notFound(request: PackageRequest, explain: (request: PackageRequest) => string): Error {
  const code = request.mode === "import" ? "ERR_MODULE_NOT_FOUND" : "MODULE_NOT_FOUND";
  return new ModuleNotFoundError(explain(request), code);
}

function invalidName({ specifier, from }: PackageRequest): string {
  return `'${specifier}', imported from ${from}, is no name of a package. Local files start with ./ or ../`;
}

function missing({ name, from }: PackageRequest, folder: string): string {
  const beside = findLocalFile(path.join(folder, name));
  const cure =
    beside === undefined
      ? `Install it: npm install ${name}`
      : `There is a file ${beside}: did you mean './${path.basename(name)}'? Or install it: npm install ${name}`;
  const near = suggestPackage(name, folder);
  return (
    `Cannot find package '${name}', imported from ${from}: it is in no node_modules of ` +
    `${folder} or of the folders above it. ${near ? `Did you mean '${near}'? ` : ""}${cure}`
  );
}

function suggestPackage(name: string, folder: string): string | undefined {
  const manifest = nearestManifest(folder);
  if (!manifest) return undefined;
  return suggest(name, dependencies(manifest.folder));
}

function dependencies(folder: string): readonly string[] {
  try {
    const json = JSON.parse(readFileSync(path.join(folder, "package.json"), "utf8")) as Record<
      string,
      object
    >;
    return [...Object.keys(json.dependencies ?? {}), ...Object.keys(json.devDependencies ?? {})];
  } catch {
    return [];
  }
}

function noEntry({ folder, main }: PackageManifest, request: PackageRequest): string {
  const { name, specifier, subpath, from } = request;
  if (subpath !== ".") {
    return `Cannot find '${specifier}', imported from ${from}: package '${name}' has no file ${subpath} (in ${folder})`;
  }
  const lacks =
    main === undefined
      ? "its package.json has neither `exports` nor `main`, and there is no index.js"
      : `its package.json names the file ${main}, which does not exist`;
  return (
    `Package '${name}', imported from ${from}, has nothing to import: ${lacks} (in ${folder}). ` +
    "A package of types only needs `import type`"
  );
}

function notExported(manifest: PackageManifest, request: PackageRequest, isHidden: boolean) {
  const { name, subpath, specifier, from, mode } = request;
  const offered = listSubpaths(manifest.exports)
    .map((key) => `'${name}${key.slice(1)}'`)
    .slice(0, 20);
  const other = mode === "import" ? "require" : "import";
  const elsewhere = matchExports(manifest.exports, subpath, conditionsOf(other));
  if (typeof elsewhere === "string") {
    return `Package '${name}' gives '${specifier}' only to ${other}, not to ${mode} (asked for in ${from})`;
  }
  return (
    `Package '${name}' ${isHidden ? "hides" : "does not export"} '${specifier}', imported from ` +
    `${from}. It exports ${offered.join(", ")}`
  );
}
