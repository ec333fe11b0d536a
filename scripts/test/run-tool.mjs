// @ts-check
// Runs a test tool with its output shown.
import { spawn } from "node:child_process";
import { projectEnvironment, ROOT } from "../project.mjs";

/**
 * Runs a tool to its end.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {NodeJS.ProcessEnv} [env] variables to add
 * @param {{ heading?: string }} [options] with a heading, the output is kept and shown under it at the
 *   end, for tools that run side by side; without one it is passed on as it comes
 * @returns {Promise<number>} its exit code, 1 when it could not be started or was killed
 */
export function runTool(command, args, env = {}, { heading } = {}) {
  return new Promise((resolve) => {
    const shown = heading === undefined ? "inherit" : "pipe";
    const child = spawn(command, args, {
      cwd: ROOT,
      env: { ...projectEnvironment(), ...env },
      stdio: ["ignore", shown, shown],
    });
    /** @type {Buffer[]} */
    const kept = [];
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on("data", (/** @type {Buffer} */ data) => kept.push(data));
    }
    child.on("error", (error) => {
      console.error(`${command} can't be started: ${error.message}`);
      resolve(1);
    });
    child.on("close", (code) => {
      if (heading !== undefined) console.log(`--- ${heading}\n${Buffer.concat(kept)}`);
      resolve(code ?? 1);
    });
  });
}

/**
 * Runs one of Node's local tools by its script, which saves npx's start-up.
 * @param {string} script the script's path below node_modules
 * @param {readonly string[]} args
 */
export function runNodeTool(script, args) {
  return runTool(process.execPath, [`node_modules/${script}`, ...args]);
}
