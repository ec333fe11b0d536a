import { pathToFileURL } from "node:url";
import { forgetCommonModule, isTakenOut, runCommonModule } from "./common-module";
import { createCompiledFiles } from "./compiled-files";
import { emitModule } from "./emit-module";
import { explainCycle } from "./import-cycles";
import { explainLinkError } from "./link-errors";
import { type Linker, linkModule } from "./link-module";
import { type GraphNode, ModuleGraphReader, targetKey } from "./module-graph";
import type { ModuleInstance } from "./module-instance";
import { installRegistry, type ModuleRegistry, type ModuleScope } from "./module-registry";
import { commonNamespace } from "./namespaces";
import { explainSyntaxError } from "./native-errors";
import type { PackageUrls } from "./package-urls";
import type { ModuleResolver, ModuleTarget } from "./resolve-module";
import { instantiate } from "./web-assembly";

/** What local modules need of the whole. */
export interface LocalModulesHost {
  readonly resolver: ModuleResolver;
  readonly packages: PackageUrls;
  createScope(instance: ModuleInstance, done: () => void): ModuleScope;
  /** Returns the namespace of a module that is neither local nor an ES module. */
  namespaceOf(target: ModuleTarget, native: object | undefined): object;
  /** Node's `require`, for absolute paths. */
  readonly require: NodeJS.Require;
}

/**
 * The notebook's own files: compiled, loaded, and loaded anew when they or what they import have
 * changed. What has not changed stays the same instance. Old versions stay in memory, as neither
 * Node nor V8 can unload an ES module.
 */
export class LocalModules {
  readonly #host: LocalModulesHost;
  readonly #current = new Map<string, ModuleInstance>();
  readonly #graphs: ModuleGraphReader;
  readonly #files = createCompiledFiles();
  readonly #registry: ModuleRegistry;
  /** Files found fresh since the outermost running `require` began: those within it trust them. */
  readonly #fresh = new Set<string>();
  /** How many modules that are no ES modules are being run, one within the other. */
  #depth = 0;
  /** Instances that running imports are loading. */
  readonly #loading = new Set<readonly ModuleInstance[]>();
  #instances = 0;
  #facades = 0;

