// @ts-check
// Runs pytest's tests and counts them.
import { readFileSync } from "node:fs";
import { program } from "../project.mjs";
import { countsOfJUnit } from "./counts.mjs";
import { reportFile } from "./report-file.mjs";
import { runTool } from "./run-tool.mjs";

/**
 * Runs the tests in a folder of `tests` with its own `pytest.ini`.
 * @param {string} folder
 * @param {NodeJS.ProcessEnv} [env] variables to add
 * @param {readonly string[]} [options] pytest's
 * @returns {Promise<import("./counts.mjs").Counts>}
 */
export async function runPythonTests(folder, env = {}, options = []) {
  const report = reportFile(`${folder}.xml`);
  const configuration = ["-c", `tests/${folder}/pytest.ini`, `--junit-xml=${report}`];
  const args = ["-m", "pytest", ...configuration, ...options, `tests/${folder}`];
  const exitCode = await runTool(program("python"), args, env);
  const counts = countsOfJUnit(readFileSync(report, "utf8"));
  return counts.failed === 0 && exitCode !== 0 ? { ...counts, failed: 1 } : counts;
}
