import { createRequire } from "node:module";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { serveToPackages } from "./kernel-modules";
import { LocalModules } from "./local-modules";
import { ModuleNotFoundError } from "./module-errors";
import type { ModuleInstance } from "./module-instance";
import { createScope } from "./module-registry";
import { commonNamespace, completeNamespace, withNames } from "./namespaces";
import { explainRequireError } from "./native-errors";
import { PackageUrls } from "./package-urls";
import {
  type Asker,
  createModuleResolver,
  type ModuleResolver,
  type ModuleTarget,
} from "./resolve-module";

/** Who asks for a module: the notebook, or one of its local files. */
export interface ModuleAsker extends Asker {
  readonly instance?: ModuleInstance;
}

/** What the loader is made with; see `createCellModules`. */
export interface ModuleLoaderOptions {
  readonly folder: string;
  readonly builtins: Readonly<Record<string, object>>;
  readonly onNamespace: (namespace: object) => void;
}

/** Imports and requires for the notebook and its local files. */
export class ModuleLoader {
  readonly #options: ModuleLoaderOptions;
  readonly #resolver: ModuleResolver;
  readonly #local: LocalModules;
  /** Node's own `require`, as if from the notebook. */
  readonly #require: NodeJS.Require;
  readonly #packages: PackageUrls;
  /** Files of CommonJS modules that `onNamespace` has heard of, the kernel's own among them. */
  readonly #announced: Set<string>;
  readonly #running = new Set<object>();

