// @ts-check
/// <reference lib="dom" />
// Tries a notebook's figures the way a reader does: point at a mark, move the slider, press buttons.

/**
 * @typedef {import("playwright-core").Page} Page
 * @typedef {import("playwright-core").Locator} Locator
 */

/**
 * What was found about one thing tried; `fault` is empty when it is as it must be.
 * @typedef {{ what: string, fault: string }} Finding
 */

const FIGURE = ".jp-NotebookPanel .js-plotly-plot";
/** The attribute by which the test knows a figure again. */
const MARK = "data-tried";
const SETTLE_MILLISECONDS = 300;
/** How finely the mouse looks for a mark to point at. */
const COLUMNS = 24;
const ROWS = 12;
/** The marks of points and bars. */
const MARKS = ".scatterlayer .points path, .barlayer .point path";
const MOST_MARKS = 12;
const HOVER_MILLISECONDS = 60;
const CHANGE_TIMEOUT = 3_000;

/**
 * Tries every figure of the notebook in view, from top to bottom, and takes a picture of each.
 * @param {Page} page
 * @param {number} expected how many figures the notebook holds
 * @param {(number: number) => string} pictureFile where a figure's picture goes, counted from 1
 * @returns {Promise<Finding[]>}
 */
export async function tryFigures(page, expected, pictureFile) {
  /** @type {Finding[]} */
  const findings = [];
  let tried = 0;
  await page.locator(".jp-NotebookPanel .jp-Cell").first().waitFor();
  for (let more = await scrollToTop(page); more; more = await scrollOn(page)) {
    while (await markNext(page, tried + 1)) {
      tried++;
      const figure = page.locator(`[${MARK}="${tried}"]`);
      findings.push(...(await tryFigure(page, figure, tried, pictureFile(tried))));
    }
  }
  const fault = tried === expected ? "" : `${tried} of ${expected} are drawn`;
  return [{ what: `${expected} interactive figures`, fault }, ...findings];
}

/**
 * Marks the next figure that wasn't tried yet; false where none is in view. Cells come and go as
 * the notebook scrolls, but a figure keeps its mark.
 * @param {Page} page
 * @param {number} number
 * @returns {Promise<boolean>}
 */
function markNext(page, number) {
  return page.evaluate(
    ({ selector, mark, value }) => {
      const figures = [...document.querySelectorAll(`${selector}:not([${mark}])`)];
      const next = figures.find((figure) => figure.getBoundingClientRect().height > 0);
      next?.setAttribute(mark, value);
      return next !== undefined;
    },
    { selector: FIGURE, mark: MARK, value: String(number) },
  );
}

/**
 * @param {Page} page
 * @param {Locator} figure
 * @param {number} number
 * @param {string} pictureFile
 * @returns {Promise<Finding[]>}
 */
async function tryFigure(page, figure, number, pictureFile) {
  const name = `figure ${number}`;
  await bringIntoView(figure);
  const first = [await tryText(figure, name), await tryPointer(page, figure, name)];
  await page.screenshot({ path: pictureFile });
  return [...first, ...(await tryControls(page, figure, name))];
}

/** @param {Page} page @returns {Promise<boolean>} */
async function scrollToTop(page) {
  await notebookArea(page).evaluate((area) => area.scrollTo(0, 0));
  await page.waitForTimeout(SETTLE_MILLISECONDS);
  return true;
}

/**
 * Scrolls on by half a window; false at the notebook's end.
 * @param {Page} page
 * @returns {Promise<boolean>}
 */
async function scrollOn(page) {
  const moved = await notebookArea(page).evaluate((area) => {
    const before = area.scrollTop;
    area.scrollBy(0, area.clientHeight / 2);
    return area.scrollTop > before;
  });
  // JupyterLab draws cells as they come into view.
  await page.waitForTimeout(SETTLE_MILLISECONDS);
  return moved;
}

/** @param {Page} page */
function notebookArea(page) {
  return page.locator(".jp-NotebookPanel:not(.lm-mod-hidden) .jp-WindowedPanel-outer").first();
}

/**
 * People who can't see the figure must be told what it shows.
 * @param {Locator} figure
 * @param {string} name
 * @returns {Promise<Finding>}
 */
async function tryText(figure, name) {
  const label = await figure.evaluate(
    (element) => element.closest("[role=figure][aria-label]")?.getAttribute("aria-label") ?? "",
  );
  return { what: `${name} has a text`, fault: label.trim() ? "" : "no role and label of a figure" };
}

