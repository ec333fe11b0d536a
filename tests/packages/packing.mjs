// @ts-check
// What the tests of packed packages have in common.
import { rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { ROOT } from "../../scripts/project.mjs";
import { runCommand } from "../../scripts/setup/run-command.mjs";

/** Something that was tried; `fault` is empty where it went well. */
/** @typedef {{ what: string, fault: string }} Finding */

export const MINUTES = 60_000;

const COMPILER = path.join(ROOT, "node_modules", "typescript", "bin", "tsc");
const PRELOAD = path.join(ROOT, "scripts", "preload", "tensorflow.cjs");

/** npm: nothing but packages, and no words unless something is wrong. */
const QUIET = ["--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];

/** What a package may hold. */
const WANTED = /^(package\.json|README\.md|LICENSE|dist\/.+\.(js|d\.ts)|nbgrader\/.+\.py)$/;
const UNWANTED = /\.test(-d)?\.|\/testing\//;

/**
 * Packs a package of the project.
 * @param {string} name its folder in the project
 * @param {string} folder where the tarball is put
 * @param {readonly string[]} needed files that it must hold
 * @returns {Promise<{ tarball: string, finding: Finding }>}
 */
export async function pack(name, folder, needed) {
  const printed = await runCommand(
    "npm pack",
    "npm",
    ["pack", "--json", "--ignore-scripts", "--pack-destination", folder],
    { cwd: path.join(ROOT, name), timeout: MINUTES },
  );
  // npm's warnings may stand before its answer.
  /** @type {{ filename: string, files: { path: string }[] }[]} */
  const [answer] = JSON.parse(printed.slice(printed.indexOf("[\n")));
  const files = answer.files.map((file) => file.path);
  const odd = files.filter((file) => !WANTED.test(file) || UNWANTED.test(file));
  const absent = needed.filter((file) => !files.includes(file));
  const faults = [
    ...odd.slice(0, 5).map((file) => `must not hold ${file}`),
    ...absent.map((file) => `lacks ${file}`),
  ];
  const finding = {
    what: `${name}: the tarball of ${files.length} files`,
    fault: faults.join(", "),
  };
  return { tarball: path.join(folder, answer.filename), finding };
}

/**
 * Installs a tarball, without running its scripts.
 * @param {string} tarball
 * @param {string} project the folder that it is installed into
 * @param {string[]} more arguments for npm
 */
export function installTarball(tarball, project, ...more) {
  const given = ["install", "--prefer-offline", ...QUIET, ...more, tarball];
  return runCommand("npm install", "npm", given, {
    cwd: project,
    timeout: 5 * MINUTES,
  });
}

/**
 * @param {string} what
 * @param {() => Promise<unknown>} work
 * @returns {Promise<Finding>}
 */
export async function attempt(what, work) {
  try {
    await work();
    return { what, fault: "" };
  } catch (error) {
    return { what, fault: error instanceof Error ? error.message : String(error) };
  }
}

/**
 * Runs a program and returns what it printed last.
 * @param {string} project
 * @param {string} name
 * @param {string} code
 * @param {string[]} args
 */
export async function runProgram(project, name, code, ...args) {
  writeFileSync(path.join(project, name), code);
  // The preload puts back what tfjs-node misses in new versions of Node.
  const printed = await runCommand(name, process.execPath, ["--require", PRELOAD, name, ...args], {
    cwd: project,
    timeout: 2 * MINUTES,
  });
  const [last = ""] = printed.trim().split("\n").slice(-1);
  return JSON.parse(last);
}

/**
 * Type-checks a program as a user's compiler would, for ES modules and for bundlers.
 * @param {string} project
 * @param {string} code
 */
export async function checkTypes(project, code) {
  const file = path.join(project, "program.mts");
  writeFileSync(file, code);
  try {
    for (const modules of ["nodenext", "preserve"]) {
      const options = ["--strict", "--noEmit", "--skipLibCheck", "--target", "es2022"];
      const lib = ["--lib", "es2023,dom", "--types", "", "--module", modules];
      await runCommand("tsc", process.execPath, [COMPILER, ...options, ...lib, file], {
        cwd: project,
        timeout: MINUTES,
      });
    }
  } finally {
    rmSync(file);
  }
}
