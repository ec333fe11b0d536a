// @ts-check
// The commands of `npm run notebooks`, each printing a line per lesson and returning counts.
import { existsSync, mkdirSync } from "node:fs";
import { buildInWorkshop } from "./build-notebooks.mjs";
import { checkLessons, checkOrphans } from "./check-notebooks.mjs";
import { findDisagreement } from "./compare-notebook.mjs";
import { findLessons, listLessons, NOTEBOOKS, shown } from "./lesson-files.mjs";
import { newLesson } from "./new-lesson.mjs";
import { readNotebook } from "./notebook-format.mjs";
import { runLesson, store } from "./run-notebook.mjs";

/**
 * How many lessons a command passed, failed and left out.
 * @typedef {{ passed: number, failed: number, skipped: number }} Counts
 */

/** What a lesson may take; beyond it the run says so, since a slow machine is no fault. */
const LESSON_SECONDS = 60;
const LESSON_BYTES = 1.5e9;

/**
 * Makes notebooks from their sources without running them. A notebook that agrees with its source
 * already is left alone, with its outputs.
 * @param {readonly string[]} names none for all
 * @param {string} [folder]
 * @returns {Promise<Counts>}
 */
export async function buildNotebooks(names, folder = NOTEBOOKS) {
  const lessons = findLessons(names, folder);
  const built = await buildInWorkshop(lessons);
  mkdirSync(folder, { recursive: true });
  for (const { name, notebook } of lessons) {
    const fresh = String(built.get(name));
    const agrees =
      existsSync(notebook) &&
      findDisagreement(readNotebook(fresh), readNotebook(notebook)).length === 0;
    if (!agrees) store(fresh, notebook);
    const todo = `built without outputs; npm run notebooks -- run ${name} runs it`;
    console.log(`${name}: ${agrees ? "agrees with its source already" : todo}`);
  }
  return { passed: lessons.length, failed: 0, skipped: 0 };
}

/**
 * Runs lessons one after another and stores them with their outputs.
 * @param {readonly string[]} names none for all
 * @param {string} [folder]
 * @returns {Promise<Counts>}
 */
export async function runNotebooks(names, folder = NOTEBOOKS) {
  const counts = { passed: 0, failed: 0, skipped: 0 };
  const lessons = findLessons(names, folder);
  for (const [index, lesson] of lessons.entries()) {
    console.log(`${lesson.name}: running (${index + 1} of ${lessons.length})`);
    const outcome = await runLesson(lesson, (line) => console.log(`${lesson.name}: ${line}`));
    counts[outcome.ok ? "passed" : "failed"]++;
    if (outcome.ok) console.log(`${lesson.name}: stored, ${effort(outcome)}`);
    else console.error(`${lesson.name}: ${outcome.message}`);
  }
  return counts;
}

/** @param {import("./run-notebook.mjs").Outcome} outcome */
function effort({ seconds = 0, peakBytes = 0 }) {
  const memory = peakBytes > 0 ? `, ${(peakBytes / 1e6).toFixed(0)} MB at most` : "";
  const over = [
    ...(seconds > LESSON_SECONDS ? [`${LESSON_SECONDS} s`] : []),
    ...(peakBytes > LESSON_BYTES ? [`${LESSON_BYTES / 1e9} GB`] : []),
  ];
  const warning = over.length > 0 ? ` - MORE than the ${over.join(" and ")} a lesson may take` : "";
  return `${seconds.toFixed(1)} s${memory}${warning}`;
}

/**
 * Judges stored notebooks without running them.
 * @param {readonly string[]} names none for all
 * @param {string} [folder]
 * @returns {Promise<Counts>}
 */
export async function checkNotebooks(names, folder = NOTEBOOKS) {
  const verdicts = await checkLessons(findLessons(names, folder));
  if (names.length === 0) verdicts.push(...checkOrphans(folder));
  for (const { lesson, complaints } of verdicts) {
    if (complaints.length === 0) console.log(`${lesson.name}: in order`);
    for (const complaint of complaints) console.error(complaint);
  }
  const failed = verdicts.filter(({ complaints }) => complaints.length > 0).length;
  return { passed: verdicts.length - failed, failed, skipped: 0 };
}

/**
 * Begins a lesson: writes the text source of a skeleton that runs.
 * @param {string} name `NN-slug`
 * @param {string} title
 * @param {string} [folder]
 * @returns {Promise<Counts>}
 */
export async function beginNotebook(name, title, folder = NOTEBOOKS) {
  const lesson = newLesson(name, title, listLessons(folder), folder);
  console.log(`${shown(lesson.source)} is ready to be written.`);
  console.log(`npm run notebooks -- run ${name} runs it into ${shown(lesson.notebook)}.`);
  return { passed: 1, failed: 0, skipped: 0 };
}
