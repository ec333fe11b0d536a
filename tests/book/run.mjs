// @ts-check
/// <reference lib="dom" />
// Builds the book and reads it in a real browser, as files: figures, search, theme, phone, paper.
//
//   node tests/book/run.mjs            builds the book of the lessons and tries it
//   node tests/book/run.mjs FOLDER     tries a book that is there
import { existsSync, mkdirSync, readdirSync } from "node:fs";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { stripVTControlCharacters } from "node:util";
import { buildBook } from "../../scripts/book/build-book.mjs";
import { CHROMIUM_CURE, findChromium } from "../../scripts/doctor/chromium.mjs";
import { CACHE } from "../../scripts/project.mjs";
import { inTurns } from "../../scripts/test/in-turns.mjs";
import { launchBrowser } from "../browser/lab-page.mjs";
import { PICTURES } from "./open-page.mjs";
import { tryPage, tryPhone, trySwipe } from "./try-pages.mjs";
import { tryAnswers, tryPaper, tryPath, tryWithoutScripts } from "./try-reading.mjs";
import { tryKeys, trySearch } from "./try-search.mjs";
import { trySliderTheme, tryTheme } from "./try-theme.mjs";

/** @typedef {import("./open-page.mjs").Book} Book */

/** Each has a context of its own, and waits for figures half of the time. */
const AT_ONCE = 2;

/**
 * Tries the book and prints a line for each thing tried. Without a browser only the build is tried,
 * and the rest skipped; where the variable CI is set, that is a failure.
 * @param {string} [built] the folder of a book; without one, the lessons' is built
 * @returns {Promise<{ passed: number, failed: number, skipped: number }>}
 */
export async function runBookTest(built) {
  const counts = { passed: 0, failed: 0, skipped: 0 };
  const folder = built ?? path.join(CACHE, "book-test");
  if (built === undefined) {
    try {
      const { lessons, figures } = await buildBook(folder);
      console.log(
        `ok     the book is built: ${lessons} lessons, ${figures} figures, no broken link`,
      );
      counts.passed++;
    } catch (error) {
      console.error(`FAILED the book is built: ${error instanceof Error ? error.message : error}`);
      return { ...counts, failed: 1 };
    }
  }
  const executable = findChromium();
  if (executable === undefined) {
    const inCi = Boolean(process.env.CI);
    console.error(`${inCi ? "FAILED" : "SKIPPED"}: no browser was found: ${CHROMIUM_CURE}`);
    return { ...counts, [inCi ? "failed" : "skipped"]: 1 };
  }
  mkdirSync(PICTURES, { recursive: true });
  const browser = await launchBrowser(executable);
  try {
    const pages = readdirSync(folder).filter((name) => name.endsWith(".html"));
    const lessons = pages.filter((name) => /^\d/.test(name)).sort();
    const address = (/** @type {string} */ name) => pathToFileURL(path.join(folder, name)).href;
    const all = attempts({ browser, folder, address, lessons }, pages);
    await inTurns(all, AT_ONCE, async ([what, attempt]) => {
      const faults = await attempt().catch((error) =>
        stripVTControlCharacters(String(error)).split("\n").slice(0, 1),
      );
      counts[faults.length === 0 ? "passed" : "failed"]++;
      if (faults.length === 0) console.log(`ok     ${what}`);
      else console.error(`FAILED ${what}: ${faults.join("; ")}`);
    });
  } finally {
    await browser.close();
  }
  return counts;
}

/**
 * @param {Book} book
 * @param {readonly string[]} pages
 * @returns {[string, () => Promise<string[]>][]} each gives the faults that it found
 */
function attempts(book, pages) {
  return [
    ...pages.map(
      (name) =>
        /** @type {[string, () => Promise<string[]>]} */ ([
          `${name}: its figures move, it needs nothing from elsewhere, in both themes`,
          () => tryPage(book, name),
        ]),
    ),
    ["no page is wider than a phone", () => tryPhone(book, pages)],
    ["a finger on a figure scrolls", () => trySwipe(book)],
    ["the search finds a word and leads to its place", () => trySearch(book)],
    ["the search is told what it doesn't find, and works by keys alone", () => tryKeys(book)],
    ["the theme follows the system until it is switched, and is remembered", () => tryTheme(book)],
    ["a figure's slider stays where it is when the theme changes", () => trySliderTheme(book)],
    ["folded answers open", () => tryAnswers(book)],
    ["the list leads from lesson to lesson to the last one", () => tryPath(book)],
    ["without scripts every figure shows its picture", () => tryWithoutScripts(book)],
    ["on paper figures are pictures and answers are unfolded", () => tryPaper(book)],
  ];
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [folder] = process.argv.slice(2);
  if (folder !== undefined && !existsSync(folder)) throw new Error(`There is no folder ${folder}.`);
  const { passed, failed, skipped } = await runBookTest(folder);
  console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`);
  process.exitCode = failed === 0 ? 0 : 1;
}
