// @ts-check
// kernel-utils compiled to JavaScript and declarations, as notebooks import it.
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { ROOT } from "../project.mjs";
import { runCommand } from "./run-command.mjs";

const LIBRARY = path.join(ROOT, "kernel-utils");
const BUILT = path.join(LIBRARY, "dist");
const STAMP = path.join(BUILT, "source.sha256");

/** The hash of everything that the compiled library depends on. */
function sourceHash() {
  const hash = createHash("sha256");
  const sources = readdirSync(path.join(LIBRARY, "src"), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts") && !/\.test(-d)?\.ts$/.test(file))
    .sort()
    .map((file) => path.join("kernel-utils", "src", file));
  for (const file of [...sources, "tsconfig.json", "kernel-utils/tsconfig.json"]) {
    hash.update(file).update(readFileSync(path.join(ROOT, file)));
  }
  return hash.digest("hex");
}

/** True when the compiled library belongs to the sources as they are now. */
export function libraryIsBuilt() {
  return existsSync(STAMP) && readFileSync(STAMP, "utf8") === sourceHash();
}

/** Compiles it beside the old one and swaps the two, so that no half-written library is ever seen. */
export async function buildLibrary() {
  const fresh = path.join(LIBRARY, "dist.new");
  rmSync(fresh, { recursive: true, force: true });
  const stamp = sourceHash();
  const compiler = path.join(ROOT, "node_modules", "typescript", "bin", "tsc");
  await runCommand("kernel-utils", process.execPath, [
    compiler,
    "--project",
    "kernel-utils",
    "--outDir",
    fresh,
  ]);
  writeFileSync(path.join(fresh, "source.sha256"), stamp);
  rmSync(BUILT, { recursive: true, force: true });
  renameSync(fresh, BUILT);
}