  constructor(options: ModuleLoaderOptions) {
    this.#options = options;
    this.#resolver = createModuleResolver(options.folder, new Set(Object.keys(options.builtins)));
    this.#require = createRequire(path.join(options.folder, "notebook.js"));
    this.#packages = new PackageUrls(this.#require.cache);
    this.#local = new LocalModules({
      resolver: this.#resolver,
      packages: this.#packages,
      require: this.#require,
      namespaceOf: (target, native) => this.#foreignNamespace(target, native),
      createScope: (instance, done) => this.#scopeOf(instance, done),
    });
    this.#announced = new Set(Object.keys(this.#require.cache));
    serveToPackages(options.builtins, this.#require);
  }

  /** How many imports and requires run now. */
  get running(): number {
    return this.#running.size;
  }

  /** Forgets those that run: they were terminated and will not end. */
  abandon(): void {
    this.#running.clear();
    this.#packages.abandon();
    this.#local.abandon();
  }

  /** Returns the module's namespace, which has the given names. */
  async import(
    specifier: string,
    asker: ModuleAsker,
    names: readonly string[],
    attributes: ImportAttributes | undefined,
  ): Promise<object> {
    const end = this.#begin();
    try {
      const target = this.#resolver.resolve(specifier, asker, "import");
      const loaded = await this.#load(target, asker, attributes);
      const types = target.kind === "local" ? this.#local.typesOf(target.file) : undefined;
      const exports = this.#exportsOf(target);
      const namespace = withNames(loaded, { specifier, names, types, exports });
      this.#announce(target, namespace);
      return namespace;
    } finally {
      end();
    }
  }

  /** As `import(specifier, options)` in code of `asker`. */
  async importDynamically(
    specifier: unknown,
    asker: ModuleAsker,
    options: unknown,
  ): Promise<object> {
    return await this.import(String(specifier), asker, [], attributesOf(options));
  }

  /** Returns the module's exports; a namespace for an ES module. */
  require(specifier: string, asker: ModuleAsker): unknown {
    const end = this.#begin();
    try {
      const target = this.#resolver.resolve(specifier, asker, "require");
      const exports = this.#requireTarget(target, asker, specifier);
      this.#announce(target, isObject(exports) ? exports : {});
      return exports;
    } catch (error) {
      throw explainRequireError(error, specifier);
    } finally {
      end();
    }
  }

  /** Returns a `require` for code of `asker`. */
  createRequire(asker: ModuleAsker): NodeJS.Require {
    const resolve = (specifier: string, options?: { paths?: string[] }) => {
      if (options?.paths) return this.#require.resolve(specifier, options);
      return requirePath(this.#resolver.resolve(String(specifier), asker, "require"));
    };
    const paths = (specifier: string) => this.#require.resolve.paths(specifier);
    const { cache, extensions } = this.#require;
    return Object.assign((specifier: string) => this.require(checked(specifier), asker), {
      resolve: Object.assign(resolve, { paths }),
      cache,
      extensions,
      main: undefined,
    }) as NodeJS.Require;
  }

  /** As `import.meta.resolve` in code of `asker`. */
  resolveUrl(specifier: string, asker: ModuleAsker): string {
    try {
      return targetUrl(this.#resolver.resolve(specifier, asker, "import"));
    } catch (error) {
      const isPath = /^(?:\.{0,2}\/|file:)/.test(specifier);
      if (!isPath || !(error instanceof ModuleNotFoundError)) throw error;
      return new URL(specifier, pathToFileURL(`${asker.folder}/`)).href;
    }
  }

  /** Counts a loading; the function ends it, unless `abandon` has. */
  #begin(): () => void {
    const loading = {};
    this.#running.add(loading);
    return () => {
      this.#running.delete(loading);
    };
  }

  async #load(
    target: ModuleTarget,
    asker: ModuleAsker,
    attributes: ImportAttributes | undefined,
  ): Promise<object> {
    switch (target.kind) {
      case "local":
        return await this.#local.import(target.file, asker.instance);
      case "kernel":
        return this.#foreignNamespace(target, undefined);
      case "node":
        return await importUrl(target.id, undefined);
      case "url":
        return await importUrl(target.url, attributes);
      case "package": {
        if (/\.(?:json|node)$/.test(target.file)) return this.#foreignNamespace(target, undefined);
        return this.#foreignNamespace(target, await this.#packages.import(target.file));
      }
    }
  }

  #requireTarget(target: ModuleTarget, asker: ModuleAsker, specifier: string): unknown {
    switch (target.kind) {
      case "local":
        return this.#local.require(target.file, asker.instance);
      case "kernel":
        return this.#options.builtins[target.name];
      case "node":
        return this.#require(target.id);
      case "package":
        return this.#require(target.file);
      case "url":
        throw new ModuleNotFoundError(
          `require takes files and packages, not the URL '${specifier}': await import('${specifier}')`,
          "MODULE_NOT_FOUND",
        );
    }
  }

  #foreignNamespace(target: ModuleTarget, native: object | undefined): object {
    if (target.kind === "kernel") return commonNamespace(this.#options.builtins[target.name]);
    if (target.kind !== "package") return native ?? {};
    if (!native) return commonNamespace(this.#require(target.file));
    return completeNamespace(native, this.#require.cache[target.file]?.exports);
  }

  #exportsOf(target: ModuleTarget): unknown {
    return "file" in target ? this.#require.cache[target.file]?.exports : undefined;
  }

  /** Tells of a package that was asked for, and of all modules that came with it. */
  #announce(target: ModuleTarget, loaded: object): void {
    if (target.kind === "package") this.#options.onNamespace(loaded);
    for (const [file, module] of Object.entries(this.#require.cache)) {
      if (this.#announced.has(file) || !module?.loaded) continue;
      this.#announced.add(file);
      if (isObject(module.exports)) this.#options.onNamespace(module.exports);
    }
  }

  #scopeOf(instance: ModuleInstance, done: () => void) {
    const folder = path.dirname(instance.file);
    const asker: ModuleAsker = { folder, name: instance.file, instance };
    return createScope({
      folder,
      file: instance.file,
      url: pathToFileURL(instance.file).href,
      resolve: (specifier) => this.resolveUrl(specifier, asker),
      require: this.createRequire(asker),
      import: (specifier, options) => this.importDynamically(specifier, asker, options),
      done,
    });
  }
}

/** Returns the attributes of `import(specifier, options)`. */
function attributesOf(options: unknown): ImportAttributes | undefined {
  return isObject(options) ? (options as { with?: ImportAttributes }).with : undefined;
}

async function importUrl(url: string, attributes: ImportAttributes | undefined): Promise<object> {
  return (await (attributes ? import(url, { with: attributes }) : import(url))) as object;
}

function checked(specifier: unknown): string {
  if (typeof specifier === "string" && specifier !== "") return specifier;
  throw new TypeError(`require takes the name of a module, a text; it got ${String(specifier)}`);
}

function requirePath(target: ModuleTarget): string {
  if ("file" in target) return target.file;
  if (target.kind === "node") return target.id.replace(/^node:/, "");
  return target.kind === "kernel" ? target.name : target.url;
}

function targetUrl(target: ModuleTarget): string {
  if ("file" in target) return pathToFileURL(target.file).href;
  if (target.kind === "node") return target.id;
  return target.kind === "kernel" ? target.name : target.url;
}

function isObject(value: unknown): value is object {
  return (typeof value === "object" && value !== null) || typeof value === "function";
}
