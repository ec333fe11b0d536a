// @ts-check
// Uses the packages as their users do, packed and installed elsewhere. The kernel's: installs the tarball
// into an empty folder, makes it known to Jupyter, runs a notebook, and takes it away again. The
// others have a file each beside this one.
//
//   node tests/packages/run.mjs
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { readNotebook } from "../../scripts/notebooks/notebook-format.mjs";
import { program, projectEnvironment } from "../../scripts/project.mjs";
import { runCommand } from "../../scripts/setup/run-command.mjs";
import { noCounts } from "../../scripts/test/counts.mjs";
import { tryChecks } from "./checks-package.mjs";
import { tryGrader } from "./grader-package.mjs";
import { attempt, installTarball, MINUTES, pack } from "./packing.mjs";
import { tryTrainer } from "./trainer-package.mjs";
import { tryTuner } from "./tuner-package.mjs";

/** @typedef {import("./packing.mjs").Finding} Finding */
/** @typedef {{ folder: string, project: string, prefix: string }} Places */

/** The cells of the notebook, and what each must put out. */
const CELLS = /** @type {const} */ ([
  {
    code: "interface Pear { readonly grams: number }\nconst pear: Pear = { grams: 170 };\npear.grams",
    output: "170",
  },
  { code: "pear.grams / 2", output: "85" },
  {
    code: 'import { display, html } from "@headroom/kernel";\ndisplay(html("<b>shown</b>"));',
    output: "<b>shown</b>",
  },
  { code: 'import { answer } from "./local";\nanswer', output: "42" },
  { code: "const grams: string = pear.grams;", output: "TS2322", fails: true },
  { code: "enum Fruit { fig = 7 }\nFruit.fig", output: "7" },
]);

/**
 * Runs the test and prints a line for each thing tried.
 * @returns {Promise<import("../../scripts/test/counts.mjs").Counts>}
 */
export async function runPackageTest() {
  const counts = noCounts();
  // Far from the project, so that none of its packages is found.
  const folder = mkdtempSync(path.join(tmpdir(), "headroom-package-"));
  const places = {
    folder,
    project: path.join(folder, "project"),
    prefix: path.join(folder, "environment"),
  };
  try {
    for (const findings of [
      tryChecks(folder),
      tryGrader(folder),
      tryTuner(folder),
      tryTrainer(folder),
      tryKernel(places),
    ]) {
      for await (const { what, fault } of findings) {
        counts[fault === "" ? "passed" : "failed"]++;
        if (fault === "") console.log(`ok     ${what}`);
        else console.error(`FAILED ${what}: ${fault}`);
      }
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return counts;
}

/**
 * @param {Places} places
 * @returns {AsyncGenerator<Finding>}
 */
async function* tryKernel(places) {
  const { folder, project, prefix } = places;
  const needed = ["package.json", "README.md", "dist/cli.js", "dist/main.js", "dist/index.d.ts"];
  const { tarball, finding } = await pack("kernel", folder, needed);
  yield finding;

  mkdirSync(project);
  writeFileSync(path.join(project, "package.json"), '{ "name": "empty", "private": true }');
  writeFileSync(path.join(project, "local.ts"), "export const answer: number = 42;\n");
  yield await attempt("kernel: installs into an empty folder, without scripts", () =>
    installTarball(tarball, project),
  );
  const cli = (/** @type {string[]} */ ...args) =>
    runCommand("npx headroom-kernel", "npx", ["--no-install", "headroom-kernel", ...args], {
      cwd: project,
      timeout: MINUTES,
    });
  yield await attempt("kernel: makes itself known to Jupyter", () =>
    cli("install", "--prefix", prefix),
  );
  yield await attempt("kernel: runs a notebook", () => runNotebook(places));
  yield await attempt("kernel: finds itself healthy", () => cli("doctor", "--prefix", prefix));
  yield await attempt("kernel: outlives the cache of npx", () => installFromCache(places));
  yield await attempt("kernel: is taken away again", async () => {
    await cli("uninstall", "--prefix", prefix);
    const left = path.join(prefix, "share", "jupyter", "kernels", "headroom");
    if (existsSync(left)) throw new Error(`${left} is still there`);
  });
}

/** @param {Places} places */
async function runNotebook({ project, prefix }) {
  const file = path.join(project, "try.ipynb");
  const cells = CELLS.map((cell, index) => ({
    cell_type: "code",
    id: `cell-${index}`,
    execution_count: null,
    metadata: "fails" in cell ? { tags: ["raises-exception"] } : {},
    outputs: [],
    source: cell.code,
  }));
  const kernelspec = { name: "headroom", language: "typescript", display_name: "TypeScript" };
  const notebook = { cells, metadata: { kernelspec }, nbformat: 4, nbformat_minor: 5 };
  writeFileSync(file, JSON.stringify(notebook));
  await runCommand("nbclient", program("jupyter"), ["execute", "--inplace", file], {
    cwd: project,
    timeout: 2 * MINUTES,
    env: {
      ...projectEnvironment(),
      JUPYTER_NO_CONFIG: "1",
      JUPYTER_PATH: path.join(prefix, "share", "jupyter"),
      JUPYTER_PREFER_ENV_PATH: "0",
    },
  });
  const executed = readNotebook(file).cells;
  for (const [index, { code, output }] of CELLS.entries()) {
    const found = JSON.stringify(executed[index].outputs);
    if (!found.includes(output)) throw new Error(`${code} gave ${found}, not ${output}`);
  }
}

/**
 * Installs from a folder like that of npx, which then goes away.
 * @param {Places} places
 */
async function installFromCache({ folder, project, prefix }) {
  const cache = path.join(folder, "_npx", "0a1b2c");
  cpSync(project, cache, { recursive: true, verbatimSymlinks: true });
  const cli = path.join(cache, "node_modules", "@headroom", "kernel", "dist", "cli.js");
  const other = path.join(prefix, "other");
  await runCommand("install", process.execPath, [cli, "install", "--prefix", other]);
  rmSync(cache, { recursive: true });
  const own = path.join(project, "node_modules", "@headroom", "kernel", "dist", "cli.js");
  await runCommand("doctor", process.execPath, [own, "doctor", "--prefix", other]);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { passed, failed } = await runPackageTest();
  console.log(`${passed} passed, ${failed} failed`);
  process.exitCode = failed === 0 ? 0 : 1;
}