/**
 * Moves the mouse over the panels until something says what is there.
 * @param {Page} page
 * @param {Locator} figure
 * @param {string} name
 * @returns {Promise<Finding>}
 */
async function tryPointer(page, figure, name) {
  const what = `${name} answers the mouse`;
  const answer = figure.locator(".hoverlayer .hovertext");
  // Marks first: a sweep over the panels may run past the few points of a sparse figure.
  const marks = await figure.locator(MARKS).all();
  for (const one of marks.slice(0, MOST_MARKS)) {
    const box = await one.boundingBox();
    if (!box) continue;
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2, { steps: 2 });
    await page.waitForTimeout(HOVER_MILLISECONDS);
    if ((await answer.count()) > 0) return { what, fault: "" };
  }
  for (const panel of await figure.locator(".nsewdrag").all()) {
    const box = await panel.boundingBox();
    if (!box) continue;
    for (let step = 0; step < COLUMNS * ROWS; step++) {
      const [row, column] = [Math.floor(step / COLUMNS), step % COLUMNS];
      const x = box.x + ((column + 0.5) / COLUMNS) * box.width;
      const y = box.y + ((row + 0.5) / ROWS) * box.height;
      await page.mouse.move(x, y);
      // Plotly answers at most every 50 ms; only the end of a row is worth a wait.
      if (column % 4 === 3) await page.waitForTimeout(HOVER_MILLISECONDS);
      if ((await answer.count()) > 0) return { what, fault: "" };
    }
  }
  return { what, fault: "no text appeared wherever the mouse went" };
}

/**
 * Moves the slider and presses the buttons: that must change what is drawn.
 * @param {Page} page
 * @param {Locator} figure
 * @param {string} name
 * @returns {Promise<Finding[]>}
 */
async function tryControls(page, figure, name) {
  /** @type {Finding[]} */
  const findings = [];
  const rail = figure.locator(".slider-rail-touch-rect").first();
  if ((await rail.count()) > 0) {
    // Where it stands already, at an end, a move changes nothing: then the other end must.
    const moved =
      (await changes(figure, () => dragTo(page, rail, 1))) ||
      (await changes(figure, () => dragTo(page, rail, 0)));
    findings.push({ what: `${name} follows its slider`, fault: moved ? "" : "nothing changed" });
  }
  const buttons = await figure.locator(".updatemenu-button").all();
  if (buttons.length > 1) {
    // The last button first: the figure may have opened as the first one has it.
    const pressed = [];
    for (const button of buttons.reverse()) {
      pressed.push(await changes(figure, () => clickMiddle(page, button)));
    }
    const fault = pressed.some(Boolean) ? "" : "nothing changed";
    findings.push({ what: `${name} follows its buttons`, fault });
  }
  return findings;
}

/**
 * Drags a slider's knob from the middle of its rail to one end.
 * @param {Page} page
 * @param {Locator} rail
 * @param {0 | 1} end left or right
 */
async function dragTo(page, rail, end) {
  const { x, y, width, height } = await bringIntoView(rail);
  await page.mouse.move(x + width / 2, y + height / 2);
  await page.mouse.down();
  await page.mouse.move(end === 0 ? x + 2 : x + width - 2, y + height / 2, { steps: 5 });
  await page.mouse.up();
}

/**
 * A click where the element is, without the scrolling that comes with Playwright's own.
 * @param {Page} page
 * @param {Locator} element
 */
async function clickMiddle(page, element) {
  const { x, y, width, height } = await bringIntoView(element);
  await page.mouse.click(x + width / 2, y + height / 2);
}

/**
 * Scrolls an element to the middle of the window; tells where it is then.
 * @param {Locator} element
 */
async function bringIntoView(element) {
  await element.evaluate((target) => target.scrollIntoView({ block: "center" }));
  await element.page().waitForTimeout(SETTLE_MILLISECONDS);
  const box = await element.boundingBox();
  if (!box) throw new Error("a control of the figure can't be seen");
  return box;
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

/**
 * What the figure draws, its controls and what floats above it left out.
 * @param {Locator} figure
 * @returns {Promise<string>}
 */
function drawing(figure) {
  return figure.evaluate((element) => {
    const copy = /** @type {Element} */ (element.cloneNode(true));
    const floating = ".slider-container, .updatemenu-container, .hoverlayer, .modebar-container";
    for (const part of copy.querySelectorAll(floating)) part.remove();
    return copy.innerHTML;
  });
}
