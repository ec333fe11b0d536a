import { InputError } from "../errors";
import type { Figure } from "../figure";
import { greys } from "../palette";
import { requireCount } from "../ranges";
import { heatmap, ink } from "./heatmap";
import { note } from "./notes";
import { type FigureOptions, figure } from "./panels";

/** One image of the grid. */
export interface GridImage {
  /** Row by row, 0 for paper. */
  readonly pixels: ArrayLike<number>;
  /** Stands above the image. */
  readonly caption: string;
  /** Under the pointer: what is known of the image. */
  readonly hover?: string;
}

/** Words of the figure and the size of its images. */
export interface ImageGridOptions
  extends Pick<FigureOptions, "title" | "subtitle" | "alt" | "height"> {
  /** Rows and columns of one image, such as `digits.imageShape`. */
  readonly imageShape: readonly [height: number, width: number];
  /** Images per row; 6 unless given. */
  readonly perRow?: number;
  /** The value of full ink; the greatest pixel of all unless given. */
  readonly black?: number;
}

/** Pixels of paper between images, and the room for captions above them. */
const GAP = 2;
const CAPTION = 3;
const MOST_IMAGES = 60;

/**
 * Returns small images side by side, dark ink on white paper, each with its caption.
 *
 * @param images 1 to 60, all of the same size
 * @throws InputError `out-of-range` for no or too many images, `length-mismatch` for pixels that
 *   don't fill the shape
 */
export function imageGridFigure(images: readonly GridImage[], options: ImageGridOptions): Figure {
  const { imageShape, perRow = 6, black, ...around } = options;
  const [height, width] = imageShape;
  requireCount("perRow", perRow, 1);
  if (images.length === 0 || images.length > MOST_IMAGES) {
    throw new InputError(
      "out-of-range",
      `Expected 1 to ${MOST_IMAGES} images, got ${images.length}.`,
      { images: images.length },
    );
  }
  for (const [i, { pixels }] of images.entries()) {
    if (pixels.length === height * width) continue;
    throw new InputError(
      "length-mismatch",
      `images[${i}] has ${pixels.length} pixels: expected ${height} x ${width} = ${height * width}.`,
      { image: i, pixels: pixels.length },
    );
  }
  const columns = Math.min(perRow, images.length);
  const rows = Math.ceil(images.length / columns);
  const grid = { rows: rows * (height + CAPTION), columns: columns * (width + GAP) - GAP };
  const z = emptyGrid<number | null>(grid.rows, grid.columns, null);
  const hover = emptyGrid(grid.rows, grid.columns, "");
  const corners = images.map((_, i) => ({
    top: Math.floor(i / columns) * (height + CAPTION) + CAPTION,
    left: (i % columns) * (width + GAP),
  }));
  for (const [i, image] of images.entries()) {
    const { top, left } = corners[i] as (typeof corners)[number];
    for (let pixel = 0; pixel < height * width; pixel++) {
      const [row, column] = [top + Math.floor(pixel / width), left + (pixel % width)];
      (z[row] as (number | null)[])[column] = image.pixels[pixel] as number;
      (hover[row] as string[])[column] = image.hover ?? image.caption;
    }
  }
  return figure(
    {
      height: Math.round(90 + 13 * grid.rows),
      ...around,
      square: true,
      x: { labels: false, range: [-0.5, grid.columns - 0.5] },
      y: { labels: false, range: [grid.rows - 0.5, -0.5] },
    },
    heatmap({ z, hover, colors: ink, range: [0, black ?? greatest(images)] }),
    ...images.map(({ caption }, i) => {
      const { top, left } = corners[i] as (typeof corners)[number];
      return note({
        x: left - 0.4,
        y: top - 1.4,
        text: caption,
        anchor: "left",
        size: 12,
        color: greys.text,
      });
    }),
  );
}

function emptyGrid<Value>(rows: number, columns: number, value: Value): Value[][] {
  return Array.from({ length: rows }, () => Array<Value>(columns).fill(value));
}

function greatest(images: readonly GridImage[]): number {
  return images.reduce((most, { pixels }) => Math.max(most, ...Array.from(pixels)), 1e-9);
}
