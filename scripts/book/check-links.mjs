// @ts-check
// Finds links and files that lead nowhere within the book.
import { decodeEntities } from "./html-text.mjs";

/**
 * @typedef {object} CheckedPage
 * @property {string} file its name in the book, `x.html`
 * @property {string} html all of it
 * @property {Record<string, string>} turned links as their source has them, by how the book has them
 */

/** Attributes that name a file or a place in a page; `data-figure` is loaded by the figures' script. */
const REFERENCE = /\s(href|src|data-figure)="([^"]*)"/g;
const TAG = /<[a-z][a-z0-9-]*(\s[^<>]*)>/g;
const ID = /\sid="([^"]*)"/g;

/**
 * The links that lead nowhere, and those that lead out of the book. The latter aren't followed.
 *
 * @param {readonly CheckedPage[]} pages
 * @param {ReadonlySet<string>} files all other files of the book, as pages name them
 * @returns {{ broken: string[], external: string[] }} a line for each
 */
export function checkLinks(pages, files) {
  const ids = new Map(pages.map(({ file, html }) => [file, idsOf(html)]));
  /** @type {string[]} */
  const broken = [];
  /** @type {Map<string, Set<string>>} */
  const external = new Map();
  for (const { file, html, turned } of pages) {
    for (const link of referencesOf(html)) {
      if (/^(https?:|mailto:)/.test(link)) {
        external.set(link, (external.get(link) ?? new Set()).add(file));
        continue;
      }
      if (link.startsWith("data:")) continue;
      const fault = faultOf(link, file, ids, files);
      if (fault !== "") broken.push(`${file}: the link "${turned[link] ?? link}" ${fault}`);
    }
  }
  const lines = [...external].map(([link, from]) => `${link} (${[...from].join(", ")})`);
  return { broken: [...new Set(broken)], external: lines.sort() };
}

/**
 * @param {string} link
 * @param {string} page
 * @param {ReadonlyMap<string, ReadonlySet<string>>} ids
 * @param {ReadonlySet<string>} files
 */
function faultOf(link, page, ids, files) {
  const [before, anchor] = link.split("#", 2);
  const file = before === "" ? page : decoded(before);
  const anchors = ids.get(file);
  if (anchors === undefined) return files.has(file) ? "" : "leads to no page or file of the book";
  if (anchor === undefined || anchor === "" || anchors.has(decoded(anchor))) return "";
  return `leads to no heading "${decoded(anchor)}" in ${file}`;
}

/** @param {string} html */
function idsOf(html) {
  return new Set(inTags(html, ID).map(([, id]) => decodeEntities(id)));
}

/** @param {string} html */
function referencesOf(html) {
  return inTags(html, REFERENCE).map(([, , link]) => decodeEntities(link));
}

/**
 * What is found in opening tags; a text that looks like an attribute isn't one.
 * @param {string} html
 * @param {RegExp} pattern
 */
function inTags(html, pattern) {
  return [...html.matchAll(TAG)].flatMap(([, attributes]) => [...attributes.matchAll(pattern)]);
}

/** @param {string} text of an address */
function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
