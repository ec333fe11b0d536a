// @ts-check
// The stages of `npm test`, in the order in which they run: what is quick and likely comes first.
import { readFileSync } from "node:fs";
import { runAssignmentsTest } from "../../tests/assignments/run.mjs";
import { runBookTest } from "../../tests/book/run.mjs";
import { runBrowserTest } from "../../tests/browser/run.mjs";
import { runCanaries } from "../../tests/canaries/run.mjs";
import { runNbval } from "../../tests/nbval/run-nbval.mjs";
import { runOnNodeVersions } from "../../tests/node-versions/run.mjs";
import { runPackageTest } from "../../tests/packages/run.mjs";
import { runStartTest } from "../../tests/start/run.mjs";
import { CHROMIUM_CURE, findChromium } from "../doctor/chromium.mjs";
import { checkNotebooks } from "../notebooks/commands.mjs";
import { listLessons } from "../notebooks/lesson-files.mjs";
import { sumCounts } from "./counts.mjs";
import { reportFile } from "./report-file.mjs";
import { runPythonTests, runPythonTestsSideBySide } from "./run-python-tests.mjs";
import { runNodeTool, runTool } from "./run-tool.mjs";

/** @typedef {import("./counts.mjs").Counts} Counts */
/**
 * @typedef {object} Stage
 * @property {string} name what `npm test -- NAME` calls it
 * @property {string} title
 * @property {boolean} fast whether `npm run test:fast` runs it
 * @property {() => Promise<Counts>} run
 */

/**
 * A tool that only says whether all is well counts as one test.
 * @param {number} exitCode
 * @returns {Counts}
 */
function oneTest(exitCode) {
  return exitCode === 0
    ? { passed: 1, failed: 0, skipped: 0 }
    : { passed: 0, failed: 1, skipped: 0 };
}

/**
 * Runs tests in vitest and counts them. A file that can't be loaded holds tests that did not run: it
 * counts as failed.
 * @param {string} name of the report
 * @param {readonly string[]} projects see vitest.config.mts
 * @returns {Promise<Counts>}
 */
async function runUnitTests(name, projects) {
  const report = reportFile(`${name}.json`);
  const exitCode = await runNodeTool("vitest/vitest.mjs", [
    "run",
    ...projects.map((project) => `--project=${project}`),
    "--reporter=dot",
    "--reporter=json",
    `--outputFile.json=${report}`,
  ]);
  /** @type {{numPassedTests: number, numFailedTests: number, numPendingTests: number, numFailedTestSuites: number}} */
  const { numPassedTests, numFailedTests, numPendingTests, numFailedTestSuites } = JSON.parse(
    readFileSync(report, "utf8"),
  );
  const failed = numFailedTests > 0 ? numFailedTests : numFailedTestSuites;
  return {
    passed: numPassedTests,
    failed: failed > 0 || exitCode === 0 ? failed : 1,
    skipped: numPendingTests,
  };
}

/**
 * Asks Plotly in a browser about the lessons' figures; skipped where there is none, but not in CI.
 * @returns {Promise<Counts>}
 */
async function validateLessonFigures() {
  if (findChromium() === undefined && !process.env.CI) {
    console.error(`SKIPPED: no browser was found: ${CHROMIUM_CURE}`);
    return { passed: 0, failed: 0, skipped: 1 };
  }
  const notebooks = listLessons().map(({ notebook }) => notebook);
  return oneTest(
    await runTool(process.execPath, ["tests/browser/validate-figures.mjs", ...notebooks]),
  );
}

