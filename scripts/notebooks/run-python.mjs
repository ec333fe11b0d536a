// @ts-check
// Runs a program of the project's Python environment, handing on what it prints line by line.
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";
import { createInterface } from "node:readline";
import { JUPYTER, program, projectEnvironment, ROOT } from "../project.mjs";

const KEPT_CHARACTERS = 20_000;

/**
 * How a program ended, with the end of what it wrote to its error stream.
 * @typedef {{ code: number, errors: string }} Ending
 */

/**
 * Runs Python to its end.
 * @param {readonly string[]} args what follows `python`
 * @param {(line: string) => void} [onLine] called with each line of standard output as it comes
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv }} [options] `env` is added to the project's
 * @returns {Promise<Ending>}
 * @throws {Error} where the environment isn't set up
 */
export function runPython(args, onLine = () => {}, options = {}) {
  const python = program("python");
  if (!existsSync(python)) {
    throw new Error("The Python environment is missing: npm run setup makes it.");
  }
  // A reader's own Jupyter settings must not change what a lesson stores.
  /** @type {NodeJS.ProcessEnv} */
  const env = { ...projectEnvironment(), JUPYTER_NO_CONFIG: "1", ...options.env };
  const PYTHONPATH = [JUPYTER, env.PYTHONPATH].filter(Boolean).join(path.delimiter);
  return new Promise((resolve, reject) => {
    const child = spawn(python, args, {
      cwd: options.cwd ?? ROOT,
      env: { ...env, PYTHONPATH },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let errors = "";
    createInterface({ input: child.stdout }).on("line", onLine);
    child.stderr.on("data", (chunk) => {
      errors = (errors + chunk).slice(-KEPT_CHARACTERS);
    });
    child.on("error", reject);
    child.on("close", (code, signal) => {
      resolve({ code: code ?? 1, errors: signal ? `${errors}\nended by ${signal}` : errors });
    });
  });
}
