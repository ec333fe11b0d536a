import { InputError } from "../errors";
import type { Figure } from "../figure";
import { type NumberColumn, toNumbers } from "../inputs";
import { greys, styles } from "../palette";
import { requireCount } from "../ranges";
import { bars } from "./bars";
import { heatmap, ink } from "./heatmap";
import { inPanel, type Mark } from "./mark";
import { note, region } from "./notes";
import { type FigureOptions, panels } from "./panels";
import { type StepOptions, withSlider } from "./steps";

/** A class and its mean image. */
export interface MeanImage {
  readonly name: string;
  /** Row by row, 0 for paper. */
  readonly pixels: NumberColumn;
}

/** An image that the slider can pick. */
export interface PickedImage {
  readonly pixels: NumberColumn;
  /** The class that it truly shows; one of the means' names. */
  readonly actual: string;
}

/** Words of the figure, and the size of its images. */
export interface NearestMeanOptions
  extends Pick<FigureOptions, "title" | "subtitle" | "alt" | "height"> {
  /** Rows and columns of one image, such as `digits.imageShape`. */
  readonly imageShape: readonly [height: number, width: number];
  /** The image to begin with, counted from 0. */
  readonly start?: number;
  /** Images for the static picture, one above the other, if the message is the change. */
  readonly pictureImages?: readonly number[];
}

/** Rows of paper between two mean images. */
const GAP = 2;
const MOST_MEANS = 12;
/** How long the axis is against the longest bar, so that its label has room. */
const LABEL_ROOM = 1.6;

/**
 * Returns an image beside the mean image of each class, with a bar for its Euclidean distance to
 * each. The shortest bar is green where it is the image's own class, else orange-red, and says so in
 * words. A slider picks the image. Of equal distances the first counts as shortest.
 *
 * @param means 2 to 12 classes with different names
 * @param images 2 to 40
 * @throws InputError `out-of-range` for other numbers of means or images, `length-mismatch` for
 *   pixels that don't fill the shape, `unknown-label` for an `actual` that is no mean's name or a
 *   name that two means share, `not-finite` for NaN
 */
export function nearestMeanFigure(
  means: readonly MeanImage[],
  images: readonly PickedImage[],
  { imageShape, start = 0, pictureImages, ...around }: NearestMeanOptions,
): Figure {
  const [height, width] = imageShape;
  requireCount("number of means", means.length, 2, MOST_MEANS);
  requireNames(means, images);
  const centres = means.map(({ pixels }, i) => toPixels(`means[${i}].pixels`, pixels, imageShape));
  const picked = images.map(({ pixels }, i) => toPixels(`images[${i}].pixels`, pixels, imageShape));
  const distances = picked.map((pixels) => centres.map((centre) => distance(pixels, centre)));
  const black = Math.max(1e-9, ...[...centres, ...picked].flat());

  const place = height + GAP;
  const middles = means.map((_, i) => place * i + (height - 1) / 2);
  const rows = { range: [place * means.length - GAP + 0.5, -1.5] as const, grid: false };
  const longest = Math.max(1e-9, ...distances.flat());
  const base = panels({ height: 480, ...around, columns: [1.2, 0.38, 1.9] }, [
    {
      x: { labels: false, range: [-0.5, width - 0.5] },
      y: { labels: false, range: [height - 0.5, -2.5] },
      square: true,
      marks: [
        region({
          x: [-0.5, width - 0.5],
          y: [-0.5, height - 0.5],
          outline: true,
          color: greys.grid,
        }),
      ],
    },
    {
      x: { labels: false, range: [-0.5, width - 0.5] },
      y: { ...rows, ticks: middles, tickLabels: means.map(({ name }) => name) },
      square: true,
      marks: [meanColumn(means, centres, imageShape, black)],
    },
    {
      x: { title: "distance to each mean image, in ink", range: [0, LABEL_ROOM * longest] },
      y: { ...rows, labels: false },
      marks: [],
    },
  ]);
  const steps = images.map(({ actual }, i): StepOptions => {
    const own = distances[i] as number[];
    const z = toRows(picked[i] as number[], width);
    return {
      label: String(i + 1),
      marks: [
        inPanel(
          1,
          heatmap({ z, hover: pixelHovers(z), colors: ink, range: [0, black] }),
          note({ x: -0.5, y: -1.4, text: `image ${i + 1}, truly ${actual}`, anchor: "left" }),
        ),
        inPanel(3, distanceBars(means, own, actual, middles, height)),
      ],
    };
  });
  return withSlider(base, {
    label: "image",
    steps,
    start,
    ...(pictureImages && { pictureSteps: pictureImages }),
  });
}

