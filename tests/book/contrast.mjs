// @ts-check
/// <reference lib="dom" />
// Finds texts of a page that are too faint for WCAG 2, level AA: 4.5 to 1, large ones 3 to 1.

/**
 * The texts of the page that are too faint; figures, which draw their own, are left out.
 * @param {import("playwright-core").Page} page
 * @returns {Promise<string[]>}
 */
export function findFaintTexts(page) {
  return page.evaluate(() => {
    const canvas = document.createElement("canvas");
    canvas.width = canvas.height = 1;
    const brush = canvas.getContext("2d", { willReadFrequently: true });
    /** @type {(color: string) => number[]} */
    const parts = (color) => {
      const match = /^rgba?\((\d+), (\d+), (\d+)(?:, ([\d.]+))?\)$/.exec(color);
      if (match)
        return [Number(match[1]), Number(match[2]), Number(match[3]), Number(match[4] ?? 1)];
      if (!brush) return [0, 0, 0, 0];
      brush.clearRect(0, 0, 1, 1);
      brush.fillStyle = color;
      brush.fillRect(0, 0, 1, 1);
      const [red, green, blue, alpha] = brush.getImageData(0, 0, 1, 1).data;
      return [red, green, blue, alpha / 255];
    };
    /** @type {(top: number[], below: number[]) => number[]} */
    const over = (top, below) =>
      top.slice(0, 3).map((part, i) => part * top[3] + below[i] * (1 - top[3]));
    /** @type {(element: Element | null) => number[]} */
    const paper = (element) => {
      if (element === null) return [255, 255, 255];
      const own = parts(getComputedStyle(element).backgroundColor);
      return own[3] === 1 ? own : over(own, paper(element.parentElement));
    };
    /** @type {(rgb: number[]) => number} */
    const luminance = (rgb) => {
      const [red, green, blue] = rgb.map((part) => {
        const share = part / 255;
        return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
      });
      return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    };
    const faint = new Map();
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = texts.nextNode(); node; node = texts.nextNode()) {
      const element = node.parentElement;
      if (
        !element ||
        !node.textContent?.trim() ||
        element.closest(".figure, .anchor, .unseen, .skip")
      )
        continue;
      if (!element.checkVisibility()) continue;
      const style = getComputedStyle(element);
      const below = paper(element);
      const ink = over(parts(style.color), below);
      const [dark, light] = [luminance(ink), luminance(below)].sort((a, b) => a - b);
      const contrast = (light + 0.05) / (dark + 0.05);
      const size = Number.parseFloat(style.fontSize);
      const large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
      if (contrast >= (large ? 3 : 4.5)) continue;
      const where = `${element.tagName.toLowerCase()}.${element.className}`;
      faint.set(
        `${where} ${style.color}`,
        `"${node.textContent.trim().slice(0, 30)}" (${where}) has a contrast of ${contrast.toFixed(2)}`,
      );
    }
    return [...faint.values()];
  });
}
