import { crc32, inflateSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { encodePng } from "./png";

interface Decoded {
  chunks: string[];
  colors: string[];
}

/** Reads what the encoder writes, after the specification: palette, no filters. */
function decode(png: Uint8Array): Decoded {
  const bytes = Buffer.from(png);
  expect(bytes.subarray(0, 8).toString("latin1")).toBe("\x89PNG\r\n\x1a\n");
  const chunks = new Map<string, Buffer>();
  for (let at = 8; at < bytes.length; ) {
    const length = bytes.readUInt32BE(at);
    const body = bytes.subarray(at + 4, at + 8 + length);
    expect(bytes.readUInt32BE(at + 8 + length)).toBe(crc32(body));
    chunks.set(body.toString("latin1", 0, 4), body.subarray(4));
    at += 12 + length;
  }
  const header = chunks.get("IHDR") ?? Buffer.alloc(13);
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)];
  const palette = (chunks.get("PLTE") ?? Buffer.alloc(0)).toString("hex").match(/.{6}/g) ?? [];
  const rows = inflateSync(chunks.get("IDAT") ?? Buffer.alloc(0));
  expect(rows).toHaveLength(height * (width + 1));
  const colors = [...rows].filter((_, i) => i % (width + 1) > 0).map((index) => palette[index]);
  return { chunks: [...chunks.keys()], colors };
}

function bitmap(width: number, colors: number[]) {
  const pixels = Uint8Array.from(colors.flatMap((c) => [c >> 16, (c >> 8) & 255, c & 255, 255]));
  return { width, height: colors.length / width, pixels };
}

describe("encodePng", () => {
  it("keeps every colour of a picture that has few", () => {
    const colors = [0xff0000, 0x00ff00, 0x0000ff, 0xff0000, 0x123456, 0xffffff];
    const decoded = decode(encodePng(bitmap(3, colors)));
    expect(decoded.chunks).toEqual(["IHDR", "PLTE", "IDAT", "IEND"]);
    expect(decoded.colors).toEqual(colors.map((color) => color.toString(16).padStart(6, "0")));
  });

  it("gives colours beyond 256 the nearest of those", () => {
    const often = Array.from({ length: 256 }, (_, i) => (i << 16) | 0x10);
    const seldom = [0x800011, 0xff0020];
    const { colors } = decode(encodePng(bitmap(2, [...often, ...often, ...seldom])));
    expect(colors.slice(-2)).toEqual(["800010", "ff0010"]);
    expect(colors.slice(0, 256)).toEqual(often.map((c) => c.toString(16).padStart(6, "0")));
  });

  it("gives the same bytes again", () => {
    const picture = bitmap(2, [1, 2, 3, 4]);
    expect(encodePng(picture)).toEqual(encodePng(picture));
  });
});
