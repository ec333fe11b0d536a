// @ts-check
// A page of the book in a browser of its own, as a file; what goes wrong in it is gathered.
import path from "node:path";
import { pathToFileURL } from "node:url";
import { ROOT } from "../../scripts/project.mjs";

/**
 * A book in a browser: its folder, the address of one of its files, its lessons' files in order.
 * @typedef {object} Book
 * @property {import("playwright-core").Browser} browser
 * @property {string} folder
 * @property {(name: string) => string} address
 * @property {string[]} lessons
 */

/** Where screenshots go. */
export const PICTURES = path.join(ROOT, "test-artifacts", "book");

export const WIDE = { viewport: { width: 1440, height: 900 } };
export const PHONE = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true };

/**
 * @param {Book} book
 * @param {string} name the page's file
 * @param {import("playwright-core").BrowserContextOptions} options
 * @returns {Promise<{ page: import("playwright-core").Page, faults: string[] }>} `faults` goes on being
 *   filled: errors, warnings, and requests that leave the book's folder or find nothing
 */
export async function openPage({ browser, folder, address }, name, options) {
  const context = await browser.newContext({ colorScheme: "light", ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  /** @type {string[]} */
  const faults = [];
  const home = pathToFileURL(`${folder}/`).href;
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") {
      faults.push(`the console says "${message.text()}"`);
    }
  });
  page.on("pageerror", (error) => faults.push(`an error: ${error.message}`));
  page.on("requestfailed", (request) => {
    // Who leaves a page breaks off what it was still loading.
    const reason = request.failure()?.errorText ?? "";
    if (reason !== "net::ERR_ABORTED") faults.push(`not found: ${request.url()} (${reason})`);
  });
  page.on("request", (request) => {
    const url = request.url();
    if (!url.startsWith(home) && !/^(data|blob|about):/.test(url))
      faults.push(`it asks for ${url}`);
  });
  await page.goto(address(name));
  return { page, faults };
}
