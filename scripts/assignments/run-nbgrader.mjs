// @ts-check
// Runs nbgrader in a course's folder, as its instructor would.
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";
import { createInterface } from "node:readline";
import { program, projectEnvironment } from "../project.mjs";

/**
 * Runs one of nbgrader's commands to its end; what it says goes to the terminal.
 * @param {string} course the folder with nbgrader_config.py
 * @param {readonly string[]} args the command and what follows it
 * @param {{ trust?: boolean, quiet?: boolean, onLine?: (line: string) => void }} [options] `trust` lets the judge do without a
 *   sandbox; `quiet` shows only what the instructor should act on; `onLine` gets each line of its log, and nothing is shown
 * @returns {Promise<number>} the exit code
 * @throws {Error} where there is no course, or no nbgrader
 */
export async function runNbgrader(course, args, { trust = false, quiet = false, onLine } = {}) {
  if (!existsSync(path.join(course, "nbgrader_config.py"))) {
    throw new Error(
      `${course} is no course: expected nbgrader_config.py in it. Copy that of notebooks/assignments, or name another ` +
        "folder with --course.",
    );
  }
  const nbgrader = program("nbgrader");
  if (!existsSync(nbgrader)) throw new Error("nbgrader is missing: npm run setup installs it.");
  const level = quiet ? ["--log-level=WARN"] : [];
  const child = spawn(nbgrader, [...args, ...level], {
    cwd: course,
    stdio: ["ignore", "inherit", onLine ? "pipe" : "inherit"],
    env: {
      ...projectEnvironment(),
      // Otherwise nbgrader only logs a broken configuration, and goes on without it.
      TRAITLETS_APPLICATION_RAISE_CONFIG_FILE_ERROR: "1",
      ...(trust ? { HEADROOM_TRUST: "1" } : {}),
    },
  });
  if (onLine && child.stderr) createInterface({ input: child.stderr }).on("line", onLine);
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => resolve(code ?? 1));
  });
}
