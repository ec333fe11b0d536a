import path from "node:path";
import { pathToFileURL } from "node:url";
import { loadWhole } from "../whole-loads";
import { addCallSite, callSite } from "./call-site";
import type * as ModuleLoaderFile from "./module-loader";
import type { ModuleAsker, ModuleLoader } from "./module-loader";
import { createMeta } from "./module-meta";

/** What cells import and require with. */
export interface CellModules {
  /** As `import(specifier, options)` in a cell. */
  import(specifier: unknown, options?: unknown): Promise<object>;
  /**
   * Returns the module's namespace. Rejects with a SyntaxError that says what there is, unless it
   * has all of `names`; types of a local file may be among them.
   */
  load(specifier: string, names: readonly string[], attributes?: object): Promise<object>;
  readonly require: NodeJS.Require;
  readonly meta: ImportMeta;
  readonly dirname: string;
  readonly filename: string;
  /** How many imports or requires run now: a terminated import never settles, so an interrupt waits for them. */
  readonly loading: number;
  /**
   * To be called after code was terminated: forgets the imports that were running, as they will
   * never end, so that the next import of the same local files begins anew.
   */
  abandon(): void;
}

/** What cells' imports depend on. */
export interface CellModulesOptions {
  /** The notebook's folder, from which modules are found, wherever the process goes. */
  readonly folder: string;
  /** Modules of the kernel itself by name, served whether or not such packages are installed. */
  readonly builtins: Readonly<Record<string, object>>;
  /**
   * Hears of each package that cells import, as its namespace, and of each CommonJS module that has
   * been loaded since, as its exports: packages load others.
   */
  readonly onNamespace?: (namespace: object) => void;
}

/**
 * Makes `import` and `require` for cells: all kinds of modules, found from the notebook's folder;
 * local files are compiled, and fresh after an edit with all local files that they import.
 */
export function createCellModules(options: CellModulesOptions): CellModules {
  const { folder } = options;
  const filename = path.join(folder, "[notebook].ts");
  const asker: ModuleAsker = { folder, name: "the notebook" };
  let created: ModuleLoader | undefined;
  const loader = () => {
    created ??= createLoader(options);
    return created;
  };
  const load: CellModules["load"] = async (specifier, names, attributes) => {
    const site = callSite(load);
    try {
      return await loader().import(specifier, asker, names, attributes as ImportAttributes);
    } catch (error) {
      throw addCallSite(error, site);
    }
  };
  const importModule: CellModules["import"] = async (specifier, importOptions) => {
    const site = callSite(importModule);
    try {
      return await loader().importDynamically(specifier, asker, importOptions);
    } catch (error) {
      throw addCallSite(error, site);
    }
  };
  let require: NodeJS.Require | undefined;
  return {
    import: importModule,
    load,
    get require() {
      require ??= loader().createRequire(asker);
      return require;
    },
    meta: createMeta({
      folder,
      file: filename,
      url: pathToFileURL(filename).href,
      resolve: (specifier) => loader().resolveUrl(specifier, asker),
    }),
    dirname: folder,
    filename,
    get loading() {
      return created?.running ?? 0;
    },
    abandon() {
      created?.abandon();
    },
  };
}

/** The first import makes it: it has much to load, and the kernel should start fast. */
function createLoader({ folder, builtins, onNamespace }: CellModulesOptions): ModuleLoader {
  const file = loadWhole(() => require("./module-loader") as typeof ModuleLoaderFile);
  return new file.ModuleLoader({ folder, builtins, onNamespace: onNamespace ?? (() => undefined) });
}