  constructor(host: LocalModulesHost) {
    this.#host = host;
    this.#graphs = new ModuleGraphReader(host.resolver, this.#current);
    this.#registry = {
      scopes: {},
      facades: {},
      instantiate: (file, imports) =>
        instantiate(file, this.#current.get(file)?.source.text ?? "", imports),
    };
    installRegistry(this.#registry);
  }

  /** Returns the file's namespace. `importer` is the local module that asks, if one does. */
  async import(file: string, importer: ModuleInstance | undefined): Promise<object> {
    const instances = this.#refresh(file);
    const instance = instances[0] as ModuleInstance;
    importer?.loaded.set(file, instance);
    const loading = this.#startLoading(instances);
    try {
      if (instance.source.format !== "module") return commonNamespace(this.#run(instance));
      return (await import(pathToFileURL(instance.compiled).href)) as object;
    } catch (error) {
      const explained = await explainLinkError(error, instances, async (url) =>
        Object.keys((await import(url)) as object),
      );
      throw explainCycle(this.#explainSyntaxError(explained), instances);
    } finally {
      this.#endLoading(loading);
    }
  }

  /** Returns the file's exports; an ES module's namespace. */
  require(file: string, importer: ModuleInstance | undefined): unknown {
    const instances = this.#refresh(file);
    const instance = instances[0] as ModuleInstance;
    importer?.loaded.set(file, instance);
    const loading = this.#startLoading(instances);
    try {
      return instance.source.format === "module"
        ? this.#host.require(instance.compiled)
        : this.#run(instance);
    } catch (error) {
      throw this.#explainSyntaxError(error);
    } finally {
      this.#endLoading(loading);
      forgetCommonModule(instance.compiled);
    }
  }

  /** Types that the file exports: they need not be there at run time. */
  typesOf(file: string, seen = new Set<string>()): ReadonlySet<string> {
    const instance = this.#current.get(file);
    if (!instance || seen.has(file)) return new Set();
    seen.add(file);
    const { source, targets } = instance;
    const further = source.requests.map((request, index) =>
      request.isExportAll ? this.typesOf(targets[index] ?? "", seen) : [],
    );
    return new Set([...source.types, ...further.flatMap((types) => [...types])]);
  }

  /** Forgets what is being loaded: it will not end, as its code was terminated. */
  abandon(): void {
    for (const loading of [...this.#loading]) this.#endLoading(loading);
    this.#endTurn();
  }

  /** Returns the current versions of the file and all local files that it reaches, itself first. */
  #refresh(file: string): readonly ModuleInstance[] {
    const known = this.#current.get(file);
    if (known && this.#isFresh(known)) return [known];
    const graph = this.#graphs.read(file);
    const stale = this.#graphs.findStale(graph);
    const nodes = [...graph].filter(([name]) => stale.has(name)).map(([, node]) => node);
    const renewed = nodes.map((node) => this.#renew(node));
    nodes.forEach((node, index) => {
      this.#link(node, renewed[index] as ModuleInstance, graph);
    });
    if (this.#depth > 0) for (const name of graph.keys()) this.#fresh.add(name);
    return [...graph.keys()].map((name) => this.#current.get(name) as ModuleInstance);
  }

  #isFresh(instance: ModuleInstance): boolean {
    if (!this.#fresh.has(instance.file)) return false;
    return instance.isRunning || !instance.isDone || !isTakenOut(instance);
  }

  #renew({ source, targets }: GraphNode): ModuleInstance {
    const id = ++this.#instances;
    const instance: ModuleInstance = {
      id,
      file: source.file,
      source,
      targets: targets.map(targetKey),
      links: [],
      loaded: new Map(),
      isDone: false,
      isRunning: false,
      users: 0,
      compiled: source.format === "module" ? this.#files.pathOf(id) : "",
    };
    this.#current.set(source.file, instance);
    forgetCommonModule(source.file);
    this.#registry.scopes[id] = this.#host.createScope(instance, () => {
      instance.isDone = true;
    });
    return instance;
  }

  #link(node: GraphNode, instance: ModuleInstance, graph: ReadonlyMap<string, GraphNode>): void {
    for (const target of node.targets) {
      if (target.kind === "local") instance.loaded.set(target.file, this.#instanceOf(target.file));
    }
    if (instance.compiled === "") return;
    const linker: Linker = {
      instanceOf: (file) => this.#instanceOf(file),
      namespaceOf: (target, native) =>
        target.kind === "local"
          ? commonNamespace(this.#run(this.#instanceOf(target.file)))
          : this.#host.namespaceOf(target, native),
      urlOf: (file) => this.#host.packages.urlOf(file),
      exportsOf: (target) =>
        "file" in target ? this.#host.require.cache[target.file]?.exports : undefined,
      addFacade: (show) => {
        this.#registry.facades[++this.#facades] = show;
        return this.#facades;
      },
    };
    const links = linkModule(node, graph, linker);
    instance.links = links.map((link) => link.url);
    this.#files.write(instance.compiled, emitModule(node.source, instance.id, links));
  }

  #instanceOf(file: string): ModuleInstance {
    return this.#current.get(file) as ModuleInstance;
  }

  /** Returns the exports of a CommonJS module; those so far, if it is being run (a cycle). */
  #run(instance: ModuleInstance): unknown {
    if (instance.common && (instance.isDone || instance.isRunning)) return instance.common.exports;
    const scope = this.#registry.scopes[instance.id] as ModuleScope;
    this.#depth++;
    try {
      return runCommonModule(instance, scope.require);
    } finally {
      if (--this.#depth === 0) this.#endTurn();
    }
  }

  #explainSyntaxError(error: unknown): unknown {
    return explainSyntaxError(error, (file) => this.#current.has(file));
  }

  #endTurn(): void {
    this.#depth = 0;
    this.#fresh.clear();
  }

  #startLoading(instances: readonly ModuleInstance[]): readonly ModuleInstance[] {
    const loading = instances.filter((instance) => !instance.isDone);
    for (const instance of loading) instance.users++;
    this.#loading.add(loading);
    return loading;
  }

  #endLoading(loading: readonly ModuleInstance[]): void {
    if (!this.#loading.delete(loading)) return;
    for (const instance of loading) instance.users--;
  }
}
