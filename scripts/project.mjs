// @ts-check
// Where things are in the project. Everything that set-up makes lives inside the project's folder.
import { existsSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

/** The project's root folder. */
export const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");

/** What set-up downloads and builds, kept between runs; safe to delete. */
export const CACHE = path.join(ROOT, ".cache");

/** The project's own Python environment. */
export const VENV = path.join(ROOT, ".venv");

/** The environment of the comparisons (scikit-learn and others), made by `npm run peers`. */
export const PEERS = path.join(ROOT, ".venv-peers");

/** The packages of npm that only comparisons need (Deno), made by `npm run peers`. */
export const PEER_PACKAGES = path.join(CACHE, "peers");

/** The package whose native part set-up provides. */
export const TFJS_NODE = path.join(ROOT, "node_modules", "@tensorflow", "tfjs-node");

/** What Node loads before a kernel, so that tfjs-node works everywhere. */
export const PRELOAD = path.join(ROOT, "scripts", "preload", "tensorflow.cjs");

/** What Node loads before that: nbgrader must not run students' code in a kernel. */
export const GRADING_GUARD = path.join(ROOT, "scripts", "preload", "grading-guard.cjs");

/** Where Jupyter and Python find what the project tells them. */
export const JUPYTER = path.join(ROOT, "scripts", "jupyter");

const WINDOWS = process.platform === "win32";

/**
 * The folder of an environment's programs.
 * @param {string} [environment] the environment's folder, by default the project's own
 */
export function binFolder(environment = VENV) {
  return path.join(environment, WINDOWS ? "Scripts" : "bin");
}

/**
 * The path of an environment's program, whether it is there or not.
 * @param {string} name `python`, `jupyter`, ...
 * @param {string} [environment] the environment's folder, by default the project's own
 */
export function program(name, environment = VENV) {
  return path.join(binFolder(environment), WINDOWS ? `${name}.exe` : name);
}

/**
 * The environment variables for programs of the project: its own Python programs and Node's local
 * programs come first in PATH, TensorFlow's log keeps to warnings.
 * @returns {NodeJS.ProcessEnv}
 */
export function projectEnvironment() {
  const local = path.join(ROOT, "node_modules", ".bin");
  const node = path.dirname(process.execPath);
  return {
    ...process.env,
    PATH: [binFolder(), local, process.env.PATH, node].join(path.delimiter),
    VIRTUAL_ENV: VENV,
    TF_CPP_MIN_LOG_LEVEL: process.env.TF_CPP_MIN_LOG_LEVEL ?? "2",
    PYTHONUTF8: "1",
  };
}

/**
 * The first of `files` that exists, or undefined.
 * @param {readonly string[]} files
 */
export function firstExisting(files) {
  return files.find((file) => existsSync(file));
}
