// @ts-check
// The project's own packages compiled to JavaScript and declarations, as notebooks and Jupyter use
// them.
import { createHash } from "node:crypto";
import {
  chmodSync,
  existsSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { ROOT } from "../project.mjs";
import { runCommand } from "./run-command.mjs";

/** The folders of the packages that are compiled. */
export const PACKAGES = /** @type {const} */ ([
  "kernel",
  "kernel-utils",
  "trainer",
  "tuner",
  "checks",
  "grader",
]);

/** @typedef {(typeof PACKAGES)[number]} Package */

/** @param {Package} name */
function stampFile(name) {
  return path.join(ROOT, name, "dist", "source.sha256");
}

/**
 * The hash of everything that the compiled package depends on.
 * @param {Package} name
 */
function sourceHash(name) {
  const hash = createHash("sha256");
  const sources = readdirSync(path.join(ROOT, name, "src"), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts") && !/\.test(-d)?\.ts$/.test(file))
    .sort()
    .map((file) => path.join(name, "src", file));
  for (const file of [...sources, "tsconfig.json", `${name}/tsconfig.json`]) {
    hash.update(file).update(readFileSync(path.join(ROOT, file)));
  }
  return hash.digest("hex");
}

/**
 * True when the compiled package belongs to the sources as they are now.
 * @param {Package} name
 */
export function packageIsCompiled(name) {
  const stamp = stampFile(name);
  return existsSync(stamp) && readFileSync(stamp, "utf8") === sourceHash(name);
}

/**
 * Compiles it beside the old one and swaps the two, so that no half-written package is ever seen.
 * @param {Package} name
 */
export async function compilePackage(name) {
  const folder = path.join(ROOT, name);
  const built = path.join(folder, "dist");
  const fresh = path.join(folder, "dist.new");
  rmSync(fresh, { recursive: true, force: true });
  const stamp = sourceHash(name);
  const compiler = path.join(ROOT, "node_modules", "typescript", "bin", "tsc");
  await runCommand(name, process.execPath, [compiler, "--project", name, "--outDir", fresh]);
  for (const program of programsOf(folder)) chmodSync(path.join(fresh, program), 0o755);
  writeFileSync(path.join(fresh, path.basename(stampFile(name))), stamp);
  rmSync(built, { recursive: true, force: true });
  renameSync(fresh, built);
}

/**
 * The programs that a package gives its users, below `dist`.
 * @param {string} folder the package's
 */
function programsOf(folder) {
  /** @type {{ bin?: Record<string, string> }} */
  const { bin = {} } = JSON.parse(readFileSync(path.join(folder, "package.json"), "utf8"));
  return Object.values(bin).map((file) => path.relative("dist", file));
}
