// @ts-check
// Formulas become HTML beforehand, so that no reader waits for them; MathML goes along for readers
// who listen.
import katex from "katex";
import { BookError } from "./book-error.mjs";
import { decodeEntities } from "./html-text.mjs";

const FORMULA = /<tex-math( display="true")?>([^<]*)<\/tex-math>/g;

/**
 * The page with its `<tex-math>` elements drawn.
 *
 * @param {string} html
 * @param {string} page named where a formula is wrong
 * @returns {string}
 * @throws {BookError} naming the page and the formula that KaTeX doesn't know
 */
export function renderFormulas(html, page) {
  return html.replace(FORMULA, (_, display, escaped) => {
    const formula = decodeEntities(escaped);
    try {
      const drawn = katex.renderToString(formula, { displayMode: Boolean(display), strict: false });
      return display ? `<span class="formula">${drawn}</span>` : drawn;
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new BookError(`${page}: the formula "${formula}" can't be drawn: ${reason}`);
    }
  });
}
