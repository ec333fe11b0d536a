// @ts-check
// Asks Plotly itself whether it understands every figure of the notebooks, word by word:
//   node tests/browser/validate-figures.mjs NOTEBOOK.ipynb ...
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";
import { CHROMIUM_CURE, findChromium } from "../../scripts/doctor/chromium.mjs";

const MIME_TYPE = "application/vnd.plotly.v1+json";

/**
 * @typedef {{ data: { visible?: boolean }[], layout: object }} PlotlyFigure
 * @typedef {{ outputs?: { data?: Record<string, PlotlyFigure> }[] }} Cell
 */

/**
 * Returns the figures that a stored notebook shows, by their place in it.
 * @param {string} file
 * @returns {Record<string, PlotlyFigure>}
 */
export function figuresOf(file) {
  /** @type {{ cells: Cell[] }} */
  const { cells } = JSON.parse(readFileSync(file, "utf8"));
  const figures = cells.flatMap(({ outputs = [] }, cell) =>
    outputs.flatMap(({ data = {} }, output) =>
      data[MIME_TYPE] ? [[`${file}, cell ${cell}, output ${output}`, data[MIME_TYPE]]] : [],
    ),
  );
  return Object.fromEntries(figures);
}

/**
 * Returns what Plotly objects to, each with the figure's name; nothing if all is well.
 * @param {Record<string, PlotlyFigure>} figures
 * @returns {Promise<string[]>}
 * @throws Error where there is no browser
 */
export async function validateFigures(figures) {
  const executablePath = findChromium();
  if (executablePath === undefined) throw new Error(`No browser was found: ${CHROMIUM_CURE}`);
  const browser = await chromium.launch({
    executablePath,
    args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"],
  });
  try {
    const page = await browser.newPage();
    await page.addScriptTag({ path: createRequire(import.meta.url).resolve("plotly.js") });
    /** @type {string[]} */
    const objections = [];
    for (const [name, figure] of Object.entries(figures)) {
      // Plotly doesn't look into traces that a slider hides.
      const data = figure.data.map((trace) => ({ ...trace, visible: true }));
      const messages = await page.evaluate(
        ([traces, layout]) => {
          const { Plotly } = /** @type {any} */ (globalThis);
          /** @type {{ msg: string }[]} */
          const found = Plotly.validate(traces, layout) ?? [];
          return found.map(({ msg }) => msg);
        },
        /** @type {const} */ ([data, figure.layout]),
      );
      // It takes the arguments of sliders and buttons for changed, since it copies them.
      const real = messages.filter((message) => !/\.args\[\d\] .* got reset to/.test(message));
      objections.push(...real.map((message) => `${name}: ${message}`));
    }
    return objections;
  } finally {
    await browser.close();
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const files = process.argv.slice(2);
  const figures = Object.assign({}, ...files.map(figuresOf));
  const objections = await validateFigures(figures);
  for (const objection of objections) console.error(objection);
  console.log(`${Object.keys(figures).length} figures, ${objections.length} objections`);
  process.exitCode = objections.length === 0 ? 0 : 1;
}
