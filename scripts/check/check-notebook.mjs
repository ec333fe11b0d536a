// @ts-check
// Runs a student's whole notebook, and says of each exercise what its visible tests say.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { stripVTControlCharacters } from "node:util";
import { runPython } from "../notebooks/run-python.mjs";
import { ROOT } from "../project.mjs";
import { isUnanswered, readStudentNotebook } from "./read-student-notebook.mjs";

/** @typedef {import("../notebooks/notebook-format.mjs").Output} Output */
/** @typedef {import("./read-student-notebook.mjs").Exercise} Exercise */

/**
 * What a code cell put out when it ran; `late` when it was interrupted.
 * @typedef {{ outputs: readonly Output[], late: boolean }} Ran
 */

/** @typedef {{ event: "cell", index: number, late: boolean, outputs: Output[] }} CellEvent */
/**
 * @typedef {CellEvent | { event: "done" } | { event: "died", index: number }
 *   | { event: "no-kernel", name: string }} RunEvent
 */

/**
 * How an exercise stands. `lines` are for the reader.
 * @typedef {{ state: "passes" | "fails" | "unanswered", lines: readonly string[] }} Standing
 */

const SCRIPT = path.join(ROOT, "scripts", "check", "run_cells.py");
export const CELL_SECONDS = 60;
const LONGEST_ERROR = 6;

/**
 * Runs the notebook and prints how its exercises and reflections stand. The file is not changed.
 * @param {string} file
 * @param {number} [timeout] seconds that a cell may take
 * @returns {Promise<boolean>} whether all visible tests pass and nothing is left unanswered
 * @throws {import("./read-student-notebook.mjs").BadNotebookError}
 */
export async function checkNotebook(file, timeout = CELL_SECONDS) {
  const { notebook, exercises, reflections } = readStudentNotebook(file);
  const { ran, died } = await runCells(file, JSON.stringify(notebook), timeout);
  const standings = exercises.map((exercise) => ({
    exercise,
    ...standingOf(exercise, ran, timeout),
  }));
  for (const line of otherFaults(exercises, ran, timeout)) console.log(line);
  for (const { exercise, state, lines } of standings) {
    console.log(`${exercise.title}: ${WORDS[state]}`);
    for (const line of lines) console.log(`  ${line}`);
  }
  if (died !== undefined) {
    console.log(
      `Cell ${died + 1} ended the kernel (process.exit, or no memory left): what follows didn't run.`,
    );
  }
  const left = reflections.filter(({ text }) => isUnanswered(text));
  for (const { title } of left) console.log(`${title}: not answered yet`);
  const passing = standings.filter(({ state }) => state === "passes").length;
  console.log(
    `\n${summary(passing, standings.length, reflections.length - left.length, reflections.length)}`,
  );
  return passing === standings.length && left.length === 0;
}

const WORDS = {
  passes: "visible tests pass",
  fails: "not yet",
  unanswered: "not answered yet",
};

/**
 * @param {number} passing
 * @param {number} exercises
 * @param {number} answered
 * @param {number} reflections
 */
function summary(passing, exercises, answered, reflections) {
  const words = reflections > 0 ? ` ${answered} of ${reflections} reflections answered.` : "";
  return (
    `${passing} of ${exercises} exercises pass their visible tests.${words} ` +
    "Hidden tests, which check edge cases, run when it is graded."
  );
}

/**
 * @param {string} file
 * @param {string} text the notebook, as it was read: a save in the meantime changes nothing
 * @param {number} timeout
 * @returns {Promise<{ ran: ReadonlyMap<number, Ran>, died?: number }>} by the cell's place
 */
async function runCells(file, text, timeout) {
  const folder = mkdtempSync(path.join(tmpdir(), "headroom-check-"));
  const copy = path.join(folder, path.basename(file));
  /** @type {Map<number, Ran>} */
  const ran = new Map();
  /** @type {RunEvent | undefined} */
  let last;
  try {
    writeFileSync(copy, text);
    // Imports of local files are found from where the notebook lies.
    const place = ["--folder", path.dirname(path.resolve(file)), "--timeout", String(timeout)];
    const { errors } = await runPython([SCRIPT, copy, ...place], (line) => {
      if (!line.startsWith('{"event"')) return;
      /** @type {RunEvent} */
      const event = JSON.parse(line);
      if (event.event === "cell") ran.set(event.index, event);
      last = event;
    });
    if (last?.event === "done") return { ran };
    if (last?.event === "died") return { ran, died: last.index };
    if (last?.event === "no-kernel") {
      throw new Error(`The kernel "${last.name}" isn't installed: npm run setup installs it.`);
    }
    throw new Error(`The notebook could not be run:\n${errors.trimEnd()}`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * @param {Exercise} exercise
 * @param {ReadonlyMap<number, Ran>} ran
 * @param {number} timeout
 * @returns {Standing}
 */
function standingOf({ tests, answers }, ran, timeout) {
  for (const place of answers) {
    const answer = ran.get(place);
    const fault = answer && faultOf(answer, timeout);
    if (fault) return { state: "fails", lines: [`the answer (cell ${place + 1}) fails: ${fault}`] };
  }
  const result = ran.get(tests);
  if (result === undefined) return { state: "fails", lines: ["its tests did not run"] };
  const fault = faultOf(result, timeout);
  const error = result.outputs.find(({ output_type }) => output_type === "error");
  if (/: not answered yet\b/.test(error?.evalue ?? "")) return { state: "unanswered", lines: [] };
  const told = result.outputs
    .filter(({ output_type, name }) => output_type === "stream" && name === "stdout")
    .flatMap(({ text = "" }) => text.trimEnd().split("\n"));
  const lines = told.filter((line) => /^[✓✗] /.test(line));
  // The error only sums up what the lines say.
  if (error?.ename === "CheckFailedError") return { state: "fails", lines };
  if (fault !== undefined) return { state: "fails", lines: [...lines, `its tests fail: ${fault}`] };
  return lines.length > 0
    ? { state: "passes", lines }
    : {
        state: "fails",
        lines: ["its tests say nothing: was their cell changed? Fetch the assignment anew"],
      };
}

/**
 * What went wrong in cells that are neither answers nor tests: given ones, and the student's own.
 * @param {readonly Exercise[]} exercises
 * @param {ReadonlyMap<number, Ran>} ran
 * @param {number} timeout
 * @returns {string[]}
 */
function otherFaults(exercises, ran, timeout) {
  const told = new Set(exercises.flatMap(({ tests, answers }) => [tests, ...answers]));
  return [...ran].flatMap(([place, cell]) => {
    const fault = told.has(place) ? undefined : faultOf(cell, timeout);
    return fault === undefined ? [] : [`Cell ${place + 1} fails: ${fault}`];
  });
}

/**
 * What went wrong in a cell, in a few lines; undefined when nothing did.
 * @param {Ran} cell
 * @param {number} timeout
 * @returns {string | undefined}
 */
function faultOf({ outputs, late }, timeout) {
  if (late)
    return `it had not ended after ${timeout} s, and was interrupted. Does a loop never end?`;
  const error = outputs.find(({ output_type }) => output_type === "error");
  if (error === undefined) return undefined;
  const message = stripVTControlCharacters(error.evalue ?? "")
    .trimEnd()
    .split("\n");
  const shown = message.slice(0, LONGEST_ERROR);
  const more =
    message.length > shown.length ? [`... (${message.length - shown.length} more lines)`] : [];
  return [`${error.ename}: ${shown[0]}`, ...shown.slice(1), ...more].join("\n    ");
}
