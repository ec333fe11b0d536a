// @ts-check
// The kernel in JupyterLab, as a person meets it: run, interrupt, complete, ask, restart.
import { writeFileSync } from "node:fs";
import path from "node:path";
import { stripVTControlCharacters } from "node:util";
import { endKernels, openNotebook } from "./lab-page.mjs";
import { COPIES } from "./lesson-copy.mjs";

/**
 * @typedef {import("playwright-core").Page} Page
 * @typedef {import("./figures.mjs").Finding} Finding
 */

const NAME = "kernel-tour.ipynb";
const TIMEOUT = 20_000;
const NOTEBOOK = ".jp-NotebookPanel:not(.lm-mod-hidden)";
/** JupyterLab drops a cell that is run while its kernel starts, which is long on a busy machine: here it always is. */
const START_MILLISECONDS = 1_000;

/** The cells that the tour finds in its notebook; it writes more into the last one. */
const CELLS = {
  declare: [
    "interface Trial {",
    "  /** How often the data are seen. */",
    "  epochs: number;",
    "  batchSize: number;",
    "}",
    "const trial: Trial = { epochs: 30, batchSize: 8 };",
    "let rounds = 0;",
    "trial",
  ],
  mistake: ["// the type error", 'const epochs: number = "thirty";'],
  loop: ["console.log('begun');", "for (;;) { rounds++; await null; }"],
  after: ["rounds > 0"],
  ask: ['"Hello, " + prompt("Your name?") + "!"'],
  table: ["[{ model: 'tree', accuracy: 0.9 }, { model: 'stump', accuracy: 0.6 }]"],
  write: [""],
};
const ORDER = /** @type {(keyof typeof CELLS)[]} */ (Object.keys(CELLS));

function writeTour() {
  const code = ORDER.map((id) => ({
    id,
    cell_type: "code",
    execution_count: null,
    metadata: {},
    outputs: [],
    source: CELLS[id].join("\n"),
  }));
  const title = { id: "title", cell_type: "markdown", metadata: {}, source: "# A tour" };
  const kernelspec = { name: "headroom", language: "typescript", display_name: "TypeScript" };
  writeFileSync(
    path.join(COPIES, NAME),
    JSON.stringify({
      cells: [title, ...code],
      metadata: { kernelspec },
      nbformat: 4,
      nbformat_minor: 5,
    }),
  );
}

/**
 * Takes the tour.
 * @param {import("playwright-core").Browser} browser
 * @param {{ url: string, token: string }} address of a JupyterLab that shows the folder `COPIES`
 * @param {(what: string) => string} picture the file for a screenshot
 * @returns {Promise<Finding[]>}
 */
export async function takeKernelTour(browser, address, picture) {
  writeTour();
  const { page } = await openNotebook(browser, address, NAME, START_MILLISECONDS);
  page.setDefaultTimeout(TIMEOUT);
  /** @type {Finding[]} */
  const findings = [];
  try {
    for (const [what, stop] of STOPS) {
      try {
        await stop(page);
        findings.push({ what, fault: "" });
      } catch (error) {
        const [fault = ""] = stripVTControlCharacters(String(error)).split("\n");
        findings.push({ what, fault });
      }
      await page.screenshot({ path: picture(`tour-${findings.length}`) });
      await page.keyboard.press("Escape");
    }
  } finally {
    await page.close();
    await endKernels(address);
  }
  return findings;
}

/** @type {readonly [string, (page: Page) => Promise<void>][]} */
const STOPS = [
  ["a cell shows its last value as the cell's result", showResult],
  ["the editor colours TypeScript", showColours],
  ["a type error shows the line with a caret, and nothing runs", showTypeError],
  ["the button Interrupt ends an await loop; variables live on", interruptLoop],
  ["Tab completes a member of an earlier cell's value", completeMember],
  ["Shift-Tab shows the type and the doc comment", hover],
  ["prompt asks below its cell and gets the answer", ask],
  ["an array of objects is shown as a table", showTable],
  ["a restart forgets the variables, and the checker knows", restart],
];

/** @param {Page} page */
async function showResult(page) {
  await run(page, "declare");
  await output(page, "declare").getByText("{ epochs: 30, batchSize: 8 }").waitFor();
}

