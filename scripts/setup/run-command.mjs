// @ts-check
// Runs one of set-up's tools quietly; its output is kept and shown only when it fails.
import { spawn } from "node:child_process";
import { projectEnvironment, ROOT } from "../project.mjs";
import { cureFor, SetupError } from "./failure.mjs";

const KEPT_CHARACTERS = 200_000;
const SHOWN_LINES = 25;

/** @type {Set<import("node:child_process").ChildProcess>} */
const running = new Set();

let stopped = false;

/** The reader stopped set-up: no failure of a step, so nothing is concluded from it. */
export class SetupInterrupted extends Error {
  constructor() {
    super("set-up was interrupted");
    this.name = "SetupInterrupted";
  }
}

/** Ends all tools that run, for an interrupted set-up; no further one is started. */
export function stopRunningCommands() {
  stopped = true;
  for (const child of running) child.kill("SIGTERM");
}

/**
 * Runs a program to its end and returns what it printed.
 *
 * @param {string} what the step's name, for the error
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{cwd?: string, env?: NodeJS.ProcessEnv, timeout?: number}} [options] timeout in
 *   milliseconds, none by default
 * @returns {Promise<string>}
 * @throws SetupError when the program is missing, fails, or runs into the time limit
 */
export function runCommand(what, command, args, options = {}) {
  return new Promise((resolve, reject) => {
    if (stopped) return reject(new SetupInterrupted());
    let output = "";
    const child = spawn(command, args, {
      cwd: options.cwd ?? ROOT,
      env: options.env ?? projectEnvironment(),
      stdio: ["ignore", "pipe", "pipe"],
      timeout: options.timeout,
      // npm is a script on Windows, which only a shell can start.
      shell: process.platform === "win32" && command === "npm",
    });
    running.add(child);
    /** @param {Buffer} chunk */
    const keep = (chunk) => {
      output = (output + chunk.toString()).slice(-KEPT_CHARACTERS);
    };
    child.stdout.on("data", keep);
    child.stderr.on("data", keep);
    child.on("error", (error) => {
      running.delete(child);
      reject(new SetupError(what, `${command} can't be started: ${error.message}`, cureFor("")));
    });
    child.on("close", (code, signal) => {
      running.delete(child);
      if (code === 0) return resolve(output);
      if (stopped) return reject(new SetupInterrupted());
      const ending = signal ? `was ended by ${signal}` : `ended with code ${code}`;
      const tail = output.trimEnd().split("\n").slice(-SHOWN_LINES).join("\n    ");
      reject(
        new SetupError(what, `${command} ${args[0] ?? ""} ${ending}\n    ${tail}`, cureFor(output)),
      );
    });
  });
}
