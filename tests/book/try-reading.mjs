// @ts-check
/// <reference lib="dom" />
// Reading from page to page, without scripts, and on paper.
import path from "node:path";
import { openPage, PICTURES, WIDE } from "./open-page.mjs";
import { tryFigures } from "./try-figures.mjs";

/** @typedef {import("./open-page.mjs").Book} Book */

/** @param {Book} book */
export async function tryAnswers(book) {
  const { page, faults } = await openPage(book, book.lessons[book.lessons.length - 1], WIDE);
  const answers = page.locator("main details");
  const count = await answers.count();
  if (count === 0) faults.push("no answer is folded");
  for (let at = 0; at < count; at++) {
    await answers.nth(at).locator("summary").click();
    const inside = answers.nth(at).locator("p").first();
    if (!(await inside.isVisible())) faults.push(`answer ${at + 1} stays folded`);
  }
  await page.context().close();
  return faults;
}

/** @param {Book} book */
export async function tryPath(book) {
  const { page, faults } = await openPage(book, "index.html", WIDE);
  const steps = await page
    .locator(".path a")
    .evaluateAll((links) => links.map((link) => link.getAttribute("href")));
  if (steps.join() !== book.lessons.join()) faults.push(`the path shows ${steps.join(", ")}`);
  await page.locator(".path a").first().click();
  for (const name of book.lessons.slice(1)) {
    await page.locator(".neighbours .next").click();
    await page.waitForURL((url) => url.pathname.endsWith(`/${name}`));
  }
  if ((await page.locator(".neighbours .next").count()) > 0)
    faults.push("after the last comes one");
  const current = await page.locator(".lessons [aria-current=page]").getAttribute("href");
  if (current !== book.lessons[book.lessons.length - 1])
    faults.push(`${current} is marked current`);
  await page.context().close();
  return faults;
}

/** @param {Book} book */
export async function tryWithoutScripts(book) {
  const found = [];
  for (const name of book.lessons) {
    const { page, faults } = await openPage(book, name, { ...WIDE, javaScriptEnabled: false });
    const figures = page.locator(".figure");
    for (let at = 0; at < (await figures.count()); at++) {
      const picture = figures.nth(at).locator("img");
      if (!(await picture.isVisible())) faults.push(`figure ${at + 1} shows no picture`);
    }
    if (await page.locator(".search-button").isVisible()) faults.push("a search that can't work");
    found.push(...faults.map((fault) => `${name}: ${fault}`));
    await page.context().close();
  }
  return found;
}

/** @param {Book} book */
export async function tryPaper(book) {
  const name = book.lessons[0];
  const { page, faults } = await openPage(book, name, { ...WIDE, colorScheme: "dark" });
  await tryFigures(page, { controls: false });
  await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
  await page.emulateMedia({ media: "print" });
  const paper = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  if (paper !== "rgb(255, 255, 255)") faults.push(`the paper is ${paper}`);
  const hidden = await page.locator(".figure > img, main details > p").evaluateAll((all) => {
    return all.filter((one) => !one.checkVisibility({ visibilityProperty: true })).length;
  });
  if (hidden > 0) faults.push(`${hidden} pictures or answers are not printed`);
  const drawn = page.locator(".drawing").first();
  if (await drawn.isVisible()) faults.push("a drawn figure is printed, too");
  await page.pdf({ path: path.join(PICTURES, "paper.pdf") });
  await page.context().close();
  return faults;
}
