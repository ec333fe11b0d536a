// @ts-check
// What a student may try in a browser's way: scripts wherever text goes, claimed results, files that are none.
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";

/**
 * @typedef {import("playwright-core").Page} Page
 * @typedef {import("./lab-servers.mjs").Room} Room
 */

/** The students whose submissions can't be read. */
export const TROUBLED = ["broken", "link"];

/** A reflection with scripts in it. */
export const WORDS =
  "We find 237 of 300. <script>window.hacked = 1</script> <img src=x onerror='window.hacked = 2'>\n\n[see](javascript:window.hacked=3)";

const STAMP = "2026-11-20 10:00:00.000000 UTC";

/**
 * Puts into a saved notebook what no student's JupyterLab would: claimed results with scripts in them, and a raw cell.
 * @param {string} file
 */
export function claimOutputs(file) {
  const notebook = JSON.parse(readFileSync(file, "utf8"));
  const html = "<script>window.hacked = 4</script><img src=x onerror='window.hacked = 5'>";
  const data = { "text/html": html, "image/svg+xml": "<svg onload='window.hacked = 6'/>" };
  for (const cell of notebook.cells) {
    if (cell.cell_type !== "code") continue;
    cell.outputs = [{ output_type: "execute_result", execution_count: 1, metadata: {}, data }];
  }
  const raw = {
    cell_type: "raw",
    id: "raw",
    metadata: { raw_mimetype: "text/html" },
    source: html,
  };
  notebook.cells.push(raw);
  writeFileSync(file, JSON.stringify(notebook));
}

/**
 * Whether a student's script has run in a page, by the number that it has left there.
 * @param {Page} page
 */
export function hacked(page) {
  return page.evaluate(() => /** @type {any} */ (window).hacked);
}

/**
 * Puts into the exchange a file that can't be read, and a link to the course's own source.
 * @param {Room} room
 * @param {string} name of the assignment
 */
export function handInTrouble(room, name) {
  const inbound = path.join(path.dirname(room.course), "exchange", "headroom", "inbound");
  for (const student of TROUBLED) {
    const folder = path.join(inbound, `${student}+${name}+${STAMP}`);
    mkdirSync(folder);
    writeFileSync(path.join(folder, "timestamp.txt"), STAMP);
    const file = path.join(folder, `${name}.ipynb`);
    if (student === "broken") writeFileSync(file, "{");
    else symlinkSync(path.join(room.course, "source", name, `${name}.ipynb`), file);
  }
}
