// @ts-check
// Opens lessons in JupyterLab in a real browser, runs all of their cells, and tries their figures.
//
//   node tests/browser/run.mjs            a tour of the kernel, the sample and every lesson
//   node tests/browser/run.mjs 02 04      these lessons
//   node tests/browser/run.mjs kernel     the tour only
import { copyFileSync, existsSync, mkdirSync } from "node:fs";
import { createServer } from "node:net";
import { availableParallelism } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { stripVTControlCharacters } from "node:util";
import { CHROMIUM_CURE, findChromium } from "../../scripts/doctor/chromium.mjs";
import { JupyterServer } from "../../scripts/jupyter-server.mjs";
import { buildInWorkshop } from "../../scripts/notebooks/build-notebooks.mjs";
import { wasNotRun } from "../../scripts/notebooks/compare-notebook.mjs";
import { findLessons, shown } from "../../scripts/notebooks/lesson-files.mjs";
import { isFigure, readNotebook, tagsOf } from "../../scripts/notebooks/notebook-format.mjs";
import { ROOT } from "../../scripts/project.mjs";
import { ONE_THREAD } from "../nbval/run-nbval.mjs";
import { tryFigures } from "./figures.mjs";
import { takeKernelTour } from "./kernel-tour.mjs";
import { endKernels, launchBrowser, openNotebook, runAll, save } from "./lab-page.mjs";
import { COPIES, clearCopies, copyLesson } from "./lesson-copy.mjs";

/**
 * @typedef {import("./figures.mjs").Finding} Finding
 * @typedef {import("../../scripts/notebooks/notebook-format.mjs").Notebook} Notebook
 * @typedef {(name: string, findings: readonly Finding[]) => void} Tell
 * @typedef {(browser: import("playwright-core").Browser, address: { url: string, token: string }) => Promise<void>} Visit
 */

const PICTURES = path.join(ROOT, "test-artifacts", "browser");
const SAMPLE = path.join(ROOT, "tests", "browser", "fixtures", "sample.ts");
const NOTEBOOK_SECONDS = 180;
/** A lesson keeps a processor busy, and takes up to 1.5 GB of memory. */
const MOST_AT_ONCE = 4;
/** What the kernel's tour is called among the names of lessons. */
const TOUR = "kernel";

/**
 * Runs the browser test and prints a line for each thing tried. Without a browser it is skipped,
 * and says so; where the variable CI is set, that is a failure.
 * @param {readonly string[]} [names] lessons; none for the sample and all lessons
 * @returns {Promise<{ passed: number, failed: number, skipped: number }>}
 */
export async function runBrowserTest(names = []) {
  const counts = { passed: 0, failed: 0, skipped: 0 };
  const lessons = names.filter((name) => name !== TOUR);
  const withTour = names.length === 0 || names.includes(TOUR);
  const notebooks = lessons.length === 0 && names.length > 0 ? [] : await chooseNotebooks(lessons);
  const executable = findChromium();
  if (executable === undefined) {
    const inCi = Boolean(process.env.CI);
    console.error(`${inCi ? "FAILED" : "SKIPPED"}: no browser was found: ${CHROMIUM_CURE}`);
    return { ...counts, [inCi ? "failed" : "skipped"]: notebooks.length + 1 };
  }
  clearCopies();
  mkdirSync(PICTURES, { recursive: true });
  /** @type {Tell} */
  const tell = (name, findings) => {
    for (const { what, fault } of findings) {
      counts[fault === "" ? "passed" : "failed"]++;
      if (fault === "") console.log(`ok     ${name}: ${what}`);
      else console.error(`FAILED ${name}: ${what}: ${fault}`);
    }
  };
  /** @type {Visit[]} */
  const waiting = notebooks.toReversed().map((notebook) => async (browser, address) => {
    tell(path.basename(notebook, ".ipynb"), await tryNotebook(browser, address, notebook));
  });
  const picture = (/** @type {string} */ what) => path.join(PICTURES, `${what}.png`);
  if (withTour) {
    waiting.unshift(async (browser, address) => {
      tell(TOUR, await takeKernelTour(browser, address, picture));
    });
  }
  const width = Math.min(availableParallelism(), MOST_AT_ONCE, waiting.length);
  const ports = await freePorts(width);
  await Promise.all(ports.map((port) => workThrough(waiting, port, executable)));
  return counts;
}

/**
 * Takes visits off the list until none is left, with a JupyterLab and a browser of its own.
 * @param {Visit[]} waiting
 * @param {number} port
 * @param {string} executable the browser's
 */
async function workThrough(waiting, port, executable) {
  const server = new JupyterServer({ port, browser: false, folder: COPIES, env: ONE_THREAD });
  const endServer = () => server.stop();
  process.once("exit", endServer);
  const browser = await launchBrowser(executable);
  try {
    const address = await server.ready();
    for (let visit = waiting.shift(); visit; visit = waiting.shift()) await visit(browser, address);
  } finally {
    await browser.close();
    server.stop();
    await server.ended();
    process.off("exit", endServer);
  }
}

