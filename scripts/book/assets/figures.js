// @ts-check
/// <reference lib="dom" />
// Draws figures as they come into view, with the plotly.js beside this file; until then, without
// scripts and on paper their pictures stand in.
{
  const base = new URL(".", /** @type {HTMLScriptElement} */ (document.currentScript).src);
  /** A figure is fetched when it is this near. */
  const NEAR = "600px";

  /** @typedef {{ data: Record<string, unknown>[], layout: Layout, config?: object }} Spec */
  /** @typedef {{ active?: number, steps?: Step[], buttons?: Step[] }} Control */
  /** @typedef {{ method?: string, args?: unknown[] }} Step */
  /** @typedef {{ sliders?: Control[], updatemenus?: Control[], height?: number }} Layout */
  /** @typedef {HTMLElement & { layout?: Layout }} Drawing */

  /** @type {Map<string, Promise<unknown>>} */
  const scripts = new Map();
  /** @type {Map<string, Spec>} */
  const specs = new Map();

  /** @param {string} address */
  const load = (address) => {
    const known = scripts.get(address);
    if (known) return known;
    const loading = new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = address;
      script.onload = resolve;
      script.onerror = () => reject(new Error(`${address} could not be loaded`));
      document.head.append(script);
    });
    scripts.set(address, loading);
    return loading;
  };

  /** The part of Plotly that is used here. */
  const plotly = () =>
    /** @type {{ Plotly: Record<string, (drawing: HTMLElement, ...args: unknown[]) => Promise<unknown>> }} */ (
      /** @type {unknown} */ (globalThis)
    ).Plotly;

  const theme = () => {
    const style = getComputedStyle(document.body);
    return { paper: style.backgroundColor, ink: style.color };
  };

  /** Which step each slider and row of buttons stands at. @param {Drawing} drawing */
  const stand = (drawing) =>
    /** @type {const} */ (["sliders", "updatemenus"]).flatMap((kind) =>
      (drawing.layout?.[kind] ?? []).map(({ active = 0 }, at) => ({ kind, at, active })),
    );

  /**
   * Draws the figure in the page's colours, its sliders and buttons where they stood.
   * @param {HTMLElement} figure
   * @param {Spec} spec
   */
  const draw = async (figure, spec) => {
    const Plotly = plotly();
    const found = figure.querySelector(".drawing");
    const drawing = /** @type {Drawing} */ (found ?? document.createElement("div"));
    const before = found ? stand(drawing) : [];
    if (!found) {
      drawing.className = "drawing";
      figure.append(drawing);
    }
    // Plotly writes into what it is given.
    const fresh = structuredClone(spec);
    const turned = headroomBook.isDark() ? headroomBook.darkFigure(fresh, theme()) : fresh;
    const config = { ...turned.config, responsive: true };
    await Plotly.react(drawing, turned.data, turned.layout, config);
    for (const { kind, at, active } of before) {
      const control = turned.layout[kind]?.[at];
      const step = (control?.steps ?? control?.buttons ?? [])[active];
      if (active === (spec.layout[kind]?.[at]?.active ?? 0) || !step?.method) continue;
      await Plotly[step.method]?.(drawing, ...(step.args ?? []));
      await Plotly.relayout(drawing, { [`${kind}[${at}].active`]: active });
    }
    figure.classList.add("is-drawn");
    // What is wider than its place can be scrolled by keys, too.
    if (figure.scrollWidth > figure.clientWidth + 1) figure.tabIndex = 0;
  };

  /** @param {HTMLElement} figure */
  const show = async (figure) => {
    const file = figure.dataset.figure ?? "";
    try {
      await Promise.all([
        load(new URL("plotly.js", base).href),
        load(new URL(`../${file}`, base).href),
      ]);
      const spec = specs.get(file);
      if (spec === undefined) throw new Error(`${file} holds no figure`);
      await draw(figure, spec);
    } catch (error) {
      figure.classList.add("is-picture");
      console.error("A figure stays a picture:", error);
    }
  };

  globalThis.headroomBook = Object.assign(globalThis.headroomBook ?? {}, {
    /** @type {import("./globals").HeadroomBook["figureLoaded"]} */
    figureLoaded: (file, spec) => specs.set(file, /** @type {Spec} */ (spec)),
  });

  const figures = /** @type {HTMLElement[]} */ ([...document.querySelectorAll("[data-figure]")]);
  const watch = new IntersectionObserver(
    (entries) => {
      for (const { isIntersecting, target } of entries) {
        if (!isIntersecting) continue;
        watch.unobserve(target);
        void show(/** @type {HTMLElement} */ (target));
      }
    },
    { rootMargin: NEAR },
  );
  for (const figure of figures) watch.observe(figure);

  document.addEventListener("headroom-theme", () => {
    for (const figure of figures) {
      const spec = specs.get(figure.dataset.figure ?? "");
      if (spec && figure.classList.contains("is-drawn")) void draw(figure, spec);
    }
  });
}
