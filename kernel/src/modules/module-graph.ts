import { readFileSync } from "node:fs";
import path from "node:path";
import { isTakenOut } from "./common-module";
import { placeError, placeOf } from "./module-errors";
import type { ModuleInstance } from "./module-instance";
import { type ModuleSource, readSource, type StaticRequest } from "./module-source";
import type { ModuleResolver, ModuleTarget } from "./resolve-module";

/** A local file as it is on disk now, with what it imports. */
export interface GraphNode {
  readonly source: ModuleSource;
  /** What its static requests mean, in their order. */
  readonly targets: readonly ModuleTarget[];
  /** The local files among them, and those that its last version loaded while it ran. */
  readonly dependencies: readonly string[];
}

/** Local files by path; the one asked for comes first. */
export type ModuleGraph = ReadonlyMap<string, GraphNode>;

/** Reads local files and what they import, and finds out which of them have changed. */
export class ModuleGraphReader {
  readonly #resolver: ModuleResolver;
  readonly #current: ReadonlyMap<string, ModuleInstance>;
  readonly #sources = new Map<string, ModuleSource>();

  /** `current` has the version of each file that was loaded last. */
  constructor(resolver: ModuleResolver, current: ReadonlyMap<string, ModuleInstance>) {
    this.#resolver = resolver;
    this.#current = current;
  }

  /**
   * Returns the file and all local files that it reaches. Each is read anew: an edit need change
   * neither a file's time nor its size. Throws what is wrong in any of them.
   */
  read(file: string): ModuleGraph {
    const graph = new Map<string, GraphNode>();
    this.#visit(file, graph);
    return graph;
  }

  /**
   * Returns the files of the graph that must be loaded anew: those never loaded to their end, those
   * that have changed, and all that import one of them.
   */
  findStale(graph: ModuleGraph): ReadonlySet<string> {
    const importers = new Map<string, string[]>();
    for (const [file, { dependencies }] of graph) {
      for (const dependency of dependencies) {
        const others = importers.get(dependency);
        if (others) others.push(file);
        else importers.set(dependency, [file]);
      }
    }
    const stale = new Set(
      [...graph].filter(([, node]) => this.#isStale(node)).map(([file]) => file),
    );
    for (const file of stale) {
      for (const importer of importers.get(file) ?? []) stale.add(importer);
    }
    return stale;
  }

  #visit(file: string, graph: Map<string, GraphNode>): void {
    if (graph.has(file)) return;
    const source = this.#readSource(file);
    const asker = { folder: path.dirname(file), name: file };
    const targets = source.requests.map((request) => this.#resolveRequest(request, source, asker));
    const dependencies = targets.flatMap((target) => (target.kind === "local" ? target.file : []));
    graph.set(file, { source, targets, dependencies });
    for (const dependency of dependencies) this.#visit(dependency, graph);
    const current = this.#current.get(file);
    if (current?.source !== source) return;
    for (const linked of current.loaded.keys()) {
      if (!dependencies.includes(linked) && this.#visitLinked(linked, graph)) {
        dependencies.push(linked);
      }
    }
  }

  /** What a file loaded while it ran may be gone or broken by now; it will tell if it asks again. */
  #visitLinked(file: string, graph: Map<string, GraphNode>): boolean {
    const trial = new Map(graph);
    try {
      this.#visit(file, trial);
    } catch {
      return false;
    }
    for (const [name, node] of trial) graph.set(name, node);
    return true;
  }

  #readSource(file: string): ModuleSource {
    const text = readText(file);
    const known = this.#sources.get(file);
    if (known?.text === text) return known;
    const source = readSource(file, text);
    this.#sources.set(file, source);
    return source;
  }

  #resolveRequest(
    request: StaticRequest,
    source: ModuleSource,
    asker: { folder: string; name: string },
  ): ModuleTarget {
    try {
      return this.#resolver.resolve(request.specifier, asker, "import");
    } catch (error) {
      if (error instanceof Error) {
        placeError(error, source.file, placeOf(source.js, request.start));
      }
      throw error;
    }
  }

  #isStale({ source, targets, dependencies }: GraphNode): boolean {
    const current = this.#current.get(source.file);
    if (!current || current.source !== source) return true;
    if (!current.isDone && current.users === 0) return true;
    if (current.isDone && isTakenOut(current)) return true;
    const keys = targets.map(targetKey);
    if (keys.join("\n") !== current.targets.join("\n")) return true;
    return [...current.loaded].some(
      ([file, linked]) => this.#current.get(file) !== linked || !dependencies.includes(file),
    );
  }
}

function readText(file: string): string {
  if (file.endsWith(".node")) return ""; // it can't be loaded twice, so its changes don't count
  return readFileSync(file, file.endsWith(".wasm") ? "latin1" : "utf8");
}

/** A text that is equal for equal targets. */
export function targetKey(target: ModuleTarget): string {
  switch (target.kind) {
    case "node":
      return target.id;
    case "kernel":
      return `kernel:${target.name}`;
    case "local":
    case "package":
      return target.file;
    case "url":
      return target.url;
  }
}
