// @ts-check
// nbgrader's formgrader, used as an instructor uses it.
import { openPlace } from "./student-page.mjs";

/**
 * @typedef {import("playwright-core").Page} Page
 * @typedef {import("./student-page.mjs").Address} Address
 */

/**
 * Opens formgrader at its list of assignments.
 * @param {import("playwright-core").Browser} browser
 * @param {Address} server
 */
export async function openFormgrader(browser, server) {
  const page = await openPlace(browser, server, "/formgrader/manage_assignments");
  await page.locator("#main-table td.name").first().waitFor();
  return page;
}

/**
 * Presses a button in a row of a table, and returns what the dialog says that comes of it.
 * @param {Page} page
 * @param {string} row a text of the row's
 * @param {"assign" | "release" | "collect" | "autograde" | "generate-feedback" | "release-feedback"} column
 */
export async function press(page, row, column) {
  await page.locator("#main-table tr", { hasText: row }).first().locator(`td.${column} a`).click();
  const dialog = page.locator(".modal.in");
  await dialog.locator(".modal-body").waitFor();
  const said = (await dialog.textContent()) ?? "";
  await dialog.getByRole("button", { name: "OK" }).click();
  await page.locator(".modal-backdrop").waitFor({ state: "detached" });
  return said;
}

/**
 * Goes from the list of assignments to the submissions of one.
 * @param {Page} page
 * @param {string} name
 */
export async function showSubmissions(page, name) {
  await page.goto(new URL(`/formgrader/manage_submissions/${name}`, page.url()).href);
  await page.locator("#main-table td.student-id").first().waitFor();
}

/**
 * Waits until a cell of a student's row says what is expected: formgrader fills its rows bit by bit.
 * @param {Page} page
 * @param {string} student
 * @param {"status" | "score"} column
 * @param {string} text
 * @throws {Error} where it says something else
 */
export async function expectEntry(page, student, column, text) {
  const row = page.locator("#main-table tr", { hasText: student }).first();
  const cell = row.locator(`td.${column}`);
  try {
    await cell.filter({ hasText: text }).waitFor();
  } catch {
    throw new Error(`${column} of ${student}: expected ${text}, found ${await cell.textContent()}`);
  }
}

/**
 * Opens a student's submission for marking by hand.
 * @param {Page} page
 * @param {string} name of the assignment
 * @param {string} student
 */
export async function openSubmission(page, name, student) {
  await page.goto(new URL(`/formgrader/gradebook/${name}/${name}`, page.url()).href);
  const link = page.locator("#main-table td.name a", { hasText: student });
  const address = await link.first().getAttribute("href");
  await page.goto(new URL(address ?? "", page.url()).href);
  await page.locator("input.score").first().waitFor();
}

/**
 * Marks an answer by hand, with a comment; waits until both are kept.
 * @param {Page} page a submission's
 * @param {string} id of the answer's cell
 * @param {number} points
 * @param {string} comment
 */
export async function mark(page, id, points, comment) {
  const kept = (/** @type {string} */ what) =>
    page.waitForResponse(
      (answer) => answer.url().includes(`/api/${what}/`) && answer.request().method() === "PUT",
    );
  const score = page.locator(`input#${id}`);
  await Promise.all([kept("grade"), score.fill(String(points)).then(() => score.press("Tab"))]);
  const field = page.locator(`textarea#${id}-comment`);
  await Promise.all([kept("comment"), field.fill(comment).then(() => field.press("Tab"))]);
}
