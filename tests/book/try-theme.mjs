// @ts-check
/// <reference lib="dom" />
// The theme's switch, its memory, and what figures make of it.
import { openPage, WIDE } from "./open-page.mjs";
import { press, tryFigures } from "./try-figures.mjs";

/** @typedef {import("./open-page.mjs").Book} Book */

/** @param {Book} book */
export async function tryTheme(book) {
  const { page, faults } = await openPage(book, book.lessons[0], WIDE);
  const paper = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const light = await paper();
  await page.emulateMedia({ colorScheme: "dark" });
  const dark = await paper();
  if (light === dark) faults.push("a dark system changes nothing");
  await page.locator(".theme-button").click();
  if ((await paper()) !== light) faults.push("the switch changes nothing");
  await page.reload();
  if ((await paper()) !== light) faults.push("the choice is forgotten by a reload");
  await page.goto(book.address("index.html"));
  if ((await paper()) !== light) faults.push("the choice is forgotten on another page");
  await page.context().close();
  return faults;
}

/**
 * A slider that was moved stays where it is, and so does what it shows.
 * @param {Book} book
 */
export async function trySliderTheme(book) {
  for (const name of book.lessons) {
    const { page, faults } = await openPage(book, name, WIDE);
    await tryFigures(page, { controls: false });
    const figure = page.locator(".figure:has(.slider-container)").first();
    if ((await figure.count()) === 0) {
      await page.context().close();
      continue;
    }
    const [start] = await stateOf(figure);
    const rail = figure.locator(".slider-rail-touch-rect").first();
    await press(page, rail, 0.98);
    await page.waitForTimeout(500);
    if ((await stateOf(figure))[0] === start) await press(page, rail, 0.02);
    await page.waitForTimeout(500);
    const before = await stateOf(figure);
    if (before[0] === start) faults.push(`${name}: the slider didn't move`);
    await page.locator(".theme-button").click();
    await page.waitForTimeout(1_000);
    const after = await stateOf(figure);
    if (after.join() !== before.join()) faults.push(`${name}: ${before[0]} became ${after[0]}`);
    await page.context().close();
    return faults;
  }
  return ["no lesson has a slider"];
}

/**
 * Where the figure's slider stands, what it says, and which traces are shown.
 * @param {import("playwright-core").Locator} figure
 * @returns {Promise<string[]>}
 */
function stateOf(figure) {
  return figure.evaluate((element) => {
    /** @typedef {{ data: { visible?: unknown }[], layout: { sliders: { active: number }[] } }} Drawing */
    const drawing = /** @type {Drawing} */ (
      /** @type {unknown} */ (element.querySelector(".drawing"))
    );
    const shown = drawing.data.map(({ visible }) => String(visible ?? true));
    const label = element.querySelector(".slider-label")?.textContent ?? "";
    return [String(drawing.layout.sliders[0].active), label, ...shown];
  });
}
