// @ts-check
// Runs the kernel's conformance tests on other versions of Node than the one that runs this.
//
//   node tests/node-versions/run.mjs
import { existsSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { CACHE, ROOT } from "../../scripts/project.mjs";
import { SetupError } from "../../scripts/setup/failure.mjs";
import { installLocked } from "../../scripts/setup/locked-folder.mjs";
import { noCounts } from "../../scripts/test/counts.mjs";
import { runPythonTestsSideBySide } from "../../scripts/test/run-python-tests.mjs";

/** @typedef {import("../../scripts/test/counts.mjs").Counts} Counts */

const DECLARED = path.join(ROOT, "tests", "node-versions");
const FOLDER = path.join(CACHE, "node-versions");
const VERSIONS = ["node-22", "node-24"];
/**
 * Where the kernel stands on V8's and Node's inner workings; protocol and types are the same. Each is how
 * the names of one or several files begin: `interrupt` is also `test_interrupt_request.py`.
 */
const FILES = ["errors", "input", "interrupt", "language", "lifetime", "modules", "output"];

/**
 * Runs the quick ones of those tests once on each version. Skipped on systems that the binaries are not
 * for, and where they can't be had; where the variable CI is set, the latter is a failure.
 * @returns {Promise<Counts>}
 */
export async function runOnNodeVersions() {
  if (process.platform !== "linux" || process.arch !== "x64") {
    console.error(`SKIPPED: the binaries are for Linux on x64, not ${process.platform}.`);
    return { ...noCounts(), skipped: VERSIONS.length };
  }
  try {
    await installLocked("Node's other versions", DECLARED, FOLDER);
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    const inCi = Boolean(process.env.CI);
    console.error(`${inCi ? "FAILED" : "SKIPPED"}: ${error.message}\n${error.cure}`);
    return { ...noCounts(), [inCi ? "failed" : "skipped"]: VERSIONS.length };
  }
  const options = ["-m", "not slow", "-k", FILES.map((name) => `test_${name}`).join(" or ")];
  const runs = VERSIONS.map((version) => {
    const node = path.join(FOLDER, "node_modules", version, "bin", "node");
    if (!existsSync(node)) throw new Error(`${node} is missing`);
    return { heading: version, env: { HEADROOM_CONFORMANCE_NODE: node }, options };
  });
  return runPythonTestsSideBySide("conformance", runs);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const { passed, failed, skipped } = await runOnNodeVersions();
  console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`);
  process.exitCode = failed === 0 ? 0 : 1;
}
