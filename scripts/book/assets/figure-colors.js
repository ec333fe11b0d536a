// @ts-check
// The colours of a figure on a dark page. Figures are made for white paper.
{
  /** So much stands out from the page what is drawn or written in colour. */
  const LEAST_CONTRAST = 4.6;
  /** Cells of a heatmap keep their colours: they are data, and Plotly writes on them readably. */
  const KEPT = new Set(["colorscale", "x", "y", "z"]);
  /** What is read; only the colours of its HTML are turned. */
  const READ = new Set(["text", "name", "label", "customdata", "hovertemplate", "ticktext"]);
  const STYLED = /\bcolor:\s*(#[0-9a-f]{3,6}|rgba?\([^)]*\))/gi;
  const HEX = /^#(?:[0-9a-f]{3}|[0-9a-f]{6})$/i;
  const RGB = /^rgba?\(\s*(\d+)\s*,\s*(\d+)\s*,\s*(\d+)\s*(?:,\s*([\d.]+)\s*)?\)$/i;

  /** @typedef {[number, number, number]} Rgb */

  /** @param {string} color @returns {{ rgb: Rgb, alpha: number } | undefined} */
  const parse = (color) => {
    if (HEX.test(color)) {
      const short = color.length === 4;
      /** @type {(at: number) => number} */
      const part = (at) =>
        short
          ? Number.parseInt(color[at + 1] + color[at + 1], 16)
          : Number.parseInt(color.slice(2 * at + 1, 2 * at + 3), 16);
      return { rgb: [part(0), part(1), part(2)], alpha: 1 };
    }
    const match = RGB.exec(color);
    if (!match) return undefined;
    const [, red, green, blue, alpha] = match;
    return { rgb: [Number(red), Number(green), Number(blue)], alpha: Number(alpha ?? 1) };
  };

  /** @param {Rgb} rgb @param {number} alpha */
  const write = (rgb, alpha) => {
    const whole = rgb.map(Math.round);
    return alpha === 1 ? `rgb(${whole.join(", ")})` : `rgba(${whole.join(", ")}, ${alpha})`;
  };

  /** @type {(from: Rgb, to: Rgb, share: number) => Rgb} */
  const mix = ([a, b, c], [d, e, f], share) => [
    a + (d - a) * share,
    b + (e - b) * share,
    c + (f - c) * share,
  ];

  /** The relative luminance of WCAG 2. @param {Rgb} rgb */
  const luminance = (rgb) => {
    const [red, green, blue] = rgb.map((value) => {
      const share = value / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };

  /** @type {(a: Rgb, b: Rgb) => number} */
  const contrast = (a, b) => {
    const [dark, light] = [luminance(a), luminance(b)].sort((one, other) => one - other);
    return (light + 0.05) / (dark + 0.05);
  };

  /** Greys change places between paper and ink; a colour stays, lighter where it must. */
  /** @type {(color: string, paper: Rgb, ink: Rgb) => string} */
  const turn = (color, paper, ink) => {
    const parsed = parse(color);
    if (parsed === undefined) return color;
    const { rgb, alpha } = parsed;
    if (Math.max(...rgb) - Math.min(...rgb) <= 8) {
      return write(mix(ink, paper, rgb[0] / 255), alpha);
    }
    let turned = rgb;
    for (let share = 0; share <= 1 && contrast(turned, paper) < LEAST_CONTRAST; share += 0.05) {
      turned = mix(rgb, [255, 255, 255], share);
    }
    return write(turned, alpha);
  };

  /** @type {(value: unknown, paper: Rgb, ink: Rgb, isRead: boolean) => unknown} */
  const walk = (value, paper, ink, isRead) => {
    if (typeof value === "string") {
      return isRead
        ? value.replace(STYLED, (_, color) => `color:${turn(color, paper, ink)}`)
        : turn(value, paper, ink);
    }
    if (Array.isArray(value)) return value.map((inner) => walk(inner, paper, ink, isRead));
    if (value === null || typeof value !== "object") return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, inner]) => {
        // "title.text" and the like, which a slider's step changes, too
        const last = key.slice(key.lastIndexOf(".") + 1);
        return [key, KEPT.has(last) ? inner : walk(inner, paper, ink, READ.has(last))];
      }),
    );
  };

  globalThis.headroomBook = Object.assign(globalThis.headroomBook ?? {}, {
    /** @type {import("./globals").HeadroomBook["darkFigure"]} */
    darkFigure: (spec, theme) => {
      const [paper, ink] = [parse(theme.paper)?.rgb, parse(theme.ink)?.rgb];
      if (paper === undefined || ink === undefined) return spec;
      return /** @type {typeof spec} */ (walk(spec, paper, ink, false));
    },
  });
}
