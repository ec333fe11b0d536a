// @ts-check
/// <reference lib="dom" />
// The search over all lessons. Its index is loaded when the search is opened for the first time.
{
  const base = new URL(".", /** @type {HTMLScriptElement} */ (document.currentScript).src);
  const MOST = 20;
  const EXCERPT = 150;

  /** @typedef {import("minisearch").default} MiniSearch */
  /** @typedef {import("minisearch").SearchResult} SearchResult */

  /** @template {HTMLElement} E @param {string} selector @returns {E} */
  const the = (selector) => /** @type {E} */ (document.querySelector(selector));
  /** @type {HTMLDialogElement} */
  const dialog = the("dialog.search");
  /** @type {HTMLInputElement} */
  const input = the("#search-words");
  /** @type {HTMLElement} */
  const results = the(".search-results");
  /** @type {HTMLElement} */
  const state = the(".search-state");
  /** @type {HTMLElement} */
  const opener = the(".search-button");

  /** @type {Promise<MiniSearch> | undefined} */
  let search;

  /** @param {string} name */
  const load = (name) =>
    new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = new URL(name, base).href;
      script.onload = resolve;
      script.onerror = () => reject(new Error(`${name} could not be loaded`));
      document.head.append(script);
    });

  const makeSearch = async () => {
    await Promise.all([load("minisearch.js"), load("search-index.js")]);
    const prepared = globalThis.headroomSearch;
    if (prepared === undefined) throw new Error("the search's index is empty");
    return window.MiniSearch.loadJSON(prepared.index, prepared.options);
  };

  /** All words if they stand together somewhere, else any. @param {MiniSearch} made @param {string} words */
  const find = (made, words) => {
    const all = made.search(words, { combineWith: "AND" });
    return (all.length > 0 ? all : made.search(words)).slice(0, MOST);
  };

  /** A few words around the first match. @param {SearchResult} result @returns {(string | HTMLElement)[]} */
  const excerpt = ({ text, match }) => {
    const words = Object.keys(match).map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
    const pattern = new RegExp(`(${words.join("|")})`, "i");
    const at = Math.max(0, String(text).search(pattern));
    const from = at < EXCERPT / 2 ? 0 : String(text).lastIndexOf(" ", at - EXCERPT / 3) + 1;
    const isCut = from + EXCERPT < text.length;
    const part = String(text).slice(
      from,
      isCut ? text.lastIndexOf(" ", from + EXCERPT) : undefined,
    );
    const cut = `${from > 0 ? "… " : ""}${part}${isCut ? " …" : ""}`;
    return cut.split(new RegExp(`(${words.join("|")})`, "gi")).map((piece, index) => {
      if (index % 2 === 0) return piece;
      const mark = document.createElement("mark");
      mark.textContent = piece;
      return mark;
    });
  };

  /** @param {SearchResult} result */
  const item = (result) => {
    const link = document.createElement("a");
    link.href = result.id;
    const title = document.createElement("strong");
    title.textContent = result.heading || result.page;
    const where = document.createElement("span");
    where.className = "where";
    where.textContent = result.heading ? result.page : "";
    const text = document.createElement("span");
    text.className = "excerpt";
    text.append(...excerpt(result));
    link.append(title, where, text);
    const row = document.createElement("li");
    row.append(link);
    return row;
  };

  const show = async () => {
    const words = input.value.trim();
    try {
      search ??= makeSearch();
      const made = await search;
      if (words !== input.value.trim()) return; // typed on meanwhile
      const found = words === "" ? [] : find(made, words);
      results.replaceChildren(...found.map(item));
      const count = found.length === MOST ? `the first ${MOST} places` : `${found.length} places`;
      if (words === "") state.textContent = "";
      else if (found.length === 0) state.textContent = `Nothing about “${words}”.`;
      else state.textContent = found.length === 1 ? "1 place" : count;
    } catch (error) {
      search = undefined;
      state.textContent = "The search can't be loaded.";
      console.error(error);
    }
  };

  const open = () => {
    if (!dialog.open) dialog.showModal();
    input.select();
    void show();
  };

  opener.addEventListener("click", open);
  input.addEventListener("input", () => void show());
  document.addEventListener("keydown", (event) => {
    const typing = event.target instanceof HTMLElement && event.target.closest("input, textarea");
    const slash = event.key === "/" && !event.ctrlKey && !event.metaKey && !event.altKey;
    const usual = event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey);
    if (typing || dialog.open || !(slash || usual)) return;
    event.preventDefault();
    open();
  });
  // The arrow keys walk through the results, Enter in the field opens the first.
  dialog.addEventListener("keydown", (event) => {
    const links = [...results.querySelectorAll("a")];
    const at = links.indexOf(/** @type {HTMLAnchorElement} */ (document.activeElement));
    if (event.key === "Enter" && event.target === input) {
      event.preventDefault();
      links[0]?.click();
    }
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    event.preventDefault();
    const next = at + (event.key === "ArrowDown" ? 1 : -1);
    if (next < 0) input.focus();
    else links[Math.min(next, links.length - 1)]?.focus();
  });
  dialog.addEventListener("click", (event) => {
    const inLink = event.target instanceof Element && event.target.closest("a");
    if (event.target === dialog || inLink) dialog.close();
  });
}
