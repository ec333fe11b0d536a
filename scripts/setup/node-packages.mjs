// @ts-check
// Node's packages, exactly as package-lock.json names them.
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { ROOT } from "../project.mjs";
import { runCommand } from "./run-command.mjs";

/** @typedef {{version?: string, link?: boolean, optional?: boolean, peer?: boolean}} LockEntry */

/**
 * The packages that a lock file names, by their folder.
 * @param {string} file
 * @returns {Record<string, LockEntry>}
 */
function lockedPackages(file) {
  return JSON.parse(readFileSync(file, "utf8")).packages ?? {};
}

/**
 * True when every package of the lock file is installed in its version. npm writes the list of
 * what it installed last of all, so an interrupted installation counts as none.
 * @param {string} [root]
 */
export function nodePackagesAreInstalled(root = ROOT) {
  const installedList = path.join(root, "node_modules", ".package-lock.json");
  if (!existsSync(installedList)) return false;
  const installed = lockedPackages(installedList);
  return Object.entries(lockedPackages(path.join(root, "package-lock.json"))).every(
    ([folder, entry]) =>
      !folder.startsWith("node_modules/") ||
      entry.optional === true ||
      (installed[folder]?.version === entry.version && existsSync(path.join(root, folder))),
  );
}

/**
 * Installs them. No package's own install script runs: none is needed, and tfjs-node's downloads
 * from a host that may be out of reach, which would undo the whole installation.
 */
export async function installNodePackages() {
  await runCommand("Node packages", "npm", [
    "ci",
    "--ignore-scripts",
    "--no-audit",
    "--no-fund",
    "--loglevel=error",
  ]);
}
