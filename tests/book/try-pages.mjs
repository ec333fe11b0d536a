// @ts-check
/// <reference lib="dom" />
// Every page, wide and on a phone: its figures, its texts' contrast, its words for screen readers.
import path from "node:path";
import { findFaintTexts } from "./contrast.mjs";
import { openPage, PHONE, PICTURES, WIDE } from "./open-page.mjs";
import { tryFigures } from "./try-figures.mjs";

/** @typedef {import("./open-page.mjs").Book} Book */
/** @typedef {import("playwright-core").Page} Page */

const THEMES = /** @type {const} */ (["light", "dark"]);

/**
 * @param {Book} book
 * @param {string} name
 */
export async function tryPage(book, name) {
  const { page, faults } = await openPage(book, name, WIDE);
  for (const theme of THEMES) {
    await page.emulateMedia({ colorScheme: theme });
    // A slider moves alike in both.
    const found = await tryFigures(page, { controls: theme === "light" });
    faults.push(...found.map((fault) => `${theme}: ${fault}`));
    faults.push(...(await findFaintTexts(page)).map((fault) => `${theme}: ${fault}`));
    const file = path.join(PICTURES, `${path.basename(name, ".html")}-${theme}.png`);
    await page.screenshot({ path: file, fullPage: true });
  }
  faults.push(...(await findUnnamed(page)));
  await page.context().close();
  return faults;
}

/**
 * @param {Book} book
 * @param {readonly string[]} pages
 */
export async function tryPhone(book, pages) {
  const found = [];
  for (const name of pages) {
    const { page, faults } = await openPage(book, name, PHONE);
    found.push(...(await tryFigures(page, { controls: false })));
    // Not innerWidth: a phone zooms out until a page that is too wide fits.
    const over = await page.evaluate(
      (width) => document.documentElement.scrollWidth - width,
      PHONE.viewport.width,
    );
    if (over > 0) found.push(`${name}: ${over} pixels too wide`);
    const file = path.join(PICTURES, `${path.basename(name, ".html")}-phone.png`);
    await page.evaluate(() => scrollTo(0, 0));
    await page.screenshot({ path: file });
    if (name !== "index.html") {
      await page.locator(".menu-button").click();
      await page.locator(".lessons a").first().waitFor({ state: "visible" });
    }
    found.push(...faults.map((fault) => `${name}: ${fault}`));
    await page.context().close();
  }
  return found;
}

/**
 * A finger on a figure scrolls it sideways and the page up, as anywhere else.
 * @param {Book} book
 */
export async function trySwipe(book) {
  const { page, faults } = await openPage(book, book.lessons[0], PHONE);
  const figure = page.locator(".figure").first();
  await tryFigures(page, { controls: false });
  await figure.evaluate((element) => element.scrollIntoView({ block: "center" }));
  const panel = await figure.locator(".nsewdrag").first().boundingBox();
  if (!panel) return ["the figure has no panel"];
  const touch = await page.context().newCDPSession(page);
  /** @type {(type: "touchStart" | "touchMove" | "touchEnd", x?: number, y?: number) => Promise<void>} */
  const send = async (type, x, y) => {
    const touchPoints = x === undefined || y === undefined ? [] : [{ x, y }];
    await touch.send("Input.dispatchTouchEvent", { type, touchPoints });
  };
  const place = () => figure.evaluate((element) => [element.scrollLeft, scrollY]);
  const start = await place();
  const [x, y] = [panel.x + panel.width / 2, panel.y + panel.height / 2];
  for (const [right, down] of [
    [-1, 0],
    [0, -1],
  ]) {
    await send("touchStart", x, y);
    for (let step = 1; step <= 10; step++) {
      await send("touchMove", x + 8 * step * right, y + 8 * step * down);
      await page.waitForTimeout(16);
    }
    await send("touchEnd");
    await page.waitForTimeout(400);
  }
  const end = await place();
  if (!(end[0] > start[0])) faults.push("it can't be swiped sideways");
  if (!(end[1] > start[1])) faults.push("it keeps the page from being scrolled");
  await page.context().close();
  return faults;
}

/**
 * What a screen reader would have no words for, and landmarks that are missing.
 * @param {Page} page
 */
function findUnnamed(page) {
  return page.evaluate(() => {
    const faults = [];
    for (const image of document.querySelectorAll("img:not([alt])"))
      faults.push(`no alt: ${image.outerHTML.slice(0, 80)}`);
    for (const figure of document.querySelectorAll("figure:not([aria-label])"))
      faults.push(`no label: ${figure.outerHTML.slice(0, 80)}`);
    for (const button of document.querySelectorAll("button")) {
      if (!button.textContent?.trim() && !button.getAttribute("aria-label"))
        faults.push("a button without a name");
    }
    for (const one of ["main", "header", "nav", "h1"]) {
      const count = document.querySelectorAll(one).length;
      if (count === 0 || (count > 1 && one !== "nav")) faults.push(`${count} of <${one}>`);
    }
    const ids = [...document.querySelectorAll("[id]")].map(({ id }) => id);
    const twice = ids.filter((id, index) => ids.indexOf(id) !== index);
    if (twice.length > 0) faults.push(`ids used twice: ${twice.join(", ")}`);
    const handlers = [...document.querySelectorAll("main *, header *")].flatMap((element) =>
      [...element.attributes].filter(({ name }) => name.startsWith("on")).map(({ name }) => name),
    );
    if (handlers.length > 0) faults.push(`inline handlers: ${handlers.join(", ")}`);
    return faults;
  });
}
