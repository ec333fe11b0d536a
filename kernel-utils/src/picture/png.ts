import { crc32, deflateSync } from "node:zlib";

/** A picture as bytes of red, green, blue and opacity, row by row. */
export interface Bitmap {
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint8Array;
}

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const PALETTE_SIZE = 256;

/**
 * Returns the picture as a PNG with a palette: a third of the size of one in true colour, which
 * counts in notebooks. Charts have few colours; those beyond the 256 most frequent, all shades of
 * smoothed edges, become the nearest of these. Opacity is dropped.
 *
 * Source: Portable Network Graphics, W3C recommendation, third edition.
 */
export function encodePng(bitmap: Bitmap): Uint8Array {
  const { colors, indexes } = reduceColors(bitmap);
  const header = Buffer.alloc(13);
  header.writeUInt32BE(bitmap.width, 0);
  header.writeUInt32BE(bitmap.height, 4);
  header.set([8, 3, 0, 0, 0], 8);
  const palette = Buffer.from(
    colors.flatMap((color) => [(color >> 16) & 255, (color >> 8) & 255, color & 255]),
  );
  const rows = Buffer.alloc(bitmap.height * (bitmap.width + 1));
  for (let y = 0; y < bitmap.height; y++) {
    const row = indexes.subarray(y * bitmap.width, (y + 1) * bitmap.width);
    rows.set(row, y * (bitmap.width + 1) + 1);
  }
  return Buffer.concat([
    Buffer.from(SIGNATURE),
    chunk("IHDR", header),
    chunk("PLTE", palette),
    chunk("IDAT", deflateSync(rows, { level: 9 })),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const frame = Buffer.alloc(body.length + 8);
  frame.writeUInt32BE(data.length, 0);
  frame.set(body, 4);
  frame.writeUInt32BE(crc32(body), body.length + 4);
  return frame;
}

/** Returns the most frequent colours (as 0xRRGGBB) and the index of each pixel's colour. */
function reduceColors({ pixels, width, height }: Bitmap): {
  colors: number[];
  indexes: Uint8Array;
} {
  const packed = new Uint32Array(width * height);
  const counts = new Map<number, number>();
  for (let i = 0; i < packed.length; i++) {
    const at = 4 * i;
    const color = ((pixels[at] ?? 0) << 16) | ((pixels[at + 1] ?? 0) << 8) | (pixels[at + 2] ?? 0);
    packed[i] = color;
    counts.set(color, (counts.get(color) ?? 0) + 1);
  }
  const colors = [...counts]
    .sort(([a, often], [b, seldom]) => seldom - often || a - b)
    .slice(0, PALETTE_SIZE)
    .map(([color]) => color);
  const indexOf = new Map([...counts.keys()].map((color) => [color, nearest(color, colors)]));
  return { colors, indexes: Uint8Array.from(packed, (color) => indexOf.get(color) ?? 0) };
}

function nearest(color: number, colors: readonly number[]): number {
  let best = 0;
  let least = Number.POSITIVE_INFINITY;
  for (const [i, candidate] of colors.entries()) {
    const distance = [16, 8, 0].reduce((sum, shift) => {
      return sum + (((color >> shift) & 255) - ((candidate >> shift) & 255)) ** 2;
    }, 0);
    if (distance < least) [best, least] = [i, distance];
    if (distance === 0) break;
  }
  return best;
}