function requireNames(means: readonly MeanImage[], images: readonly PickedImage[]): void {
  const names = means.map(({ name }) => name);
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined) {
    throw new InputError(
      "unknown-label",
      `Two means are called "${twice}": name each class once.`,
      {
        label: twice,
      },
    );
  }
  for (const [i, { actual }] of images.entries()) {
    if (names.includes(actual)) continue;
    throw new InputError(
      "unknown-label",
      `images[${i}].actual is "${actual}": expected one of the means' names (${names.join(", ")}).`,
      { image: i, label: actual },
    );
  }
}

function toPixels(
  name: string,
  column: NumberColumn,
  [height, width]: readonly [number, number],
): number[] {
  const pixels = Array.from(toNumbers(name, column));
  if (pixels.length === height * width) return pixels;
  throw new InputError(
    "length-mismatch",
    `${name} has ${pixels.length} values: expected ${height} x ${width} = ${height * width}.`,
    { name, pixels: pixels.length },
  );
}

function distance(a: readonly number[], b: readonly number[]): number {
  return Math.hypot(...a.map((value, i) => value - (b[i] as number)));
}

function toRows(pixels: readonly number[], width: number): number[][] {
  return Array.from({ length: pixels.length / width }, (_, row) =>
    pixels.slice(row * width, (row + 1) * width),
  );
}

function pixelHovers(z: readonly (readonly number[])[]): string[][] {
  return z.map((row, r) => row.map((value, c) => `row ${r}, column ${c}: ink ${tenth(value)}`));
}

/** All mean images below each other, with paper between them. */
function meanColumn(
  means: readonly MeanImage[],
  centres: readonly (readonly number[])[],
  [, width]: readonly [number, number],
  black: number,
): Mark {
  const blank = (fill: string | null) => Array.from({ length: GAP }, () => Array(width).fill(fill));
  const images = centres.map((centre) => toRows(centre, width));
  const hovers = images.map((z, i) =>
    pixelHovers(z).map((row) => row.map((text) => `mean of ${means[i]?.name}\n${text}`)),
  );
  return heatmap({
    z: images.flatMap((z, i) => (i === 0 ? z : [...blank(null), ...z])),
    hover: hovers.flatMap((texts, i) => (i === 0 ? texts : [...blank(""), ...texts])),
    colors: ink,
    range: [0, black],
  });
}

function distanceBars(
  means: readonly MeanImage[],
  distances: readonly number[],
  actual: string,
  middles: readonly number[],
  height: number,
): Mark {
  const shortest = distances.indexOf(Math.min(...distances));
  const isRight = means[shortest]?.name === actual;
  const texts = distances.map((value, i) => {
    const name = means[i]?.name as string;
    if (i === shortest) return `${tenth(value)} nearest: ${isRight ? "right" : "wrong"}`;
    return name === actual ? `${tenth(value)} its own class` : tenth(value);
  });
  return bars({
    horizontal: true,
    at: middles,
    values: distances,
    width: 0.7 * height,
    color: distances.map((_, i) => {
      if (i !== shortest) return greys.context;
      return isRight ? styles.right.color : styles.wrong.color;
    }),
    labels: texts,
    hover: distances.map(
      (value, i) => `distance to the mean of ${means[i]?.name}: ${tenth(value)}`,
    ),
  });
}

function tenth(value: number): string {
  return value.toFixed(1);
}
