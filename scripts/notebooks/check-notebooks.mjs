// @ts-check
// Judges stored notebooks without running them: sources, completeness, house rules.
import { existsSync } from "node:fs";
import { buildInWorkshop } from "./build-notebooks.mjs";
import { findDisagreement, findUnfinishedRun } from "./compare-notebook.mjs";
import { findBreaches, findOversize } from "./house-rules.mjs";
import { cellLines, listOrphans, NOTEBOOKS, shown } from "./lesson-files.mjs";
import { readNotebook } from "./notebook-format.mjs";

/**
 * @typedef {import("./compare-notebook.mjs").Finding} Finding
 * @typedef {import("./lesson-files.mjs").Lesson} Lesson
 */

/**
 * What a check of one lesson found, as lines for the reader; none when all is well.
 * @typedef {{ lesson: Lesson, complaints: string[] }} Verdict
 */

/**
 * Judges each lesson's stored notebook against its source and the house rules.
 * @param {readonly Lesson[]} lessons
 * @returns {Promise<Verdict[]>} one per lesson, in their order
 */
export async function checkLessons(lessons) {
  const built = await buildInWorkshop(lessons);
  return lessons.map((lesson) => {
    return { lesson, complaints: judge(lesson, String(built.get(lesson.name))) };
  });
}

/**
 * Notebooks without a text source, as verdicts.
 * @param {string} [folder]
 * @returns {Verdict[]}
 */
export function checkOrphans(folder = NOTEBOOKS) {
  return listOrphans(folder).map((lesson) => ({
    lesson,
    complaints: [
      `${shown(lesson.notebook)} has no source ${shown(lesson.source)}: ` +
        "write one (jupytext --to ts:percent makes it from the notebook), or delete the notebook",
    ],
  }));
}

/**
 * @param {Lesson} lesson
 * @param {string} built the notebook that the source gives
 * @returns {string[]}
 */
function judge(lesson, built) {
  const file = shown(lesson.notebook);
  const command = `npm run notebooks -- run ${lesson.name}`;
  if (!existsSync(lesson.notebook)) return [`${file} is missing: ${command} makes it`];
  let notebook;
  try {
    notebook = readNotebook(lesson.notebook);
  } catch (error) {
    return [
      `${file} can't be read (${error instanceof Error ? error.message : error}): ${command}`,
    ];
  }
  const stale = [
    ...findDisagreement(readNotebook(built), notebook),
    ...findUnfinishedRun(notebook),
  ];
  const findings = [...stale, ...findOversize(lesson.notebook), ...findBreaches(notebook)];
  const lines = cellLines(lesson.source);
  const complaints = findings.map((finding) => describe(file, finding, lesson, lines));
  if (stale.length > 0) complaints.push(`  ${command} stores it afresh from its source`);
  return complaints;
}

/**
 * @param {string} file
 * @param {Finding} finding
 * @param {Lesson} lesson
 * @param {readonly number[]} lines the source's line of each cell
 */
function describe(file, { cell, message }, lesson, lines) {
  if (cell === undefined) return `${file} ${message}`;
  const line = lines[cell];
  const where = line === undefined ? "" : ` (${shown(lesson.source)}:${line})`;
  return `${file}, cell ${cell + 1}${where}: ${message}`;
}
