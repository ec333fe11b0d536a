// @ts-check
// Has a runner judge notebooks, or their cells: whether it failed them and what it said.
import path from "node:path";
import { executeNotebook } from "../../scripts/notebooks/run-notebook.mjs";
import { runPython } from "../../scripts/notebooks/run-python.mjs";
import { ROOT } from "../../scripts/project.mjs";
import { runPytest } from "../nbval/run-pytest.mjs";

/**
 * @typedef {import("./declarations.mjs").Runner} Runner
 */

/**
 * A runner's verdict on a code cell (counted from 0), or on the whole notebook where `cell` is
 * absent.
 * @typedef {{ file: string, cell?: number, failed: boolean, message: string }} Verdict
 */

/**
 * Has a runner judge notebooks, in one process where it can.
 * @param {Runner} runner
 * @param {readonly string[]} files absolute paths
 * @param {number} seconds that a cell may take
 * @returns {Promise<Verdict[]>}
 */
export function judge(runner, files, seconds) {
  switch (runner) {
    case "nbval":
      return byPytest(files, ["--nbval", `--nbval-cell-timeout=${seconds}`]);
    case "nbval-lax":
      return byPytest(files, ["--nbval-lax", `--nbval-cell-timeout=${seconds}`]);
    case "nbmake":
      return byPytest(files, ["--nbmake", `--nbmake-timeout=${seconds}`]);
    case "nbclient":
      return byNbclient(files, seconds);
    case "nbgrader validate":
      return byNbgrader("validate", files, seconds);
    case "nbgrader autograde":
      return byNbgrader("autograde", files, seconds);
  }
}

/**
 * @param {readonly string[]} files
 * @param {readonly string[]} options
 * @returns {Promise<Verdict[]>}
 */
async function byPytest(files, options) {
  const judgements = await runPytest(files, options);
  return judgements.map(({ notebook, cell, outcome, message }) => {
    const number = /^Cell (\d+)$/.exec(cell)?.[1];
    const place = number === undefined ? {} : { cell: Number(number) };
    return { file: notebook, ...place, failed: outcome === "failed", message };
  });
}

/**
 * @param {readonly string[]} files
 * @param {number} seconds
 */
async function byNbclient(files, seconds) {
  /** @type {Verdict[]} */
  const verdicts = [];
  for (const file of files) {
    const folder = path.dirname(file);
    const target = `${file}.executed`;
    const { last, errors } = await executeNotebook(file, target, folder, seconds);
    const failed = last.event !== "done";
    verdicts.push({ file, failed, message: failed ? `${JSON.stringify(last)}\n${errors}` : "" });
  }
  return verdicts;
}

/**
 * @param {"validate" | "autograde"} command
 * @param {readonly string[]} files
 * @param {number} seconds
 */
async function byNbgrader(command, files, seconds) {
  const script = path.join(ROOT, "tests", "canaries", "judge_nbgrader.py");
  /** @type {Verdict[]} */
  const verdicts = [];
  const { code, errors } = await runPython(
    [script, command, "--timeout", String(seconds), ...files],
    (line) => {
      if (!line.startsWith('{"notebook"')) return;
      const { notebook, ...verdict } = JSON.parse(line);
      verdicts.push({ file: notebook, ...verdict });
    },
    // They are ours: the kernel may run them for nbgrader.
    { env: { HEADROOM_TRUST: "1" } },
  );
  if (code !== 0) throw new Error(`nbgrader ${command} ended with code ${code}:\n${errors}`);
  return verdicts;
}
