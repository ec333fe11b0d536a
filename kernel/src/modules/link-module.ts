import path from "node:path";
import { pathToFileURL } from "node:url";
import type { Link } from "./emit-module";
import { absentNamesUrl, facadeUrl } from "./facade";
import { MissingExportError, placeError, placeOf } from "./module-errors";
import type { GraphNode, ModuleGraph } from "./module-graph";
import type { ModuleInstance } from "./module-instance";
import type { ModuleSource, StaticRequest } from "./module-source";
import { missingExport, withNames } from "./namespaces";
import { nearestManifest } from "./package-manifest";
import type { ModuleTarget } from "./resolve-module";

/** What linking needs of whoever loads modules. */
export interface Linker {
  /** The version of a local file that is to be linked. */
  instanceOf(file: string): ModuleInstance;
  /** Returns the namespace of a module that is no ES module; `native` is Node's, where it has one. */
  namespaceOf(target: ModuleTarget, native: object | undefined): object;
  /** The URL under which a package's file is imported. */
  urlOf(file: string): string;
  /** Returns what a CommonJS module exports, if it has been loaded. */
  exportsOf(target: ModuleTarget): unknown;
  /** Keeps the function where a facade finds it, and returns its number. */
  addFacade(show: (native?: object) => object): number;
}

/**
 * Returns where each static request of a local ES module leads. Throws a ModuleSyntaxError for a name
 * that a local module does not export.
 */
export function linkModule(node: GraphNode, graph: ModuleGraph, linker: Linker): readonly Link[] {
  return node.source.requests.map((request, index) =>
    linkRequest(request, node.targets[index] as ModuleTarget, node.source, graph, linker),
  );
}

function linkRequest(
  request: StaticRequest,
  target: ModuleTarget,
  source: ModuleSource,
  graph: ModuleGraph,
  linker: Linker,
): Link {
  const dependency = target.kind === "local" ? graph.get(target.file) : undefined;
  if (dependency?.source.format === "module") {
    return linkToModule(request, dependency, source, graph, linker);
  }
  if (target.kind === "node") return direct(target.id);
  if (target.kind === "url") return { ...direct(target.url), keepsAttributes: true };
  if (target.kind === "package" && !needsFacade(request, target.file)) {
    return direct(linker.urlOf(target.file));
  }
  return linkToFacade(request, target, source, linker);
}

function direct(url: string): Link {
  return { url, isFacade: false, keepsAttributes: false };
}

function linkToModule(
  request: StaticRequest,
  { source: wanted }: GraphNode,
  source: ModuleSource,
  graph: ModuleGraph,
  linker: Linker,
): Link {
  const url = pathToFileURL(linker.instanceOf(wanted.file).compiled).href;
  const exports = allExports(wanted.file, graph, new Set());
  if (!exports.isComplete) return direct(url);
  const absent = [...request.names.keys()].filter((name) => !exports.names.has(name));
  const unknown = absent.find((name) => !exports.types.has(name));
  if (unknown !== undefined) {
    const error = missingExport(request.specifier, unknown, [...exports.names]);
    placeRequest(error, source, request);
    throw error;
  }
  if (absent.length === 0) return direct(url);
  return direct(absentNamesUrl(url, absent, exports.names.has("default")));
}

/** Makes the error show the name in the statement that asks for it. */
function placeRequest(error: MissingExportError, source: ModuleSource, request: StaticRequest) {
  const offset = request.names.get(error.exportName) ?? request.start;
  placeError(error, source.file, placeOf(source.js, offset));
}

function linkToFacade(
  request: StaticRequest,
  target: ModuleTarget,
  source: ModuleSource,
  linker: Linker,
): Link {
  const { specifier } = request;
  const names = request.isExportAll ? foreseenNames(target, linker) : [...request.names.keys()];
  const number = linker.addFacade((native) => {
    const namespace = linker.namespaceOf(target, native);
    try {
      return withNames(namespace, { specifier, names, exports: linker.exportsOf(target) });
    } catch (error) {
      if (error instanceof MissingExportError) placeRequest(error, source, request);
      throw error;
    }
  });
  const native =
    target.kind === "package" && isProgram(target.file) ? linker.urlOf(target.file) : undefined;
  const hasStar = request.stars.length > 0;
  return {
    url: facadeUrl({ number, native, names, hasStar }),
    isFacade: true,
    keepsAttributes: false,
  };
}

/** `export *` must know its names before the module runs. */
function foreseenNames(target: ModuleTarget, linker: Linker): readonly string[] {
  const source = target.kind === "local" ? linker.instanceOf(target.file).source : undefined;
  if (source?.format !== "commonjs") {
    return Object.keys(linker.namespaceOf(target, undefined)).filter((name) => name !== "default");
  }
  const assigned = source.js.matchAll(
    /\bexports\.([\p{ID_Start}$_][\p{ID_Continue}$]*)\s*=(?!=)/gu,
  );
  return [...new Set([...assigned].map((match) => match[1] as string))];
}

/** Node finds the names of a CommonJS package by reading it, and so not always all. */
function needsFacade(request: StaticRequest, file: string): boolean {
  if (!isProgram(file)) return true;
  if (request.isExportAll) return false;
  const asksByName =
    [...request.names.keys()].some((name) => name !== "default") || request.stars.length > 0;
  return asksByName && isCommonJs(file);
}

function isProgram(file: string): boolean {
  return !/\.(?:json|node)$/.test(file);
}

/** True for CommonJS by name or by package.json; a package that says nothing is CommonJS mostly. */
function isCommonJs(file: string): boolean {
  const extension = path.extname(file);
  if (extension !== ".js") return extension === ".cjs";
  return nearestManifest(path.dirname(file))?.type !== "module";
}

interface AllExports {
  readonly names: ReadonlySet<string>;
  readonly types: ReadonlySet<string>;
  /** False where `export *` leads to what only Node can tell. */
  readonly isComplete: boolean;
}

/** What a local ES module exports, `export *` followed. */
function allExports(file: string, graph: ModuleGraph, seen: Set<string>): AllExports {
  const node = graph.get(file);
  if (!node || seen.has(file)) return { names: new Set(), types: new Set(), isComplete: true };
  seen.add(file);
  const names = new Set(node.source.exports);
  const types = new Set(node.source.types);
  let isComplete = true;
  node.source.requests.forEach((request, index) => {
    if (!request.isExportAll) return;
    const target = node.targets[index] as ModuleTarget;
    const isModule = target.kind === "local" && graph.get(target.file)?.source.format === "module";
    if (!isModule) {
      isComplete = false;
      return;
    }
    const more = allExports(target.file, graph, seen);
    for (const name of more.names) if (name !== "default") names.add(name);
    for (const name of more.types) types.add(name);
    isComplete &&= more.isComplete;
  });
  return { names, types, isComplete };
}
