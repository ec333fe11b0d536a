// @ts-check
// Sets up what is missing: `npm run setup`; `npm start` and `npm test` call it first.
//
//   --retry   try native TensorFlow again after it could not be had
import { pathToFileURL } from "node:url";
import { compilePackage, packageIsCompiled } from "./setup/compiled-packages.mjs";
import { SetupError } from "./setup/failure.mjs";
import { configureJupyter, jupyterIsConfigured } from "./setup/jupyter.mjs";
import { withLock } from "./setup/lock.mjs";
import { installNodePackages, nodePackagesAreInstalled } from "./setup/node-packages.mjs";
import { Progress } from "./setup/progress.mjs";
import {
  installPythonPackages,
  makeEnvironment,
  pythonPackagesAreInstalled,
} from "./setup/python-packages.mjs";
import { SetupInterrupted, stopRunningCommands } from "./setup/run-command.mjs";
import {
  forgetTensorflowRefusal,
  installTensorflow,
  prefetchTensorflow,
  tensorflowIsSettled,
  tensorflowRefusal,
} from "./setup/tensorflow/install.mjs";

const OLDEST_NODE = [20, 19];

/** @throws SetupError where Node is too old for the packages */
function requireNode() {
  const [major, minor] = process.versions.node.split(".").map(Number);
  if (major > OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor >= OLDEST_NODE[1])) return;
  throw new SetupError(
    "Node",
    `expected Node ${OLDEST_NODE.join(".")} or newer, this is ${process.versions.node}`,
    "Install a newer one from nodejs.org or your system's packages, then run the command again.",
  );
}

/** Which parts are missing. Reads files only: takes well under a second. */
function missingParts() {
  const node = !nodePackagesAreInstalled();
  const python = !pythonPackagesAreInstalled();
  const kernel = node || !packageIsCompiled("kernel");
  return {
    node,
    python,
    tensorflow: node || !tensorflowIsSettled(),
    kernel,
    library: node || !packageIsCompiled("kernel-utils"),
    trainer: node || !packageIsCompiled("trainer"),
    tuner: node || !packageIsCompiled("tuner"),
    checks: node || !packageIsCompiled("checks"),
    grader: node || !packageIsCompiled("grader"),
    // Only a kernel that is compiled can say how it is started.
    jupyter: python || kernel || !jupyterIsConfigured(),
  };
}

/** @param {ReturnType<typeof missingParts>} missing */
async function setUpParts(missing) {
  const progress = new Progress(Object.values(missing).filter(Boolean).length);
  const node = missing.node
    ? progress.step("Node packages", installNodePackages)
    : Promise.resolve();
  const environment = missing.python || missing.tensorflow ? makeEnvironment() : Promise.resolve();
  const python = environment.then(() =>
    missing.python
      ? progress.step("Python packages, JupyterLab among them", () => installPythonPackages())
      : undefined,
  );
  const kernel = node.then(() =>
    missing.kernel ? progress.step("the kernel", () => compilePackage("kernel")) : undefined,
  );
  const library = node.then(() =>
    missing.library
      ? progress.step("the library kernel-utils", () => compilePackage("kernel-utils"))
      : undefined,
  );
  const trainer = node.then(() =>
    missing.trainer ? progress.step("the trainer", () => compilePackage("trainer")) : undefined,
  );
  const tuner = node.then(() =>
    missing.tuner ? progress.step("the tuner", () => compilePackage("tuner")) : undefined,
  );
  const checks = node.then(() =>
    missing.checks
      ? progress.step("the language of the exercises' checks", () => compilePackage("checks"))
      : undefined,
  );
  // Its types stand on those of the two others.
  const grader = Promise.all([kernel, checks]).then(() =>
    missing.grader ? progress.step("the grader", () => compilePackage("grader")) : undefined,
  );
  const jupyter = Promise.all([kernel, python]).then(() =>
    missing.jupyter
      ? progress.step("JupyterLab's kernels, figures and settings", configureJupyter)
      : undefined,
  );
  const tensorflow = missing.tensorflow
    ? progress.step("native TensorFlow", async (say) => {
        await environment;
        await Promise.all([node, prefetchTensorflow(say)]);
        return installTensorflow(say);
      })
    : undefined;
  // All settle before the first failure is told, so that no tool is left at work behind its back.
  const parts = [
    node,
    python,
    kernel,
    library,
    trainer,
    tuner,
    checks,
    grader,
    jupyter,
    tensorflow,
  ];
  const results = await Promise.allSettled(parts);
  for (const result of results) if (result.status === "rejected") throw result.reason;
  progress.close();
}

/**
 * Sets up what is missing, and says in one line where the workbook stands without native
 * TensorFlow.
 *
 * @param {{retry?: boolean}} [options]
 * @throws SetupError where a part can't be had; what was finished is kept
 */
export async function setUp(options = {}) {
  requireNode();
  if (options.retry) forgetTensorflowRefusal();
  if (Object.values(missingParts()).some(Boolean)) {
    await withLock(async () => {
      const missing = missingParts(); // another set-up may have done it meanwhile
      if (Object.values(missing).some(Boolean)) await setUpParts(missing);
    });
  }
  if (tensorflowRefusal() !== undefined) {
    console.log(
      "[set-up] native TensorFlow can't be had here: models train on pure JavaScript. The lessons' " +
        "small ones take about as long, wide ones 20 times, convolutions 200 times. " +
        "`npm run doctor` says why.",
    );
  }
}

/**
 * Sets up for a command of the project; tells a failure in words and ends the process with it.
 * @param {{retry?: boolean}} [options]
 */
export async function setUpOrExit(options = {}) {
  const interrupted = () => {
    stopRunningCommands();
  };
  process.once("SIGINT", interrupted);
  process.once("SIGTERM", interrupted);
  try {
    await setUp(options);
  } catch (error) {
    if (error instanceof SetupInterrupted) {
      console.error("\n[set-up] interrupted; the next run continues where this one stopped");
      process.exit(130);
    }
    if (!(error instanceof SetupError)) throw error;
    console.error(`\n[set-up] ${error.what} failed: ${error.cause}\n\nWhat to do: ${error.cure}`);
    process.exit(1);
  } finally {
    process.off("SIGINT", interrupted);
    process.off("SIGTERM", interrupted);
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  await setUpOrExit({ retry: process.argv.includes("--retry") });
  console.log("[set-up] nothing is missing");
}
