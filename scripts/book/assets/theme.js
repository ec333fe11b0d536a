// @ts-check
/// <reference lib="dom" />
// The theme, before anything is drawn: as the system has it, or as was chosen here.
{
  const KEY = "headroom-theme";
  const root = document.documentElement;
  const system = matchMedia("(prefers-color-scheme: dark)");

  const remembered = () => {
    try {
      return localStorage.getItem(KEY);
    } catch {
      return null; // a browser may refuse storage to files; then the choice holds for this page
    }
  };

  /** @param {string} theme */
  const remember = (theme) => {
    try {
      localStorage.setItem(KEY, theme);
    } catch {
      // See above.
    }
  };

  const isDark = () =>
    root.dataset.theme === undefined ? system.matches : root.dataset.theme === "dark";

  /** Tells the button, and the figures, which are drawn anew. */
  const announce = () => {
    document.querySelector(".theme-button")?.setAttribute("aria-pressed", String(isDark()));
    document.dispatchEvent(new Event("headroom-theme"));
  };

  const chosen = remembered();
  if (chosen === "dark" || chosen === "light") root.dataset.theme = chosen;
  root.classList.add("with-scripts");
  globalThis.headroomBook = Object.assign(globalThis.headroomBook ?? {}, { isDark });

  system.addEventListener("change", announce);
  document.addEventListener("DOMContentLoaded", () => {
    document.querySelector(".theme-button")?.addEventListener("click", () => {
      root.dataset.theme = isDark() ? "light" : "dark";
      remember(root.dataset.theme);
      announce();
    });
    announce();
  });
}