/** @type {readonly Stage[]} */
export const STAGES = [
  {
    name: "types",
    title: "types of sources, tests, scripts and lessons",
    fast: true,
    run: async () =>
      sumCounts([
        oneTest(await runNodeTool("typescript/bin/tsc", ["--project", "."])),
        oneTest(await runNodeTool("typescript/bin/tsc", ["--project", "scripts/tslab"])),
        oneTest(await runNodeTool("typescript/bin/tsc", ["--project", "notebooks/assignments"])),
      ]),
  },
  {
    name: "lint",
    title: "formatter, linter, import direction and cycles",
    fast: true,
    run: async () =>
      oneTest(await runNodeTool("@biomejs/biome/bin/biome", ["ci", "--error-on-warnings", "."])),
  },
  {
    name: "exports",
    title: "dead exports and unused dependencies",
    fast: true,
    run: async () => oneTest(await runNodeTool("knip/bin/knip.js", [])),
  },
  {
    name: "unit",
    title: "unit tests and examples",
    fast: true,
    run: () => runUnitTests("unit", ["alone", "shared"]),
  },
  {
    name: "assignments-check",
    title: "assignments agree with their sources and keep the house rules",
    fast: true,
    run: async () => oneTest(await runTool(process.execPath, ["scripts/assignments.mjs", "check"])),
  },
  {
    name: "lessons",
    title: "lessons agree with their sources and keep the house rules",
    fast: true,
    run: () => checkNotebooks([]),
  },
  {
    name: "long",
    title: "unit tests that take long",
    fast: false,
    run: () => runUnitTests("long", ["long"]),
  },
  {
    name: "start",
    title: "npm start serves the workbook, to its user only, until Ctrl-C",
    fast: false,
    run: runStartTest,
  },
  {
    name: "kernel",
    title: "the kernel tslab keeps Jupyter's protocol",
    fast: false,
    run: () => runPythonTests("kernel"),
  },
  {
    name: "conformance",
    title: "the kernel keeps all that is promised of it",
    fast: false,
    // Interrupts are the longer half, and mostly wait.
    run: () =>
      runPythonTestsSideBySide("conformance", [
        { heading: "interrupts", options: ["-k", "test_interrupt"] },
        { heading: "all else", options: ["-k", "not test_interrupt"] },
      ]),
  },
  {
    name: "node-versions",
    title: "the kernel works on other versions of Node",
    fast: false,
    run: () => runOnNodeVersions(),
  },
  {
    name: "trainer",
    title: "compiled training gives what stock TensorFlow.js and Keras give",
    fast: false,
    run: () => runUnitTests("trainer", ["trainer"]),
  },
  {
    name: "tuner",
    title: "Optuna reads the tuner's studies, and killed searches go on",
    fast: false,
    run: () => runPythonTests("tuner"),
  },
  {
    name: "grader",
    title: "hostile submissions get what they deserve, and harm nobody",
    fast: false,
    run: () => runUnitTests("grader", ["grader"]),
  },
  {
    name: "assignments",
    title: "assignments are proven, handed out, graded and handed back",
    fast: false,
    run: () => runAssignmentsTest(),
  },
  {
    name: "packages",
    title: "kernel, trainer and tuner, packed and installed elsewhere, do their work",
    fast: false,
    run: runPackageTest,
  },
  {
    name: "nbval",
    title: "every lesson runs again and gives what is stored",
    fast: false,
    run: () => runNbval(listLessons().map(({ notebook }) => notebook)),
  },
  {
    name: "nbval-tslab",
    title: "every lesson gives the same on tslab",
    fast: false,
    run: () =>
      runNbval(
        listLessons().map(({ notebook }) => notebook),
        "tslab",
      ),
  },
  {
    name: "canaries",
    title: "notebooks that must fail do fail, in every runner",
    fast: false,
    run: () => runCanaries(),
  },
  {
    name: "figures",
    title: "Plotly understands every figure of the lessons, word by word",
    fast: false,
    run: validateLessonFigures,
  },
  {
    name: "book",
    title: "the book is built, and read in a real browser as files",
    fast: false,
    run: () => runBookTest(),
  },
  {
    name: "browser",
    title: "lessons in JupyterLab in a real browser",
    fast: false,
    run: () => runBrowserTest(),
  },
];
