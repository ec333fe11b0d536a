// @ts-check
// A Python environment of the project's own, filled from a requirements file.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { firstExisting, program, ROOT, VENV } from "../project.mjs";
import { SetupError } from "./failure.mjs";
import { runCommand } from "./run-command.mjs";

const OLDEST = [3, 10];
const CANDIDATES = ["python3", "python", "python3.13", "python3.12", "python3.11", "python3.10"];

const CONSTRAINTS = "constraints-dev.txt";

/**
 * What identifies an environment that is complete for this requirements file.
 * @param {string} requirements
 */
function wantedStamp(requirements) {
  const hash = createHash("sha256");
  for (const file of [requirements, CONSTRAINTS]) hash.update(readFileSync(path.join(ROOT, file)));
  return hash.digest("hex");
}

/** @param {string} environment */
function stampFile(environment) {
  return path.join(environment, "headroom-requirements.sha256");
}

/**
 * True when the environment exists and was filled from the requirements file as it is now.
 * @param {string} [environment]
 * @param {string} [requirements]
 */
export function pythonPackagesAreInstalled(
  environment = VENV,
  requirements = "requirements-dev.txt",
) {
  const stamp = stampFile(environment);
  return (
    existsSync(program("python", environment)) &&
    existsSync(stamp) &&
    readFileSync(stamp, "utf8") === wantedStamp(requirements)
  );
}

/**
 * The version of a Python, [major, minor], or undefined where it can't be run.
 * @param {string} command
 */
function pythonVersion(command) {
  try {
    const printed = execFileSync(command, ["-c", "import sys; print(*sys.version_info[:2])"], {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    });
    return printed.trim().split(" ").map(Number);
  } catch {
    return undefined;
  }
}

/**
 * The command of a Python that is new enough.
 * @throws SetupError where there is none
 */
function findPython() {
  const seen = [];
  for (const command of CANDIDATES) {
    const version = pythonVersion(command);
    if (!version) continue;
    if (version[0] === OLDEST[0] && version[1] >= OLDEST[1]) return command;
    seen.push(version.join("."));
  }
  throw new SetupError(
    "Python",
    `expected Python ${OLDEST.join(".")} or newer, found ${seen.join(", ") || "none"}`,
    "Install it (Debian, Ubuntu: sudo apt install python3 python3-venv; macOS: brew install " +
      "python; Windows: python.org), then run the command again.",
  );
}

/**
 * Makes the environment's folder with Python and pip in it; nothing to do where it works already.
 * @param {string} [environment]
 */
export async function makeEnvironment(environment = VENV) {
  const python = program("python", environment);
  const works = existsSync(python) && pythonVersion(python) !== undefined;
  if (works && firstExisting([program("pip", environment), program("pip3", environment)])) return;
  await runCommand("Python environment", findPython(), ["-m", "venv", "--clear", environment]);
}

/**
 * Installs the requirements file's packages into the environment, then stamps it as complete.
 * @param {string} [environment]
 * @param {string} [requirements]
 */
export async function installPythonPackages(
  environment = VENV,
  requirements = "requirements-dev.txt",
) {
  await runCommand("Python packages", program("python", environment), [
    "-m",
    "pip",
    "install",
    "--quiet",
    "--disable-pip-version-check",
    "--requirement",
    requirements,
  ]);
  writeFileSync(stampFile(environment), wantedStamp(requirements));
}
