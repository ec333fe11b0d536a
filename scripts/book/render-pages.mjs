// @ts-check
// Notebooks and Markdown files become HTML: nbconvert does it, KaTeX the formulas.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { runPython } from "../notebooks/run-python.mjs";
import { BookError } from "./book-error.mjs";
import { renderFormulas } from "./formulas.mjs";

const SCRIPT = fileURLToPath(new URL("render_pages.py", import.meta.url));

/**
 * A part of a page from one heading to the next.
 * @typedef {{ id: string, level: number, title: string, text: string, code: string }} Section
 */
/**
 * An interactive figure; `picture` is its PNG in base64, empty without one.
 * @typedef {{ id: string, spec: { layout?: object }, picture: string, alt: string }} Figure
 */
/**
 * @typedef {object} RenderedPage
 * @property {string} name the file's name in the book, without `.html`
 * @property {string} html its content
 * @property {string} title
 * @property {string} question a lesson's question, empty without one
 * @property {string} time how long a lesson takes, in words
 * @property {string[]} buildsOn names of lessons
 * @property {Section[]} sections
 * @property {Figure[]} figures
 * @property {Record<string, string>} turned links as they are in the book, with how their source has them
 */

/**
 * The pages of files, in their order.
 *
 * @param {readonly { file: string, name: string }[]} pages notebooks and Markdown files
 * @param {string} root the folder beyond which no link may lead
 * @param {string} folder the folder that links are relative to
 * @returns {Promise<RenderedPage[]>}
 * @throws {BookError} where nbconvert fails, or KaTeX doesn't know a formula
 */
export async function renderPages(pages, root, folder) {
  const work = mkdtempSync(path.join(tmpdir(), "headroom-book-"));
  try {
    const [request, answer] = ["request.json", "answer.json"].map((name) => path.join(work, name));
    writeFileSync(request, JSON.stringify({ pages, root, folder }));
    const { code, errors } = await runPython([SCRIPT, request, answer]);
    if (code !== 0) throw new BookError(`nbconvert can't read a page:\n${errors.trimEnd()}`);
    /** @type {RenderedPage[]} */
    const rendered = JSON.parse(readFileSync(answer, "utf8"));
    return rendered.map((page) => ({ ...page, html: renderFormulas(page.html, page.name) }));
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}