/**
 * The stored notebooks to open: those of the lessons, and the sample, which is built here.
 * @param {readonly string[]} names
 */
async function chooseNotebooks(names) {
  const lessons = findLessons(names)
    .map(({ notebook }) => notebook)
    .filter((notebook) => existsSync(notebook));
  if (names.length > 0) return lessons;
  const built = await buildInWorkshop([{ name: "sample", source: SAMPLE, notebook: "" }]);
  const sample = path.join(path.dirname(String(built.get("sample"))), "sample.ipynb");
  copyFileSync(String(built.get("sample")), sample);
  return [sample, ...lessons];
}

/**
 * Opens, runs and saves a copy of a notebook; a failure on the way is a finding like any other.
 * @param {import("playwright-core").Browser} browser
 * @param {{ url: string, token: string }} address
 * @param {string} notebook
 * @returns {Promise<Finding[]>}
 */
async function tryNotebook(browser, address, notebook) {
  const copy = copyLesson(notebook);
  const picture = (/** @type {string} */ what) =>
    path.join(PICTURES, `${path.basename(notebook, ".ipynb")}-${what}.png`);
  const { page, foreign } = await openNotebook(browser, address, copy.name);
  /** @type {Finding[]} */
  const findings = [];
  let step = "opens and runs to its end";
  try {
    await page.screenshot({ path: picture("opened") });
    await runAll(page, address, NOTEBOOK_SECONDS, async () => {
      await save(page);
      return isFinished(readNotebook(copy.file));
    });
    const saved = readNotebook(copy.file);
    findings.push({ what: step, fault: "" }, ...findUnexpected(saved));
    step = "its figures";
    const figures = saved.cells.flatMap(({ outputs = [] }) => outputs.filter(isFigure)).length;
    findings.push(...(await tryFigures(page, figures, (number) => picture(`figure-${number}`))));
    const fault = foreign.length === 0 ? "" : `it asks for ${foreign.join(", ")}`;
    findings.push({ what: "needs nothing from elsewhere", fault });
  } catch (error) {
    await page.screenshot({ path: picture("failed") });
    // The browser's driver tells every attempt; the first line says what was tried.
    const [fault] = stripVTControlCharacters(String(error)).split("\n");
    findings.push({ what: step, fault: `${fault} (${shown(picture("failed"))})` });
  } finally {
    await page.close();
    await endKernels(address);
  }
  return findings;
}

/**
 * Whether every cell has run, or one failed that shouldn't, after which none runs.
 * @param {Notebook} notebook
 */
function isFinished({ cells }) {
  const code = cells.filter(({ cell_type }) => cell_type === "code");
  return code.every((cell) => !wasNotRun(cell)) || code.some(failedUnannounced);
}

/** @param {import("../../scripts/notebooks/notebook-format.mjs").Cell} cell */
function failedUnannounced(cell) {
  const failed = cell.outputs?.some(({ output_type }) => output_type === "error");
  return failed && !tagsOf(cell).includes("raises-exception");
}

/**
 * Cells of a saved notebook that weren't run, or failed without being tagged to.
 * @param {Notebook} saved
 * @returns {Finding[]}
 */
function findUnexpected({ cells }) {
  const code = cells.filter(({ cell_type }) => cell_type === "code");
  const faults = code.flatMap((cell, index) => {
    const error = cell.outputs?.find(({ output_type }) => output_type === "error");
    const announced = tagsOf(cell).includes("raises-exception");
    if (error && !announced) return [`code cell ${index + 1}: ${error.ename}: ${error.evalue}`];
    if (!error && announced) return [`code cell ${index + 1}: the announced error didn't come`];
    return cell.execution_count === index + 1 ? [] : [`code cell ${index + 1} was not run`];
  });
  return [
    { what: `${code.length} code cells run, no error but announced ones`, fault: faults[0] ?? "" },
  ];
}

/**
 * Ports that nothing listens on; all are held until the last is found, so that they differ.
 * @param {number} count
 * @returns {Promise<number[]>}
 */
async function freePorts(count) {
  const probes = await Promise.all(Array.from({ length: count }, () => listening()));
  const ports = probes.map((probe) => {
    const address = probe.address();
    return typeof address === "object" && address ? address.port : 0;
  });
  await Promise.all(probes.map((probe) => new Promise((resolve) => probe.close(resolve))));
  return ports;
}

/** @returns {Promise<import("node:net").Server>} */
function listening() {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.on("error", reject);
    probe.listen(0, "127.0.0.1", () => resolve(probe));
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { passed, failed, skipped } = await runBrowserTest(process.argv.slice(2));
  console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`);
  process.exitCode = failed === 0 ? 0 : 1;
}
