// @ts-check
// The search over all pages, its index made beforehand.
import MiniSearch from "minisearch";
import { SEARCH_OPTIONS } from "./search-options.mjs";

/** @typedef {import("./render-pages.mjs").RenderedPage} RenderedPage */

/**
 * The index as a script, since a page that is opened as a file may load scripts but no data.
 * @param {readonly RenderedPage[]} pages
 * @returns {string} JavaScript that sets `headroomSearch`
 */
export function searchScript(pages) {
  const search = new MiniSearch(SEARCH_OPTIONS);
  for (const page of pages) {
    search.addAll(
      page.sections.map(({ id, level, title, text, code }) => ({
        id: level === 1 ? `${page.name}.html` : `${page.name}.html#${encodeURIComponent(id)}`,
        page: page.title,
        heading: level === 1 ? "" : title,
        text,
        code,
      })),
    );
  }
  const data = { options: SEARCH_OPTIONS, index: JSON.stringify(search) };
  return `globalThis.headroomSearch = ${JSON.stringify(data)};\n`;
}
