import { REGISTRY } from "./facade";
import { createMeta, type MetaParts } from "./module-meta";
import type { WebAssemblyNames } from "./web-assembly";

/** What one local module reaches of the kernel. */
export interface ModuleScope {
  readonly meta: ImportMeta;
  readonly require: NodeJS.Require;
  readonly __dirname: string;
  readonly __filename: string;
  import(specifier: unknown, options?: unknown): Promise<object>;
  /** Called at the module's end: it has run. */
  done(): void;
}

/** What compiled local modules call, as the global `__kernelModules`. */
export interface ModuleRegistry {
  readonly scopes: Record<number, ModuleScope>;
  /** Each returns the namespace that a facade shows. */
  readonly facades: Record<number, (native?: object) => object>;
  instantiate(file: string, imports: WebAssemblyNames): WebAssemblyNames;
}

/** Makes the global, unseen by loops over globals. */
export function installRegistry(registry: ModuleRegistry): void {
  Object.defineProperty(globalThis, REGISTRY, { value: registry, configurable: true });
}

/** What a scope is made of. */
export interface ScopeParts extends MetaParts {
  readonly require: NodeJS.Require;
  import(specifier: unknown, options?: unknown): Promise<object>;
  done(): void;
}

export function createScope(parts: ScopeParts): ModuleScope {
  return {
    meta: createMeta(parts),
    require: parts.require,
    __dirname: parts.folder,
    __filename: parts.file,
    import: parts.import,
    done: parts.done,
  };
}
