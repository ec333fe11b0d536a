// @ts-check
// JupyterLab with nbgrader's extensions, used as a student uses it.
import { save } from "../browser/lab-page.mjs";

/**
 * @typedef {import("playwright-core").Page} Page
 * @typedef {import("playwright-core").Browser} Browser
 * @typedef {{ url: string, token: string }} Address
 */

const TIMEOUT = 60_000;
const WINDOW = { width: 1280, height: 800 };
const PAUSE = 300;

/**
 * Opens a page of a Jupyter server; nothing beyond this machine is asked for anything.
 * @param {Browser} browser
 * @param {Address} server
 * @param {string} place on the server, without its token
 * @returns {Promise<Page>}
 */
export async function openPlace(browser, { url, token }, place) {
  const page = await browser.newPage({
    viewport: WINDOW,
    // The cookie of the first answer is not always there in time for what the page asks next.
    extraHTTPHeaders: { Authorization: `token ${token}` },
  });
  page.setDefaultTimeout(TIMEOUT);
  const home = new URL(url).host;
  await page.route(
    (address) => address.host !== home && /^https?:$/.test(address.protocol),
    (route) => route.abort(),
  );
  const address = new URL(place, url);
  address.searchParams.set("token", token);
  await page.goto(address.href);
  return page;
}

/**
 * Opens nbgrader's list of assignments by its menu.
 * @param {Browser} browser
 * @param {Address} server
 */
export async function openAssignmentList(browser, server) {
  const page = await openPlace(browser, server, "/lab?reset");
  await page.getByRole("menuitem", { name: "Nbgrader" }).click();
  await page.getByRole("menuitem", { name: "Assignment List" }).click();
  await page.locator("#released_assignments_list_loading").waitFor({ state: "hidden" });
  return page;
}

/**
 * The row of an assignment in one of the list's three parts.
 * @param {Page} page
 * @param {"released" | "fetched" | "submitted"} part
 * @param {string} name
 */
export function assignmentRow(page, part, name) {
  return page.locator(`#${part}_assignments_list .list_item`, { hasText: name }).first();
}

/**
 * Opens the notebook of a fetched assignment.
 * @param {Browser} browser
 * @param {Address} server
 * @param {string} name
 */
export async function openAssignment(browser, server, name) {
  const page = await openPlace(browser, server, `/lab/tree/${name}/${name}.ipynb?reset`);
  await page.locator(".jp-NotebookPanel h1").first().waitFor();
  return page;
}

/**
 * Writes a text in place of what a cell holds.
 * @param {Page} page
 * @param {string} before a part of what the cell holds so far
 * @param {string} text
 */
export async function answer(page, before, text) {
  const cell = page.locator(".jp-Notebook .jp-Cell", { hasText: before }).last();
  await cell.scrollIntoViewIfNeeded();
  const isMarkdown = await cell.evaluate((node) => node.classList.contains("jp-MarkdownCell"));
  if (isMarkdown) await cell.locator(".jp-MarkdownOutput").dblclick();
  await cell.locator(".cm-content").click();
  await page.keyboard.press("Control+a");
  // An editor closes brackets that are typed; what is pasted it leaves alone.
  await page.keyboard.insertText(text);
  await page.waitForTimeout(PAUSE);
}

/**
 * Saves, asks nbgrader's Validate button, and returns what its dialog says.
 * @param {Page} page
 */
export async function validate(page) {
  await save(page);
  await page.getByRole("button", { name: "Validate" }).click();
  const dialog = page.locator(".jp-Dialog");
  await dialog.waitFor();
  const said = (await dialog.textContent()) ?? "";
  await dialog.getByRole("button").last().click();
  await dialog.waitFor({ state: "detached" });
  return said;
}
