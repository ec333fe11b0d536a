// @ts-check
// Runs every cell of stored notebooks again and compares what comes out with what is stored.
import { existsSync } from "node:fs";
import { availableParallelism } from "node:os";
import path from "node:path";
import { inTurns } from "../../scripts/test/in-turns.mjs";
import { runPytest } from "./run-pytest.mjs";

/**
 * @typedef {import("./run-pytest.mjs").Judgement} Judgement
 */

const CELL_TIMEOUT_SECONDS = 120;
const SHOWN_LINES = 40;
/** A lesson may take 1.5 GB of memory. */
const MOST_AT_ONCE = 4;
/**
 * What TensorFlow is told where another run of the same lessons leaves it its usual number of threads: they must give the
 * same, and the models are so small that threads of one notebook mostly wait for each other.
 */
export const ONE_THREAD = { TF_NUM_INTRAOP_THREADS: "1" };

/**
 * nbval's options for lessons. Nothing is sanitised: a lesson prints only what a second run prints
 * again. A figure's cell may carry the tag `nbval-ignore-output`; its errors count all the same.
 */
export const NBVAL_OPTIONS = ["--nbval", `--nbval-cell-timeout=${CELL_TIMEOUT_SECONDS}`];

/**
 * Validates notebooks with nbval, printing a line per notebook and each one's first difference.
 * @param {readonly string[]} notebooks absolute paths
 * @param {string} [kernel] the kernel to run them in; their own if none is named
 * @returns {Promise<{ passed: number, failed: number, skipped: number }>} counts of code cells
 */
export async function runNbval(notebooks, kernel) {
  const counts = { passed: 0, failed: 0, skipped: 0 };
  const stored = notebooks.filter((notebook) => existsSync(notebook));
  for (const missing of notebooks.filter((notebook) => !stored.includes(notebook))) {
    counts.failed++;
    console.error(`${path.basename(missing, ".ipynb")}: the notebook is missing`);
  }
  const options = kernel === undefined ? [] : [`--nbval-kernel-name=${kernel}`];
  const env = kernel === undefined ? {} : ONE_THREAD;
  // A lesson keeps one processor busy most of the time.
  const width = Math.min(availableParallelism(), MOST_AT_ONCE);
  // Later lessons take longer: begun last, one of them would run alone at the end.
  await inTurns(stored.toReversed(), width, async (notebook) => {
    const judgements = await runPytest(
      [notebook],
      [...NBVAL_OPTIONS, ...options],
      ({ outcome }) => counts[outcome]++,
      env,
    );
    report(notebook, judgements);
  });
  return counts;
}

/**
 * @param {string} notebook
 * @param {readonly Judgement[]} judgements
 */
function report(notebook, judgements) {
  const name = path.basename(notebook, ".ipynb");
  const seconds = judgements.reduce((sum, judgement) => sum + judgement.seconds, 0).toFixed(1);
  const failed = judgements.filter(({ outcome }) => outcome === "failed");
  if (failed.length === 0) {
    console.log(`${name}: ${judgements.length} code cells give what is stored (${seconds} s)`);
    return;
  }
  console.error(`${name}: ${failed.length} of ${judgements.length} code cells differ; the first:`);
  const lines = failed[0].message.trimEnd().split("\n");
  // An unreadable notebook comes with Python's whole traceback; its last lines say why.
  if (failed[0].cell === "") lines.splice(0, lines.length - 3);
  for (const line of lines.slice(0, SHOWN_LINES)) console.error(`  ${line}`);
  if (lines.length > SHOWN_LINES) console.error(`  ... (${lines.length - SHOWN_LINES} more lines)`);
}
