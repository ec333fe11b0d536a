// @ts-check
// A page of the book around its content: header, list of lessons, table of contents, the next lesson.
import { escapeHtml } from "./html-text.mjs";

/** @typedef {import("./render-pages.mjs").RenderedPage} RenderedPage */

/** Later ones override earlier ones. */
const STYLES = [
  "katex/katex.css",
  "book.css",
  "frame.css",
  "outputs.css",
  "code.css",
  "path.css",
  "search.css",
  "narrow.css",
  "paper.css",
];
const SCRIPTS = ["figure-colors.js", "figures.js", "search.js", "reading.js"];
const SEARCH_ICON =
  '<svg viewBox="0 0 20 20" width="18" height="18" aria-hidden="true"><circle cx="8.5" cy="8.5" r="5.5" fill="none" stroke="currentColor" stroke-width="2"/><path d="M13 13l4.5 4.5" stroke="currentColor" stroke-width="2" stroke-linecap="round"/></svg>';
const THEME_ICON =
  '<svg viewBox="0 0 20 20" width="18" height="18" aria-hidden="true"><circle cx="10" cy="10" r="7" fill="none" stroke="currentColor" stroke-width="2"/><path d="M10 3a7 7 0 0 1 0 14z" fill="currentColor"/></svg>';
const MENU_ICON =
  '<svg viewBox="0 0 20 20" width="18" height="18" aria-hidden="true"><path d="M3 5.5h14M3 10h14M3 14.5h14" stroke="currentColor" stroke-width="2" stroke-linecap="round"/></svg>';

/**
 * The page of a lesson.
 * @param {RenderedPage} lesson
 * @param {readonly RenderedPage[]} lessons all of them, in order
 */
export function lessonPage(lesson, lessons) {
  const at = lessons.indexOf(lesson);
  const neighbours = neighbourLinks(lessons[at - 1], lessons[at + 1]);
  return page({
    title: lesson.title,
    description: lesson.question,
    lessons,
    current: lesson.name,
    contents: contentsOf(lesson),
    article: `<p class="number">Lesson ${numberOf(lesson)}</p>\n${lesson.html}\n${neighbours}`,
  });
}

/**
 * The first page: the lessons as a path, then what the list of lessons says about them.
 * @param {RenderedPage} list the page of the list of lessons, whose table the path replaces
 * @param {readonly RenderedPage[]} lessons
 */
export function indexPage(list, lessons) {
  const table = /<div class="table-scroll">[\s\S]*?<\/table>\s*<\/div>/;
  const steps = lessons.map((lesson) => pathStep(lesson, lessons)).join("\n");
  const learnersPath = `<ol class="path">\n${steps}\n</ol>`;
  // By a function: in a text, a dollar sign would stand for something.
  const article = table.test(list.html)
    ? list.html.replace(table, () => learnersPath)
    : `${list.html}\n${learnersPath}`;
  return page({
    title: list.title,
    description: "A workbook on evaluating, tuning and regularising models.",
    lessons,
    current: "index",
    contents: "",
    article,
  });
}

/**
 * A page that is no lesson.
 * @param {RenderedPage} plain
 * @param {readonly RenderedPage[]} lessons
 */
export function plainPage(plain, lessons) {
  return page({
    title: plain.title,
    description: "",
    lessons,
    current: plain.name,
    contents: "",
    article: plain.html,
  });
}

/** @param {{ name: string }} lesson */
function numberOf({ name }) {
  return /^\d+/.exec(name)?.[0] ?? "";
}

/**
 * @param {RenderedPage} lesson
 * @param {readonly RenderedPage[]} lessons
 */
function pathStep(lesson, lessons) {
  const before = lesson.buildsOn.flatMap((name) => lessons.filter((other) => other.name === name));
  const facts = [
    lesson.time,
    ...(before.length > 0 ? [`builds on ${before.map(numberOf).join(", ")}`] : []),
  ].filter(Boolean);
  return `<li class="step"><span class="step-number" aria-hidden="true">${numberOf(lesson)}</span>
<div><h3><a href="${lesson.name}.html">${escapeHtml(lesson.title)}</a></h3>
${lesson.question ? `<p>${escapeHtml(lesson.question)}</p>` : ""}
${facts.length > 0 ? `<p class="facts">${escapeHtml(facts.join(" · "))}</p>` : ""}</div></li>`;
}

