import Module from "node:module";
import path from "node:path";
import vm from "node:vm";
import { emitCommonModule } from "./emit-module";
import { placeOf, syntaxErrorAt } from "./module-errors";
import type { ModuleInstance } from "./module-instance";

type NodeModule = InstanceType<typeof Module>;
type ModuleFunction = (
  exports: unknown,
  require: NodeJS.Require,
  module: NodeModule,
  filename: string,
  dirname: string,
) => void;

/** Node's own tables, which its types leave out. */
const internals = Module as unknown as {
  readonly _cache: Record<string, NodeModule | undefined>;
  readonly _extensions: Record<string, (module: NodeModule, file: string) => void>;
  _nodeModulePaths(folder: string): string[];
};

/**
 * Runs a local file that is no ES module (CommonJS, JSON, a native addon) and returns its exports.
 * It stands in `require.cache` like any other; a file that throws is taken out again.
 */
export function runCommonModule(instance: ModuleInstance, require: NodeJS.Require): unknown {
  const { file } = instance;
  const module = createModule(file, require);
  instance.common = module;
  internals._cache[file] = module;
  instance.isRunning = true;
  try {
    fill(module, instance, require);
    module.loaded = true;
    instance.isDone = true;
  } finally {
    instance.isRunning = false;
    if (!instance.isDone) delete internals._cache[file];
  }
  return module.exports;
}

/** True if someone deleted it from `require.cache`, and so wants it anew. */
export function isTakenOut({ common, file }: ModuleInstance): boolean {
  return common !== undefined && internals._cache[file] !== common;
}

/** Takes an older version of a file out of `require.cache`. */
export function forgetCommonModule(file: string): void {
  delete internals._cache[file];
}

function createModule(file: string, require: NodeJS.Require): NodeModule {
  const module = new Module(file);
  module.filename = file;
  module.paths = internals._nodeModulePaths(path.dirname(file));
  module.require = require;
  return module;
}

function fill(module: NodeModule, instance: ModuleInstance, require: NodeJS.Require): void {
  const { file, source } = instance;
  if (source.format === "json") {
    module.exports = parseJson(source.text, file);
    return;
  }
  if (source.format === "addon") {
    internals._extensions[".node"]?.(module, file);
    return;
  }
  const run = vm.compileFunction(
    emitCommonModule(source, instance.id),
    ["exports", "require", "module", "__filename", "__dirname"],
    { filename: file, importModuleDynamically: vm.constants.USE_MAIN_CONTEXT_DEFAULT_LOADER },
  ) as ModuleFunction;
  run.call(module.exports, module.exports, require, module, file, path.dirname(file));
}

function parseJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch (error) {
    const { message } = error as SyntaxError;
    const offset = Number(/position (\d+)/.exec(message)?.[1] ?? text.length);
    throw syntaxErrorAt(message, file, placeOf(text, offset));
  }
}
