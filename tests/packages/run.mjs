// @ts-check
// Uses the kernel's package as its users do: packs it, installs the tarball into an empty folder,
// makes it known to Jupyter, runs a notebook, and takes it away again.
//
//   node tests/packages/run.mjs
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { readNotebook } from "../../scripts/notebooks/notebook-format.mjs";
import { program, projectEnvironment, ROOT } from "../../scripts/project.mjs";
import { runCommand } from "../../scripts/setup/run-command.mjs";
import { noCounts } from "../../scripts/test/counts.mjs";

/** @typedef {{ what: string, fault: string }} Finding */
/** @typedef {{ folder: string, project: string, prefix: string }} Places */

const QUIET = ["--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
const MINUTES = 60_000;

/** What a package may hold. */
const WANTED = /^(package\.json|README\.md|LICENSE|dist\/.+\.(js|d\.ts))$/;
const UNWANTED = /\.test(-d)?\.|\/testing\//;

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
    for await (const { what, fault } of tryPackage(places)) {
      counts[fault === "" ? "passed" : "failed"]++;
      if (fault === "") console.log(`ok     ${what}`);
      else console.error(`FAILED ${what}: ${fault}`);
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
async function* tryPackage(places) {
  const { project, prefix } = places;
  const { tarball, files } = await pack(places);
  const odd = files.filter((file) => !WANTED.test(file) || UNWANTED.test(file));
  const missing = ["package.json", "README.md", "dist/cli.js", "dist/main.js", "dist/index.d.ts"];
  const absent = missing.filter((file) => !files.includes(file));
  const contents = [
    ...odd.slice(0, 5).map((file) => `must not hold ${file}`),
    ...absent.map((file) => `lacks ${file}`),
  ];
  yield { what: `the tarball of ${files.length} files`, fault: contents.join(", ") };

  mkdirSync(project);
  writeFileSync(path.join(project, "package.json"), '{ "name": "empty", "private": true }');
  writeFileSync(path.join(project, "local.ts"), "export const answer: number = 42;\n");
  yield await attempt("installs into an empty folder, without scripts", () =>
    runCommand("npm install", "npm", ["install", "--prefer-offline", ...QUIET, tarball], {
      cwd: project,
      timeout: 5 * MINUTES,
    }),
  );
  const cli = (/** @type {string[]} */ ...args) =>
    runCommand("npx headroom-kernel", "npx", ["--no-install", "headroom-kernel", ...args], {
      cwd: project,
      timeout: MINUTES,
    });
  yield await attempt("makes itself known to Jupyter", () => cli("install", "--prefix", prefix));
  yield await attempt("runs a notebook", () => runNotebook(places));
  yield await attempt("finds itself healthy", () => cli("doctor", "--prefix", prefix));
  yield await attempt("outlives the cache of npx", () => installFromCache(places));
  yield await attempt("is taken away again", async () => {
    await cli("uninstall", "--prefix", prefix);
    const left = path.join(prefix, "share", "jupyter", "kernels", "headroom");
    if (existsSync(left)) throw new Error(`${left} is still there`);
  });
}

/**
 * @param {string} what
 * @param {() => Promise<unknown>} work
 * @returns {Promise<Finding>}
 */
async function attempt(what, work) {
  try {
    await work();
    return { what, fault: "" };
  } catch (error) {
    return { what, fault: error instanceof Error ? error.message : String(error) };
  }
}

/** @param {Places} places */
async function pack({ folder }) {
  const printed = await runCommand(
    "npm pack",
    "npm",
    ["pack", "--json", "--ignore-scripts", "--pack-destination", folder],
    { cwd: path.join(ROOT, "kernel"), timeout: MINUTES },
  );
  // npm's warnings may stand before its answer.
  /** @type {{ filename: string, files: { path: string }[] }[]} */
  const [{ filename, files }] = JSON.parse(printed.slice(printed.indexOf("[\n")));
  return { tarball: path.join(folder, filename), files: files.map((file) => file.path) };
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