/** @param {RenderedPage} lesson */
function contentsOf({ sections }) {
  const shown = sections.filter(({ level }) => level === 2 || level === 3);
  if (shown.length === 0) return "";
  const items = shown.map(
    ({ id, level, title }) =>
      `<li class="level-${level}"><a href="#${escapeHtml(encodeURIComponent(id))}">${escapeHtml(title)}</a></li>`,
  );
  return `<nav class="contents" aria-labelledby="contents-title"><details open>
<summary id="contents-title">On this page</summary>
<ul>
${items.join("\n")}
</ul></details></nav>`;
}

/**
 * @param {RenderedPage | undefined} before
 * @param {RenderedPage | undefined} after
 */
function neighbourLinks(before, after) {
  /** @type {(lesson: RenderedPage | undefined, rel: string, word: string) => string} */
  const link = (lesson, rel, word) =>
    lesson === undefined
      ? ""
      : `<a class="${rel}" rel="${rel}" href="${lesson.name}.html"><span>${word}</span>${numberOf(lesson)} ${escapeHtml(lesson.title)}</a>`;
  return `<nav class="neighbours" aria-label="Previous and next lesson">${link(before, "prev", "Previous")}${link(after, "next", "Next")}</nav>`;
}

/**
 * @param {readonly RenderedPage[]} lessons
 * @param {string} current
 */
function lessonList(lessons, current) {
  /** @type {(name: string, text: string) => string} */
  const item = (name, text) =>
    `<li><a href="${name}.html"${name === current ? ' aria-current="page"' : ""}>${text}</a></li>`;
  const items = lessons.map((lesson) =>
    item(lesson.name, `<span>${numberOf(lesson)}</span> ${escapeHtml(lesson.title)}`),
  );
  return [item("index", "All lessons"), ...items].join("\n");
}

/**
 * @param {{ title: string, description: string, lessons: readonly RenderedPage[], current: string,
 *   contents: string, article: string }} parts
 */
function page({ title, description, lessons, current, contents, article }) {
  const name = current === "index" ? title : `${title} - Headroom`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>${escapeHtml(name)}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="description" content="${escapeHtml(description)}">
<link rel="icon" href="assets/icon.svg" type="image/svg+xml">
${STYLES.map((file) => `<link rel="stylesheet" href="assets/${file}">`).join("\n")}
<script src="assets/theme.js"></script>
${SCRIPTS.map((file) => `<script src="assets/${file}" defer></script>`).join("\n")}
</head>
<body class="${current === "index" ? "is-index" : "is-page"}">
<a class="skip" href="#main">Skip to the text</a>
<header class="top">
<button type="button" class="icon-button menu-button" aria-controls="lessons" aria-expanded="false" aria-label="List of lessons">${MENU_ICON}</button>
<a class="brand" href="index.html">Headroom</a>
<button type="button" class="search-button" aria-haspopup="dialog">${SEARCH_ICON}<span>Search</span><kbd>/</kbd></button>
<button type="button" class="icon-button theme-button" aria-label="Dark theme" aria-pressed="false">${THEME_ICON}</button>
</header>
<div class="columns">
<nav class="lessons" id="lessons" aria-label="Lessons"><ul>
${lessonList(lessons, current)}
</ul></nav>
${contents}
<main id="main" tabindex="-1"><article>
${article}
</article></main>
</div>
<dialog class="search" aria-label="Search the lessons">
<form method="dialog"><label for="search-words" class="unseen">Search the lessons</label>
<input id="search-words" type="search" autocomplete="off" spellcheck="false" placeholder="Search the lessons">
<button type="submit">Close</button></form>
<p class="search-state" role="status"></p>
<ol class="search-results"></ol>
</dialog>
</body>
</html>
`;
}
