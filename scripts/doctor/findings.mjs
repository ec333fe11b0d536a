// @ts-check
// What `npm run doctor` looks at. Each part is tried, not only looked for.
import { readFileSync } from "node:fs";
import path from "node:path";
import { PRELOAD, program, projectEnvironment, ROOT } from "../project.mjs";
import { PACKAGES, packageIsCompiled } from "../setup/compiled-packages.mjs";
import { SetupError } from "../setup/failure.mjs";
import { jupyterIsConfigured } from "../setup/jupyter.mjs";
import { nodePackagesAreInstalled } from "../setup/node-packages.mjs";
import { pythonPackagesAreInstalled } from "../setup/python-packages.mjs";
import { runCommand } from "../setup/run-command.mjs";
import { tensorflowRefusal } from "../setup/tensorflow/install.mjs";
import { CHROMIUM_CURE, findChromium } from "./chromium.mjs";

/**
 * @typedef {object} Finding
 * @property {string} part
 * @property {"right" | "slower" | "wrong" | "optional"} state
 * @property {string} text what was found
 * @property {string} [cure]
 */

/** The workbook's own kernel, and the one that its notebooks run on as well. */
const KERNELS = ["headroom", "tslab"];

const SETUP = "npm run setup";
const OLDEST_NODE = [20, 19];

/** Looks at the parts one after another, in the order in which they stand on each other. */
export async function* collectFindings() {
  yield nodeFinding();
  yield nodePackagesFinding();
  yield await pythonFinding();
  yield await tensorflowFinding();
  for (const name of PACKAGES) yield packageFinding(name);
  for (const name of KERNELS) yield await kernelFinding(name);
  yield await jupyterFinding();
  yield plotlyFinding();
  yield browserFinding();
  yield await sandboxFinding();
}

/** @returns {Finding} */
function nodeFinding() {
  const part = "Node";
  const version = process.versions.node;
  const [major, minor] = version.split(".").map(Number);
  if (major > OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor >= OLDEST_NODE[1])) {
    return { part, state: "right", text: version };
  }
  const text = `${version}, expected ${OLDEST_NODE.join(".")} or newer`;
  return { part, state: "wrong", text, cure: "install a newer one from nodejs.org" };
}

/** @returns {Finding} */
function nodePackagesFinding() {
  const part = "Node packages";
  return nodePackagesAreInstalled()
    ? { part, state: "right", text: "as package-lock.json names them" }
    : { part, state: "wrong", text: "missing, or not those of package-lock.json", cure: SETUP };
}

/** @returns {Promise<Finding>} */
async function pythonFinding() {
  const part = "Python";
  const version = await printed(program("python"), [
    "-c",
    "import platform; print(platform.python_version())",
  ]);
  if (version instanceof Error) {
    return { part, state: "wrong", text: "no environment in .venv", cure: SETUP };
  }
  return pythonPackagesAreInstalled()
    ? { part, state: "right", text: `${version}, packages as requirements-dev.txt names them` }
    : { part, state: "wrong", text: `${version}, but packages are missing`, cure: SETUP };
}

/** @returns {Promise<Finding>} */
async function tensorflowFinding() {
  const part = "TensorFlow";
  const program =
    `const {tensorflowState} = require(${JSON.stringify(PRELOAD)});` +
    "const {kind, version, reason} = tensorflowState();" +
    "console.log(JSON.stringify({kind, version, reason}));";
  const answer = await printed(process.execPath, ["--require", PRELOAD, "-e", program]);
  if (answer instanceof Error) {
    return { part, state: "wrong", text: firstLine(answer), cure: SETUP };
  }
  const { kind, version, reason } = JSON.parse(answer.split("\n").at(-1) ?? "{}");
  if (kind === "native") return { part, state: "right", text: `native, ${version}` };
  const why = tensorflowRefusal() ?? reason;
  return {
    part,
    state: "slower",
    text: `pure JavaScript ${version}: wide networks train 20 times slower. ${why}`,
    cure: "mend the cause, then: npm run setup -- --retry",
  };
}

/**
 * @param {import("../setup/compiled-packages.mjs").Package} part
 * @returns {Finding}
 */
function packageFinding(part) {
  return packageIsCompiled(part)
    ? { part, state: "right", text: "compiled from the sources as they are" }
    : { part, state: "wrong", text: "not compiled, or older than its sources", cure: SETUP };
}

/**
 * @param {string} name
 * @returns {Promise<Finding>}
 */
async function kernelFinding(name) {
  const part = `kernel ${name}`;
  const script = path.join(ROOT, "scripts", "doctor", "try_kernel.py");
  const answer = await printed(program("python"), [script, name]);
  if (answer instanceof Error) {
    return { part, state: "wrong", text: `does not run a cell: ${firstLine(answer)}`, cure: SETUP };
  }
  return { part, state: "right", text: answer };
}

/** @returns {Promise<Finding>} */
async function jupyterFinding() {
  const part = "JupyterLab";
  const version = await printed(program("jupyter"), ["lab", "--version"]);
  return version instanceof Error
    ? { part, state: "wrong", text: firstLine(version), cure: SETUP }
    : { part, state: "right", text: version };
}

/** @returns {Finding} */
function plotlyFinding() {
  const part = "Plotly renderer";
  if (!packageIsCompiled("kernel") || !jupyterIsConfigured()) {
    return { part, state: "wrong", text: "missing, or older than its sources", cure: SETUP };
  }
  const plotly = path.join(ROOT, "node_modules", "plotly.js", "package.json");
  const { version } = JSON.parse(readFileSync(plotly, "utf8"));
  return { part, state: "right", text: `in JupyterLab, with plotly.js ${version}` };
}

/** @returns {Finding} */
function browserFinding() {
  const part = "Chromium";
  const found = findChromium();
  return found
    ? { part, state: "right", text: "for the browser test" }
    : { part, state: "optional", text: "only the browser test needs it", cure: CHROMIUM_CURE };
}

/** @returns {Promise<Finding>} */
async function sandboxFinding() {
  const part = "sandbox for grading";
  if (!packageIsCompiled("grader")) {
    return { part, state: "wrong", text: "the grader is not compiled", cure: SETUP };
  }
  const { sandboxProblem } = await import("@headroom/grader");
  const problem = await sandboxProblem();
  if (problem === undefined) return { part, state: "right", text: "bubblewrap keeps code in" };
  const [text = "", cure = ""] = problem.split("\nCure: ");
  return { part, state: "optional", text: `only instructors need it: ${text}`, cure };
}

/**
 * What a program prints, or the error that stopped it.
 * @param {string} command
 * @param {readonly string[]} args
 */
async function printed(command, args) {
  try {
    const env = projectEnvironment();
    return (await runCommand("", command, args, { timeout: 60_000, env })).trim();
  } catch (error) {
    if (error instanceof SetupError) return error;
    throw error;
  }
}

/** @param {Error} error */
function firstLine(error) {
  const lines = String(error instanceof SetupError ? error.cause : error.message).split("\n");
  return (lines.findLast((line) => line.trim() !== "") ?? "").trim();
}
