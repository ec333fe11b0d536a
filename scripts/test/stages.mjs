// @ts-check
// The stages of `npm test`, in the order in which they run: what is quick and likely comes first.
import { mkdirSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { CACHE, program } from "../project.mjs";
import { countsOfJUnit } from "./counts.mjs";
import { runNodeTool, runTool } from "./run-tool.mjs";

/** @typedef {import("./counts.mjs").Counts} Counts */
/**
 * @typedef {object} Stage
 * @property {string} name what `npm test -- NAME` calls it
 * @property {string} title
 * @property {boolean} fast whether `npm run test:fast` runs it
 * @property {() => Promise<Counts>} run
 */

const REPORTS = path.join(CACHE, "reports");

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
 * A fresh file for a tool's report, so that an old one is never read.
 * @param {string} name
 */
function reportFile(name) {
  mkdirSync(REPORTS, { recursive: true });
  const file = path.join(REPORTS, name);
  rmSync(file, { force: true });
  return file;
}

/**
 * Runs the unit tests in vitest and counts them. A file that can't be loaded holds tests that did
 * not run: it counts as failed.
 * @returns {Promise<Counts>}
 */
async function runUnitTests() {
  const report = reportFile("unit.json");
  const exitCode = await runNodeTool("vitest/vitest.mjs", [
    "run",
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
 * Runs pytest over a folder of tests.
 * @param {string} name
 * @param {readonly string[]} args
 * @returns {Promise<Counts>}
 */
export async function runPytest(name, args) {
  const report = reportFile(`${name}.xml`);
  const exitCode = await runTool(program("python"), [
    ...["-m", "pytest", "-q", "-p", "no:cacheprovider", `--junit-xml=${report}`, ...args],
  ]);
  const counts = countsOfJUnit(readFileSync(report, "utf8"));
  return counts.failed === 0 && exitCode !== 0 ? { ...counts, failed: 1 } : counts;
}

/** @type {readonly Stage[]} */
export const STAGES = [
  {
    name: "types",
    title: "types of sources, tests, scripts and lessons",
    fast: true,
    run: async () => oneTest(await runNodeTool("typescript/bin/tsc", ["--project", "."])),
  },
  {
    name: "lint",
    title: "formatter, linter, import direction and cycles",
    fast: true,
    run: async () => oneTest(await runNodeTool("@biomejs/biome/bin/biome", ["ci", "."])),
  },
  {
    name: "exports",
    title: "dead exports and unused dependencies",
    fast: true,
    run: async () => oneTest(await runNodeTool("knip/bin/knip.js", [])),
  },
  { name: "unit", title: "unit tests and examples", fast: true, run: runUnitTests },
];
