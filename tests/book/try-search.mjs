// @ts-check
/// <reference lib="dom" />
// The search, by mouse and by keys.
import path from "node:path";
import { openPage, PICTURES, WIDE } from "./open-page.mjs";

/** @typedef {import("./open-page.mjs").Book} Book */

/** @param {Book} book */
export async function trySearch(book) {
  const { page, faults } = await openPage(book, "index.html", WIDE);
  // A word of the last section of the last lesson, which only the index can know here.
  const { word, lesson } = await rareWord(book);
  await page.locator(".search-button").click();
  await page.locator("#search-words").pressSequentially(word);
  const first = page.locator(".search-results a").first();
  await first.waitFor();
  await page.screenshot({ path: path.join(PICTURES, "search.png") });
  const target = (await first.getAttribute("href")) ?? "";
  await first.click();
  await page.waitForURL((url) => url.href.includes(target));
  if (!target.startsWith(lesson)) faults.push(`"${word}" led to ${target}, not to ${lesson}`);
  const seen = await page.locator("main").textContent();
  if (!seen?.toLowerCase().includes(word.toLowerCase())) faults.push(`${target} has no "${word}"`);
  const anchor = decodeURIComponent(new URL(page.url()).hash.slice(1));
  if (anchor !== "") {
    await page.waitForTimeout(600); // figures nearby are being drawn
    const top = await page.evaluate(
      (id) => document.getElementById(id)?.getBoundingClientRect().top ?? Number.NaN,
      anchor,
    );
    const height = WIDE.viewport.height;
    if (!(top >= 0 && top < height)) faults.push(`the heading "${anchor}" isn't in view (${top})`);
  }
  await page.context().close();
  return faults;
}

/** @param {Book} book */
export async function tryKeys(book) {
  const { page, faults } = await openPage(book, book.lessons[0], WIDE);
  await page.keyboard.press("Tab");
  const skip = await page.evaluate(() => document.activeElement?.textContent);
  if (skip !== "Skip to the text") faults.push(`the first stop of Tab is "${skip}"`);
  await page.keyboard.press("/");
  await page.keyboard.type("qqqxyzzy");
  await page.getByText("Nothing about “qqqxyzzy”.").waitFor();
  await page.locator("#search-words").fill("lesson");
  await page.locator(".search-results a").first().waitFor();
  await page.keyboard.press("ArrowDown");
  const focused = await page.evaluate(() => document.activeElement?.tagName);
  if (focused !== "A") faults.push("the arrow key leads to no result");
  await page.keyboard.press("Escape");
  if (await page.locator("dialog.search").isVisible()) faults.push("Escape leaves the search open");
  await page.context().close();
  return faults;
}

/**
 * A long word that one lesson alone uses, taken from the lesson's page itself.
 * @param {Book} book
 */
async function rareWord(book) {
  /** @type {Map<string, Set<string>>} */
  const homes = new Map();
  for (const name of [...book.lessons, "index.html"]) {
    const { page } = await openPage(book, name, WIDE);
    const text = await page.locator("main .text").allTextContents();
    await page.context().close();
    for (const word of text
      .join(" ")
      .toLowerCase()
      .match(/[a-z]{9,}/g) ?? []) {
      homes.set(word, (homes.get(word) ?? new Set()).add(name));
    }
  }
  const last = book.lessons[book.lessons.length - 1];
  const alone = [...homes].find(([, names]) => names.size === 1 && names.has(last));
  if (alone === undefined) throw new Error(`${last} has no word of its own`);
  return { word: alone[0], lesson: last };
}
