import type { Figure } from "./figure";
import {
  type MeasureText,
  PICTURE_FONT,
  pictureFontFile,
  readFontMetrics,
} from "./picture/font-metrics";
import { encodePng } from "./picture/png";
import { atStep } from "./picture/steps";
import { textLines } from "./picture/text-lines";
import { vegaSpec } from "./picture/vega-spec";

/** How large a static picture is. */
export interface PictureOptions {
  /** In pixels of the figure; 800 unless given. */
  width?: number;
  /** Pixels of the picture per pixel of the figure; 2 unless given, for sharp text. */
  scale?: number;
  /** Steps of the slider, one above the other; the figure's `pictureSteps` unless given. */
  steps?: readonly number[];
}

/** The width of static pictures, in pixels of the figure. */
export const PICTURE_WIDTH = 800;
/** Pixels of a static picture per pixel of its figure. */
export const PICTURE_SCALE = 2;
const SVG = "http://www.w3.org/2000/svg";
const XLINK = "http://www.w3.org/1999/xlink";

let measure: MeasureText | undefined;

/**
 * Returns the figure as an SVG document, as Plotly would draw it at first sight, without a browser.
 * The same figure gives the same text everywhere. Several steps of a slider stand one above the
 * other, the title above the first.
 *
 * @throws InputError `out-of-range` for a step that the figure has not
 */
export async function figureToSvg(figure: Figure, options: PictureOptions = {}): Promise<string> {
  const vega = await import("vega");
  measure ??= readFontMetrics(pictureFontFile());
  const locale = vega.defaultLocale();
  const measures = {
    width: options.width ?? PICTURE_WIDTH,
    measure,
    format: (format: string, value: number) => locale.format(format)(value),
  };
  const steps = options.steps ?? figure.pictureSteps ?? [undefined];
  const parts: string[] = [];
  for (const step of steps) {
    const view = new vega.View(vega.parse(vegaSpec(atStep(figure, step), measures)), {
      renderer: "none",
    });
    parts.push(await view.toSVG());
    view.finalize();
  }
  return renumber(stack(parts, figure, measures.width));
}

/** Vega numbers clip paths on and on, over all the pictures that it has ever drawn. */
function renumber(svg: string): string {
  const numbers = new Map<string, number>();
  return svg.replaceAll(/(id="|url\(#)clip(\d+)/g, (_, before: string, id: string) => {
    if (!numbers.has(id)) numbers.set(id, numbers.size + 1);
    return `${before}clip${numbers.get(id)}`;
  });
}

/** Puts pictures of one size above each other; all but the first lose their title. */
function stack(parts: readonly string[], { layout }: Figure, width: number): string {
  const [first] = parts;
  if (parts.length === 1 && first !== undefined) return first;
  const { title, height } = layout;
  const titleFoot =
    (1 - title.y) * height + (textLines(title.text).length - 1) * 1.3 * title.font.size;
  const cut = Math.round(titleFoot + 8);
  const inner = parts.map((part, i) => {
    const top = i === 0 ? 0 : height + (i - 1) * (height - cut);
    const from = i === 0 ? 0 : cut;
    const box = `y="${top}" width="${width}" height="${height - from}"`;
    const view = `viewBox="0 ${from} ${width} ${height - from}"`;
    return part.replace(/<svg [^>]*>/, `<svg xmlns="${SVG}" ${box} ${view}>`);
  });
  const total = height + (parts.length - 1) * (height - cut);
  const size = `width="${width}" height="${total}" viewBox="0 0 ${width} ${total}"`;
  return `<svg xmlns="${SVG}" xmlns:xlink="${XLINK}" ${size}>${inner.join("")}</svg>`;
}

/** Returns the figure as the bytes of a PNG picture; see `figureToSvg`. */
export async function figureToPng(
  figure: Figure,
  options: PictureOptions = {},
): Promise<Uint8Array> {
  const { Resvg } = await import("@resvg/resvg-js");
  const svg = await figureToSvg(figure, options);
  const renderer = new Resvg(svg, {
    fitTo: { mode: "zoom", value: options.scale ?? PICTURE_SCALE },
    font: {
      loadSystemFonts: false,
      fontFiles: [pictureFontFile()],
      defaultFontFamily: PICTURE_FONT,
    },
  });
  return encodePng(renderer.render());
}
