// @ts-check
/// <reference lib="dom" />
// Small helps for reading: the menu of narrow windows, where one is on the page, printing.
{
  const NARROW = matchMedia("(max-width: 1179px)");
  const menu = document.querySelector(".menu-button");
  const contents = document.querySelector(".contents details");

  menu?.addEventListener("click", () => {
    const open = document.body.classList.toggle("menu-open");
    menu.setAttribute("aria-expanded", String(open));
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !document.body.classList.contains("menu-open")) return;
    document.body.classList.remove("menu-open");
    menu?.setAttribute("aria-expanded", "false");
    if (menu instanceof HTMLElement) menu.focus();
  });

  // Beside the text the table of contents stays open; above it, it would push the text away.
  const fold = () => contents?.toggleAttribute("open", !NARROW.matches);
  NARROW.addEventListener("change", fold);
  fold();

  /** What is wider than its place can be scrolled by keys, too. */
  const reachable = () => {
    for (const box of document.querySelectorAll("pre, .table-scroll, .formula")) {
      if (box.scrollWidth > box.clientWidth + 1) box.setAttribute("tabindex", "0");
      else box.removeAttribute("tabindex");
    }
  };
  addEventListener("resize", reachable);
  addEventListener("load", reachable);

  /** @type {Map<string, Element>} */
  const links = new Map();
  for (const link of document.querySelectorAll(".contents a")) {
    links.set(decodeURIComponent((link.getAttribute("href") ?? "").slice(1)), link);
  }
  const headings = [...document.querySelectorAll("main :is(h2, h3)[id]")];
  const mark = () => {
    const above = headings.filter((heading) => heading.getBoundingClientRect().top < 140);
    const current = above.at(-1) ?? headings[0];
    for (const [id, link] of links) {
      if (id === current?.id) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
  };
  let waiting = false;
  const markSoon = () => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => {
      waiting = false;
      mark();
    });
  };
  if (links.size > 0) {
    addEventListener("scroll", markSoon, { passive: true });
    mark();
  }

  // On paper nothing can be unfolded.
  /** @type {Element[]} */
  let unfolded = [];
  addEventListener("beforeprint", () => {
    unfolded = [...document.querySelectorAll("main details:not([open])")];
    for (const one of unfolded) one.setAttribute("open", "");
  });
  addEventListener("afterprint", () => {
    for (const one of unfolded) one.removeAttribute("open");
  });
}
