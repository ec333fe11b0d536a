// @ts-check
/// <reference lib="dom" />
// Scrolls a page of the book, waits for its figures, moves their sliders and presses their buttons.

/** @typedef {import("playwright-core").Page} Page */
/** @typedef {import("playwright-core").Locator} Locator */

const SETTLE_MILLISECONDS = 250;
const CHANGE_TIMEOUT = 3_000;

/**
 * @param {Page} page
 * @param {{ controls?: boolean }} [options] whether sliders and buttons are tried
 * @returns {Promise<string[]>} what is wrong
 */
export async function tryFigures(page, { controls = true } = {}) {
  const faults = [];
  const figures = page.locator(".figure");
  const count = await figures.count();
  for (let at = 0; at < count; at++) {
    const figure = figures.nth(at);
    const name = `figure ${at + 1}`;
    await figure.evaluate((element) =>
      element.scrollIntoView({ block: "center", behavior: "instant" }),
    );
    try {
      await figure.locator(".drawing .main-svg").first().waitFor();
    } catch {
      faults.push(`${name} isn't drawn`);
      continue;
    }
    await page.waitForTimeout(SETTLE_MILLISECONDS);
    faults.push(...(await tryLook(figure)).map((fault) => `${name} ${fault}`));
    if (controls)
      faults.push(...(await tryControls(page, figure)).map((fault) => `${name}: ${fault}`));
  }
  return faults;
}

/**
 * A figure shows marks, lies within its place and has the page's own paper.
 * @param {Locator} figure
 */
function tryLook(figure) {
  return figure.evaluate((element) => {
    const faults = [];
    const marks = ".scatterlayer path, .barlayer path, .heatmaplayer image, .shapelayer path";
    if (element.querySelectorAll(marks).length === 0) faults.push("has no marks");
    const paper = element.querySelector(".main-svg");
    const fill = paper instanceof SVGElement ? paper.style.background : "";
    const page = getComputedStyle(document.body).backgroundColor;
    const probe = document.createElement("i");
    probe.style.background = fill;
    document.body.append(probe);
    const shown = getComputedStyle(probe).backgroundColor;
    probe.remove();
    if (shown !== page) faults.push(`has a paper of ${shown} on a page of ${page}`);
    const picture = element.querySelector("img");
    if (picture?.checkVisibility({ visibilityProperty: true }))
      faults.push("shows its picture, too");
    return faults;
  });
}

/**
 * @param {Page} page
 * @param {Locator} figure
 */
async function tryControls(page, figure) {
  const faults = [];
  const rail = figure.locator(".slider-rail-touch-rect").first();
  if ((await rail.count()) > 0) {
    const moved =
      (await changes(figure, () => press(page, rail, 0.98))) ||
      (await changes(figure, () => press(page, rail, 0.02)));
    if (!moved) faults.push("the slider moves nothing");
  }
  const buttons = await figure.locator(".updatemenu-button").all();
  if (buttons.length > 1) {
    const pressed = [];
    for (const button of buttons.reverse()) {
      pressed.push(await changes(figure, () => press(page, button, 0.5)));
    }
    if (!pressed.some(Boolean)) faults.push("the buttons change nothing");
  }
  return faults;
}

/**
 * A click at a share of the element's width.
 * @param {Page} page
 * @param {Locator} element
 * @param {number} share
 */
export async function press(page, element, share) {
  await element.evaluate((one) => one.scrollIntoView({ block: "center", behavior: "instant" }));
  const box = await element.boundingBox();
  if (box) await page.mouse.click(box.x + share * box.width, box.y + box.height / 2);
}

/**
 * Whether what the figure's panels show differs after an action.
 * @param {Locator} figure
 * @param {() => Promise<void>} act
 */
async function changes(figure, act) {
  const before = await drawing(figure);
  await act();
  const deadline = Date.now() + CHANGE_TIMEOUT;
  while (Date.now() < deadline) {
    if ((await drawing(figure)) !== before) return true;
    await figure.page().waitForTimeout(100);
  }
  return false;
}

/** @param {Locator} figure */
function drawing(figure) {
  return figure.evaluate((element) => {
    const copy = /** @type {Element} */ (element.cloneNode(true));
    const floating = ".slider-container, .updatemenu-container, .hoverlayer, .modebar-container";
    for (const part of copy.querySelectorAll(floating)) part.remove();
    return copy.innerHTML;
  });
}