/** @param {Page} page */
async function showColours(page) {
  const keyword = cell(page, "declare").locator(".cm-line span", { hasText: /^interface$/ });
  await keyword.first().waitFor();
}

/** @param {Page} page */
async function showTypeError(page) {
  await run(page, "mistake");
  const said = output(page, "mistake");
  await said.getByText("Type 'string' is not assignable to type 'number'").first().waitFor();
  const text = (await said.textContent()) ?? "";
  if (!/> 2 \| const epochs: number = "thirty";\n[ |]*\^/.test(text)) {
    throw new Error(`no line with a caret: ${JSON.stringify(text)}`);
  }
}

/** @param {Page} page */
async function interruptLoop(page) {
  await run(page, "loop");
  await output(page, "loop").getByText("begun").waitFor();
  await select(page, "loop");
  await page.locator(`${NOTEBOOK} [data-command="notebook:interrupt-kernel"]`).click();
  await output(page, "loop").getByText("InterruptedError").first().waitFor();
  await run(page, "after");
  await output(page, "after").getByText("true", { exact: true }).waitFor();
}

/** @param {Page} page */
async function completeMember(page) {
  await write(page, "trial.ep");
  await page.keyboard.press("Tab");
  await page.locator(".jp-Completer").getByText("epochs").first().waitFor();
  await page.keyboard.press("Enter");
  await editor(page, "write").getByText("trial.epochs").waitFor();
  await write(page, "trial.");
  await page.keyboard.press("Tab");
  await page.locator(".jp-Completer").getByText("batchSize").first().waitFor();
}

/** @param {Page} page */
async function hover(page) {
  await write(page, "trial.epochs");
  await page.keyboard.press("Shift+Tab");
  const tip = page.locator(".jp-Tooltip");
  await tip.getByText("epochs: number").first().waitFor();
  await tip.getByText("How often the data are seen.").first().waitFor();
}

/** @param {Page} page */
async function ask(page) {
  await run(page, "ask");
  const field = cell(page, "ask").locator(".jp-Stdin-input");
  await cell(page, "ask").locator(".jp-Stdin-prompt").getByText("Your name?").waitFor();
  await field.fill("Ada");
  await field.press("Enter");
  await output(page, "ask").getByText("Hello, Ada!").first().waitFor();
}

/** @param {Page} page */
async function showTable(page) {
  await run(page, "table");
  await output(page, "table").getByRole("cell", { name: "stump" }).waitFor();
}

/** @param {Page} page */
async function restart(page) {
  await page.getByRole("menuitem", { name: "Kernel", exact: true }).click();
  await page.getByRole("menuitem", { name: /^Restart Kernel…/ }).click();
  await Promise.all([
    page.waitForResponse((response) => new URL(response.url()).pathname.endsWith("/restart")),
    page.getByRole("button", { name: "Confirm Kernel Restart" }).click(),
  ]);
  await write(page, "trial.epochs");
  await page.keyboard.press("Control+Enter");
  await output(page, "write").getByText("Cannot find name 'trial'").first().waitFor();
}

/** @param {Page} page @param {keyof typeof CELLS} id */
function cell(page, id) {
  return page.locator(`${NOTEBOOK} .jp-Cell`).nth(ORDER.indexOf(id) + 1);
}

/** @param {Page} page @param {keyof typeof CELLS} id */
function editor(page, id) {
  return cell(page, id).locator(".cm-content");
}

/** @param {Page} page @param {keyof typeof CELLS} id */
function output(page, id) {
  return cell(page, id).locator(".jp-OutputArea");
}

/** @param {Page} page @param {keyof typeof CELLS} id */
async function select(page, id) {
  await cell(page, id).scrollIntoViewIfNeeded();
  await editor(page, id).click();
}

/** @param {Page} page @param {keyof typeof CELLS} id */
async function run(page, id) {
  await select(page, id);
  await page.keyboard.press("Control+Enter");
}

/**
 * Replaces the text of the cell that is there to be written into.
 * @param {Page} page
 * @param {string} text
 */
async function write(page, text) {
  await select(page, "write");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Control+a");
  await page.keyboard.type(text);
}
