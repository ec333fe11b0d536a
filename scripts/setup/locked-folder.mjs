// @ts-check
// Packages that only some tests and comparisons need, in folders of their own: they are no
// dependencies of the workbook, and set-up does without them.
import { copyFileSync, mkdirSync } from "node:fs";
import path from "node:path";
import { nodePackagesAreInstalled } from "./node-packages.mjs";
import { runCommand } from "./run-command.mjs";

/**
 * Installs what a folder's `package.json` and `package-lock.json` name into another folder; nothing
 * to do where it is there.
 * @param {string} what for messages
 * @param {string} declared the folder with the two files
 * @param {string} target
 * @throws SetupError where a package can't be had
 */
export async function installLocked(what, declared, target) {
  mkdirSync(target, { recursive: true });
  for (const file of ["package.json", "package-lock.json"]) {
    copyFileSync(path.join(declared, file), path.join(target, file));
  }
  if (nodePackagesAreInstalled(target)) return;
  const quiet = ["--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
  // Not `npm ci`, which refuses a lock file that lacks other systems' variants of a package.
  await runCommand(what, "npm", ["install", "--prefer-offline", ...quiet], { cwd: target });
}
