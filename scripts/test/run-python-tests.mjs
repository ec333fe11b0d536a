// @ts-check
// Runs pytest's tests and counts them.
import { readFileSync } from "node:fs";
import { program } from "../project.mjs";
import { countsOfJUnit, sumCounts } from "./counts.mjs";
import { reportFile } from "./report-file.mjs";
import { runTool } from "./run-tool.mjs";

/** @typedef {import("./counts.mjs").Counts} Counts */
/**
 * One of several runs side by side: what it is called, variables to add, and pytest's options.
 * @typedef {{ heading: string, env?: NodeJS.ProcessEnv, options?: readonly string[] }} Run
 */

/**
 * Runs the tests in a folder of `tests` with its own `pytest.ini`.
 * @param {string} folder
 * @returns {Promise<Counts>}
 */
export function runPythonTests(folder) {
  return run(folder, `${folder}.xml`);
}

/**
 * Runs those tests several times at once, each run in a process of its own; its output comes when it
 * has ended.
 * @param {string} folder
 * @param {readonly Run[]} runs
 * @returns {Promise<Counts>}
 */
export async function runPythonTestsSideBySide(folder, runs) {
  return sumCounts(
    await Promise.all(runs.map((one, index) => run(folder, `${folder}-${index}.xml`, one))),
  );
}

/**
 * @param {string} folder
 * @param {string} reportName
 * @param {Partial<Run>} [chosen]
 * @returns {Promise<Counts>}
 */
async function run(folder, reportName, { heading, env = {}, options = [] } = {}) {
  const report = reportFile(reportName);
  const configuration = ["-c", `tests/${folder}/pytest.ini`, `--junit-xml=${report}`];
  const args = ["-m", "pytest", ...configuration, ...options, `tests/${folder}`];
  const kept = heading === undefined ? {} : { heading };
  const exitCode = await runTool(program("python"), args, env, kept);
  const counts = countsOfJUnit(readFileSync(report, "utf8"));
  return counts.failed === 0 && exitCode !== 0 ? { ...counts, failed: 1 } : counts;
}
