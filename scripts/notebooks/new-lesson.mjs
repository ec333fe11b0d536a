// @ts-check
// Begins a lesson: a text source in the shape that every lesson has, ready to run.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { ROOT } from "../project.mjs";
import { lessonOf, NOTEBOOKS, numberOf, shown, UsageError } from "./lesson-files.mjs";

/**
 * @typedef {import("./lesson-files.mjs").Lesson} Lesson
 */

const TEMPLATE = path.join(ROOT, "scripts", "notebooks", "new-lesson.template.txt");

/**
 * Writes the skeleton of a new lesson.
 * @param {string} name two digits, a hyphen, and lower-case words joined by hyphens
 * @param {string} title
 * @param {readonly Lesson[]} lessons those there are
 * @param {string} [folder] the notebooks' folder
 * @returns {Lesson}
 * @throws UsageError for a name of another form or one that is taken
 */
export function newLesson(name, title, lessons, folder = NOTEBOOKS) {
  if (!/^\d\d(-[a-z0-9]+)+$/.test(name)) {
    throw new UsageError(
      `"${name}" can't be a lesson's name: two digits and words, as in 02-skewed-data-metrics.`,
    );
  }
  if (title.trim() === "") throw new UsageError("A lesson needs a title, in quotes.");
  const taken = lessons.find((lesson) => numberOf(lesson.name) === numberOf(name));
  if (taken) {
    throw new UsageError(`Number ${numberOf(name)} is taken by ${shown(taken.source)}.`);
  }
  const lesson = lessonOf(name, folder);
  mkdirSync(path.dirname(lesson.source), { recursive: true });
  const text = readFileSync(TEMPLATE, "utf8").replaceAll("{{title}}", title.trim());
  // "wx": never over a file that appeared meanwhile.
  writeFileSync(lesson.source, text, { flag: "wx" });
  return lesson;
}
