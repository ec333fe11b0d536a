// @ts-check
// Calls pytest on notebooks and gathers its judgements.
import path from "node:path";
import { runPython } from "../../scripts/notebooks/run-python.mjs";
import { ROOT } from "../../scripts/project.mjs";

/**
 * pytest's word on a cell (nbval) or on a whole notebook (nbmake).
 * @typedef {object} Judgement
 * @property {string} notebook absolute path
 * @property {string} cell "Cell 3", counted from 0 among the code cells; empty for the notebook
 * @property {"passed" | "failed" | "skipped"} outcome
 * @property {string} message why it failed
 * @property {number} seconds
 */

const FOLDER = path.join(ROOT, "tests", "nbval");

/**
 * Runs pytest over notebooks.
 * @param {readonly string[]} notebooks absolute paths
 * @param {readonly string[]} options such as `--nbval`
 * @param {(judgement: Judgement) => void} [onJudgement] told of each as it comes
 * @param {NodeJS.ProcessEnv} [env] added to the project's
 * @returns {Promise<Judgement[]>}
 * @throws {Error} where pytest itself fails
 */
export async function runPytest(notebooks, options, onJudgement = () => {}, env = {}) {
  /** @type {Judgement[]} */
  const judgements = [];
  const told = (/** @type {Judgement} */ judgement) => {
    judgements.push(judgement);
    onJudgement(judgement);
  };
  const { code, errors, output } = await callPytest(notebooks, options, told, env);
  // 0: all passed, 1: some failed; all else is pytest's own trouble.
  const failed = judgements.some(({ outcome }) => outcome === "failed");
  if (code > 1 || (code === 1) !== failed) {
    throw new Error(`pytest ended with code ${code}:\n${output}\n${errors}`.trimEnd());
  }
  return judgements;
}

/**
 * @param {readonly string[]} notebooks
 * @param {readonly string[]} options
 * @param {(judgement: Judgement) => void} onJudgement
 * @param {NodeJS.ProcessEnv} env
 */
async function callPytest(notebooks, options, onJudgement, env) {
  const output = /** @type {string[]} */ ([]);
  const configuration = ["-c", path.join(FOLDER, "pytest.ini"), `--rootdir=${ROOT}`];
  const ending = await runPython(
    ["-m", "pytest", ...configuration, ...options, ...notebooks],
    (line) => {
      if (line.startsWith('{"notebook"')) {
        const judgement = JSON.parse(line);
        onJudgement({ ...judgement, notebook: path.resolve(ROOT, judgement.notebook) });
      } else output.push(line);
    },
    { env: { ...env, PYTHONPATH: FOLDER, PYTHONDONTWRITEBYTECODE: "1" } },
  );
  return { ...ending, output: output.slice(-40).join("\n") };
}
