/** The tuner compiled to JavaScript, as workers need it: they can't run its sources. */
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const ROOT = new URL("../../../", import.meta.url).pathname;

/** A compiled tuner. */
export interface CompiledTuner {
  readonly folder: string;
  /** Returns a module of it, as `execution/worker-pool`. @typeParam T the type of the source */
  load<T>(module: string): T;
  remove(): void;
}

/** Compiles the sources as they are now, into a folder from which the project's packages are found. */
export function compileTuner(): CompiledTuner {
  mkdirSync(join(ROOT, ".cache"), { recursive: true });
  const folder = mkdtempSync(join(ROOT, ".cache", "tuner-"));
  const compiler = join(ROOT, "node_modules", "typescript", "bin", "tsc");
  const project = join(ROOT, "tuner");
  const flags = ["--noCheck", "--sourceMap", "false", "--declaration", "false"];
  execFileSync(process.execPath, [compiler, "-p", project, "--outDir", folder, ...flags]);
  return {
    folder,
    load: (module) => createRequire(import.meta.url)(join(folder, `${module}.js`)),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
