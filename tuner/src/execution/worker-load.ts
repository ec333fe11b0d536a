/** Loads the program of a worker's trials. */
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { DefinitionError } from "../errors";
import type { TrialProgram } from "./trial-program";
import type { WorkerProgram } from "./worker-contract";

const FACTORY = "createProgram";

/** Returns the program. @throws DefinitionError where the module has none; it would fail in every trial */
export async function loadProgram(program: WorkerProgram): Promise<TrialProgram> {
  const { module, factory = FACTORY, data } = program;
  const make = await loadExport(module, factory);
  const made: unknown = await make(data);
  if (typeof made === "function") return made as TrialProgram;
  throw new DefinitionError(
    "no-program",
    `${factory} of ${module}: expected it to return the program of a trial, a function (task, hooks), ` +
      `got ${made === null ? "null" : typeof made}.`,
    { module, factory },
  );
}

/**
 * Returns a function that a module exports: ES module or CommonJS.
 *
 * @throws DefinitionError `no-module` where it can't be loaded, `no-export` where it exports none
 */
export async function loadExport(
  module: string,
  name: string,
): Promise<(...values: readonly unknown[]) => unknown> {
  const exported = (await load(module)) as Record<string, unknown>;
  const byDefault = exported.default as Record<string, unknown> | undefined;
  const found = exported[name] ?? byDefault?.[name];
  if (typeof found === "function") return found as (...values: readonly unknown[]) => unknown;
  throw new DefinitionError(
    "no-export",
    `${module}: expected it to export a function "${name}"; it exports ` +
      `${Object.keys(exported).join(", ") || "nothing"}.`,
    { module, name },
  );
}

async function load(module: string): Promise<unknown> {
  try {
    // CommonJS goes by `require`: preloads that mend packages on their way listen there.
    if (!module.endsWith(".mjs")) return createRequire(module)(module);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== "ERR_REQUIRE_ESM" && code !== "ERR_REQUIRE_ASYNC_MODULE" && !isSyntax(error)) {
      throw notLoaded(module, error);
    }
  }
  try {
    return await import(pathToFileURL(module).href);
  } catch (error) {
    throw notLoaded(module, error);
  }
}

/** `import` and `export` in a file that is not declared to be an ES module. */
function isSyntax(error: unknown): boolean {
  return error instanceof SyntaxError;
}

function notLoaded(module: string, error: unknown): DefinitionError {
  return new DefinitionError(
    "no-module",
    `The workers' module ${module} could not be loaded: ` +
      `${error instanceof Error ? error.message : error}. Give the absolute path of JavaScript ` +
      "that runs by itself.",
    { module },
  );
}
