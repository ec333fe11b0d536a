// @ts-check
// JupyterLab in a browser, used as a reader uses it: open a notebook, run all of it, save it.
import { setTimeout } from "node:timers/promises";
import { chromium } from "playwright-core";

/**
 * @typedef {import("playwright-core").Page} Page
 * @typedef {import("playwright-core").Browser} Browser
 */

const SHORT_TIMEOUT = 30_000;
const POLL_MILLISECONDS = 250;
/** So many times in a row idle looks like done. */
const IDLE_POLLS = 6;
const WINDOW = { width: 1280, height: 900 };

/**
 * Starts the system's browser: as root it needs to go without its sandbox, and it must not talk to
 * its vendor.
 * @param {string} executablePath
 * @returns {Promise<Browser>}
 */
export function launchBrowser(executablePath) {
  const quiet = ["--disable-background-networking", "--disable-component-update", "--no-first-run"];
  const asRoot = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
  return chromium.launch({ executablePath, args: [...quiet, ...asRoot] });
}

/**
 * Opens a notebook in a page of its own, and waits until its kernel is there: JupyterLab drops a cell that is run before, and
 * a restart while the page is still connecting may lose the kernel (the second connection then speaks another protocol than
 * the server).
 * @param {Browser} browser
 * @param {{ url: string, token: string }} server address of JupyterLab
 * @param {string} name the notebook's, in JupyterLab's folder
 * @param {number} [delay] milliseconds that the kernel's start is held back
 * @returns {Promise<{ page: Page, foreign: string[] }>} `foreign` gathers all addresses beyond this
 *   machine that the page asks for; they are refused
 */
export async function openNotebook(browser, { url, token }, name, delay = 0) {
  const page = await browser.newPage({ viewport: WINDOW });
  page.setDefaultTimeout(SHORT_TIMEOUT);
  /** @type {string[]} */
  const foreign = [];
  const home = new URL(url).host;
  await page.route(
    (address) => address.host !== home && /^https?:$/.test(address.protocol),
    (route) => {
      foreign.push(route.request().url());
      return route.abort();
    },
  );
  await page.route(
    (address) => address.pathname === "/api/sessions",
    async (route) => {
      if (route.request().method() === "POST") await setTimeout(delay);
      return route.continue();
    },
  );
  await page.goto(new URL(`/lab/tree/${name}?reset&token=${token}`, url).href);
  await page.locator(".jp-NotebookPanel .jp-Cell").first().waitFor();
  await page.locator(".jp-NotebookPanel h1").first().waitFor();
  // Not the notebook's own indicator: it shows "idle" before it knows anything.
  await page
    .locator("#jp-main-statusbar")
    .getByText(/\| Idle$/)
    .waitFor();
  return { page, foreign };
}

/**
 * Restarts the kernel, runs all cells and waits until that is done.
 * @param {Page} page
 * @param {{ url: string, token: string }} server
 * @param {number} seconds that all of it may take
 * @param {() => Promise<boolean>} isDone asked whenever the kernel has been idle for a while: on a
 *   busy machine it may be waiting for the page to send the next cell
 * @throws {Error} where it takes longer
 */
export async function runAll(page, server, seconds, isDone) {
  await page.getByRole("menuitem", { name: "Run", exact: true }).click();
  await page.getByRole("menuitem", { name: "Restart Kernel and Run All Cells…" }).click();
  await page.getByRole("button", { name: "Confirm Kernel Restart" }).click();
  const deadline = Date.now() + seconds * 1000;
  for (let idle = 0; Date.now() < deadline; ) {
    await page.waitForTimeout(POLL_MILLISECONDS);
    idle = (await kernelState(server)) === "idle" ? idle + 1 : 0;
    if (idle >= IDLE_POLLS) {
      if (await isDone()) return;
      idle = 0;
    }
  }
  throw new Error(`the notebook was not done after ${seconds} s`);
}

/** @param {{ url: string, token: string }} server */
async function kernelState({ url, token }) {
  const answer = await fetch(new URL(`/api/kernels?token=${token}`, url));
  const [kernel] = /** @type {{ execution_state: string }[]} */ (await answer.json());
  return kernel?.execution_state;
}

/**
 * Ends all kernels, so that the next notebook has the machine to itself.
 * @param {{ url: string, token: string }} server
 */
export async function endKernels({ url, token }) {
  const address = (/** @type {string} */ id) => new URL(`/api/kernels${id}?token=${token}`, url);
  const answer = await fetch(address(""));
  const kernels = /** @type {{ id: string }[]} */ (await answer.json());
  for (const { id } of kernels) await fetch(address(`/${id}`), { method: "DELETE" });
}

/**
 * Saves the notebook and waits until that is done.
 * @param {Page} page
 */
export async function save(page) {
  const isSaving = (/** @type {import("playwright-core").Response} */ response) =>
    response.request().method() === "PUT" && response.url().includes("/api/contents/");
  await Promise.all([page.waitForResponse(isSaving), page.keyboard.press("Control+s")]);
}
