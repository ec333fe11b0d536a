// @ts-check
// A mistake in a course's nbgrader_config.py must stop nbgrader: by itself it only logs it, goes on with its defaults, and
// would run students' code unprotected.
import { readdirSync } from "node:fs";
import path from "node:path";
import { VENV } from "../project.mjs";

const LINE =
  'import os; os.environ.setdefault("TRAITLETS_APPLICATION_RAISE_CONFIG_FILE_ERROR", "1")\n';

/** The folder of an environment's packages, which has Python's version in its path but on Windows. */
function sitePackages() {
  if (process.platform === "win32") return path.join(VENV, "Lib", "site-packages");
  const versions = readdirSync(path.join(VENV, "lib"));
  const python = versions.find((name) => /^python3\.\d+$/.test(name)) ?? "python3";
  return path.join(VENV, "lib", python, "site-packages");
}

/**
 * The file that makes every program of the project's Python environment refuse a broken configuration, with what must stand in
 * it. Python reads it whenever it starts. The environment must exist.
 */
export function loudConfigurationFile() {
  return {
    file: path.join(sitePackages(), "headroom-loud-configuration.pth"),
    content: Buffer.from(LINE),
  };
}
