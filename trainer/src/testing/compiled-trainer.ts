/** The trainer compiled to JavaScript, as its processes need it: they can't run its sources. */
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const ROOT = new URL("../../../", import.meta.url).pathname;

/** A compiled trainer. */
export interface CompiledTrainer {
  readonly index: typeof import("../index");
  remove(): void;
}

/** Compiles the sources as they are now, into a folder from which the project's packages are found. */
export function compileTrainer(): CompiledTrainer {
  mkdirSync(join(ROOT, ".cache"), { recursive: true });
  const folder = mkdtempSync(join(ROOT, ".cache", "trainer-"));
  const compiler = join(ROOT, "node_modules", "typescript", "bin", "tsc");
  const flags = ["--noCheck", "--sourceMap", "false", "--declaration", "false"];
  const project = join(ROOT, "trainer");
  execFileSync(process.execPath, [compiler, "-p", project, "--outDir", folder, ...flags]);
  return {
    index: createRequire(import.meta.url)(join(folder, "index.js")),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
