// @ts-check
// Builds a lesson, runs it in a new kernel and stores it with its outputs, or leaves all as it was.
import { copyFileSync, mkdirSync, renameSync, rmSync } from "node:fs";
import path from "node:path";
import { stripVTControlCharacters } from "node:util";
import { ROOT } from "../project.mjs";
import { buildInWorkshop } from "./build-notebooks.mjs";
import { cellLines, shown, WORKSHOP } from "./lesson-files.mjs";
import { firstLine, readNotebook } from "./notebook-format.mjs";
import { runPython } from "./run-python.mjs";

/**
 * @typedef {import("./lesson-files.mjs").Lesson} Lesson
 * @typedef {import("./notebook-format.mjs").Notebook} Notebook
 */

/**
 * What the running script tells, a line each.
 * @typedef {{ event: "none" }
 *   | { event: "cell", index: number }
 *   | { event: "done", seconds: number, peakBytes: number }
 *   | { event: "no-kernel", name: string }
 *   | Failure} RunEvent
 */

/**
 * A cell that failed; `traceback` as the kernel sent it, with its colours.
 * @typedef {object} Failure
 * @property {"failed"} event
 * @property {number} index
 * @property {string} name
 * @property {string} message
 * @property {string[]} traceback
 */

/**
 * How a run ended; `peakBytes` is the kernel's largest memory, 0 where the system can't tell.
 * @typedef {object} Outcome
 * @property {boolean} ok
 * @property {string} message for the reader, of one or more lines
 * @property {number} [seconds]
 * @property {number} [peakBytes]
 */

const SCRIPT = path.join(ROOT, "scripts", "notebooks", "execute_notebook.py");
const CELL_TIMEOUT_SECONDS = 120;
const PROGRESS_EVERY_MS = 5_000;

/**
 * Runs a lesson from its text source; its notebook is replaced only when every cell succeeded.
 * @param {Lesson} lesson
 * @param {(line: string) => void} [say] told about the progress
 * @param {number} [timeout] seconds that one cell may take
 * @returns {Promise<Outcome>}
 */
export async function runLesson(lesson, say = () => {}, timeout = CELL_TIMEOUT_SECONDS) {
  const built = String((await buildInWorkshop([lesson])).get(lesson.name));
  const executed = path.join(WORKSHOP, `${lesson.name}.executed.ipynb`);
  rmSync(executed, { force: true });
  const notebook = readNotebook(built);
  const folder = path.dirname(lesson.notebook);
  mkdirSync(folder, { recursive: true });

  const follow = progress(notebook, say);
  const { last, errors } = await executeNotebook(built, executed, folder, timeout, follow);
  if (last.event === "done") {
    store(executed, lesson.notebook);
    return { ok: true, message: "stored", seconds: last.seconds, peakBytes: last.peakBytes };
  }
  if (last.event === "failed") return { ok: false, message: describe(lesson, notebook, last) };
  if (last.event === "no-kernel") {
    return { ok: false, message: `The kernel "${last.name}" isn't installed: npm run setup` };
  }
  return { ok: false, message: `The run ended without a result:\n${errors.trimEnd()}` };
}

/**
 * Runs a notebook in a new kernel, as it is.
 * @param {string} file the notebook
 * @param {string} target where it is written with its outputs, if every cell succeeds
 * @param {string} folder where the cells run
 * @param {number} timeout seconds that one cell may take
 * @param {(event: RunEvent) => void} [follow] told of each event as it comes
 * @returns {Promise<{ last: RunEvent, errors: string }>} the last event tells how it ended
 */
export async function executeNotebook(file, target, folder, timeout, follow = () => {}) {
  /** @type {RunEvent} */
  let last = { event: "none" };
  const { errors } = await runPython(
    [SCRIPT, file, target, "--folder", folder, "--timeout", String(timeout)],
    (line) => {
      if (!line.startsWith('{"event"')) return;
      /** @type {RunEvent} */
      const event = JSON.parse(line);
      last = event;
      follow(event);
    },
  );
  return { last, errors };
}

/**
 * Says which cell is at work, every few seconds.
 * @param {Notebook} notebook
 * @param {(line: string) => void} say
 * @returns {(event: RunEvent) => void}
 */
function progress(notebook, say) {
  const codeCells = notebook.cells.flatMap((cell, index) =>
    cell.cell_type === "code" ? [index] : [],
  );
  let saidAt = Date.now();
  return (event) => {
    if (event.event !== "cell" || Date.now() - saidAt < PROGRESS_EVERY_MS) return;
    saidAt = Date.now();
    say(`code cell ${codeCells.indexOf(event.index) + 1} of ${codeCells.length}`);
  };
}

/**
 * Puts a finished notebook in its place in one step, so that no reader sees half of it.
 * @param {string} finished
 * @param {string} target
 */
export function store(finished, target) {
  const beside = `${target}.${process.pid}.new`;
  copyFileSync(finished, beside);
  renameSync(beside, target);
}

/**
 * @param {Lesson} lesson
 * @param {Notebook} notebook
 * @param {Failure} failure
 */
function describe(lesson, notebook, { index, name, message, traceback }) {
  const cell = notebook.cells[index];
  const headline = stripVTControlCharacters(`${name}: ${message}`);
  const details = stripVTControlCharacters(traceback.join("\n")).split("\n");
  // A traceback often opens with the headline; once is enough.
  const rest = details.filter((line) => line.trim() !== "" && !headline.includes(line.trim()));
  return [
    `cell ${index + 1} of ${notebook.cells.length} failed ` +
      `(${shown(lesson.source)}:${cellLines(lesson.source)[index] ?? "?"})`,
    `  > ${firstLine(cell)}`,
    ...[headline, ...rest].map((line) => `  ${line}`),
    `  ${shown(lesson.notebook)} was left as it was.`,
  ].join("\n");
}
