// @ts-check
// What the tests of packed packages have in common.
import path from "node:path";
import { ROOT } from "../../scripts/project.mjs";
import { runCommand } from "../../scripts/setup/run-command.mjs";

/** Something that was tried; `fault` is empty where it went well. */
/** @typedef {{ what: string, fault: string }} Finding */

export const MINUTES = 60_000;

/** npm: nothing but packages, and no words unless something is wrong. */
const QUIET = ["--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];

/** What a package may hold. */
const WANTED = /^(package\.json|README\.md|LICENSE|dist\/.+\.(js|d\.ts))$/;
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
 */
export function installTarball(tarball, project) {
  return runCommand("npm install", "npm", ["install", "--prefer-offline", ...QUIET, tarball], {
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
