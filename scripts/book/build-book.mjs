// @ts-check
// From stored notebooks to the files of a static site; no notebook is run.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { NOTEBOOKS } from "../notebooks/lesson-files.mjs";
import { BookError } from "./book-error.mjs";
import { checkLinks } from "./check-links.mjs";
import { executedLessons } from "./executed-lessons.mjs";
import { indexPage, lessonPage, plainPage } from "./page.mjs";
import { publish, requireReplaceable } from "./publish.mjs";
import { renderPages } from "./render-pages.mjs";
import { searchScript } from "./search-index.mjs";

/** @typedef {import("./render-pages.mjs").RenderedPage} RenderedPage */
/** @typedef {Map<string, string | Buffer>} Files the book's files by their path within it */

const ASSETS = fileURLToPath(new URL("assets", import.meta.url));
const require = createRequire(import.meta.url);

/**
 * Makes the book of a folder's lessons.
 *
 * @param {string} folder where the book goes; a book that lies there is replaced once all is well
 * @param {string} [notebooks] the lessons' folder, with a `README.md`
 * @returns {Promise<{ lessons: number, figures: number, external: string[] }>} what it holds, and the
 *   links that lead out of it
 * @throws {BookError} where a lesson was never run, a formula is wrong, a link leads nowhere, or the
 *   folder holds something else
 */
export async function buildBook(folder, notebooks = NOTEBOOKS) {
  requireReplaceable(folder);
  const lessons = executedLessons(notebooks);
  const beside = [
    { file: path.join(notebooks, "README.md"), name: "index" },
    { file: path.join(notebooks, "LICENSE.md"), name: "license" },
  ].filter(({ file, name }) => name === "index" || existsSync(file));
  const root = path.dirname(path.resolve(notebooks));
  const rendered = await renderPages([...lessons, ...beside], root, path.resolve(notebooks));
  const files = assets();
  for (const page of rendered) addFigures(files, page);
  files.set("assets/search-index.js", searchScript(rendered));
  const external = addPages(files, rendered, lessons.length);
  publish(path.resolve(folder), files);
  const figures = rendered.flatMap((page) => page.figures).length;
  return { lessons: lessons.length, figures, external };
}

/**
 * Adds the pages, and checks every link between them.
 * @param {Files} files
 * @param {readonly RenderedPage[]} rendered the lessons first
 * @param {number} count of lessons
 * @returns {string[]} the links out of the book
 */
function addPages(files, rendered, count) {
  const lessons = rendered.slice(0, count);
  const untitled = rendered.filter(({ title }) => title === "");
  if (untitled.length > 0) {
    const names = untitled.map(({ name }) => name).join(", ");
    throw new BookError(`${names}: no title; a page begins with a heading "# ...".`);
  }
  const pages = rendered.map((page) => ({
    file: `${page.name}.html`,
    turned: page.turned,
    html: wholePage(page, lessons),
  }));
  // The path takes the place of the list's table, whose links count all the same.
  const list = rendered.filter(({ name }) => name === "index");
  const checked = [
    ...pages,
    ...list.map(({ html, turned }) => ({ file: "index.html (table)", html, turned })),
  ];
  const { broken, external } = checkLinks(checked, new Set(files.keys()));
  if (broken.length > 0) {
    throw new BookError(`Links of the book lead nowhere:\n${broken.join("\n")}`);
  }
  for (const { file, html } of pages) files.set(file, html);
  return external;
}

/**
 * @param {RenderedPage} page
 * @param {readonly RenderedPage[]} lessons
 */
function wholePage(page, lessons) {
  if (page.name === "index") return indexPage(page, lessons);
  return lessons.includes(page) ? lessonPage(page, lessons) : plainPage(page, lessons);
}

/**
 * A figure is a script, loaded when it comes into view, and a picture until then.
 * @param {Files} files
 * @param {RenderedPage} page
 */
function addFigures(files, { figures }) {
  for (const { id, spec, picture } of figures) {
    const arguments_ = `${JSON.stringify(`figures/${id}.js`)}, ${JSON.stringify(spec)}`;
    files.set(`figures/${id}.js`, `headroomBook.figureLoaded(${arguments_});\n`);
    if (picture) files.set(`figures/${id}.png`, Buffer.from(picture, "base64"));
  }
}

/** @returns {Files} what all pages share */
function assets() {
  /** @type {Files} */
  const files = new Map();
  for (const name of readdirSync(ASSETS).filter((file) => !file.endsWith(".d.ts"))) {
    files.set(`assets/${name}`, readFileSync(path.join(ASSETS, name)));
  }
  const plotly = require.resolve("plotly.js");
  files.set("assets/plotly.js", readFileSync(plotly));
  const minisearch = path.join(packageFolder("minisearch"), "dist", "umd", "index.js");
  files.set("assets/minisearch.js", withoutSourceMap(readFileSync(minisearch, "utf8")));
  const katex = packageFolder("katex");
  files.set("assets/katex/katex.css", woff2Only(path.join(katex, "dist", "katex.min.css")));
  for (const font of readdirSync(path.join(katex, "dist", "fonts"))) {
    if (!font.endsWith(".woff2")) continue;
    files.set(`assets/katex/fonts/${font}`, readFileSync(path.join(katex, "dist", "fonts", font)));
  }
  const licences = {
    "plotly.js": path.dirname(plotly),
    katex,
    minisearch: packageFolder("minisearch"),
  };
  for (const [name, home] of Object.entries(licences)) {
    const file = readdirSync(home).find((entry) => /^licen[cs]e/i.test(entry));
    if (file) files.set(`assets/licenses/${name}.txt`, readFileSync(path.join(home, file)));
  }
  return files;
}

/** @param {string} name */
function packageFolder(name) {
  const before = `node_modules${path.sep}${name}`;
  const inside = require.resolve(name);
  return inside.slice(0, inside.lastIndexOf(before) + before.length);
}

/** @param {string} script */
function withoutSourceMap(script) {
  return script.replace(/\n\/\/# sourceMappingURL=.*\s*$/, "\n");
}

/**
 * KaTeX's style without the older forms of its fonts, which no browser of today asks for.
 * @param {string} file
 */
function woff2Only(file) {
  const style = readFileSync(file, "utf8");
  return style.replace(/,url\(fonts\/[\w-]+\.(woff|ttf)\) format\("(woff|truetype)"\)/g, "");
}
