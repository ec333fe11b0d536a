import { readFileSync } from "node:fs";

/** Returns the width in pixels of one line of text at a size in pixels. */
export type MeasureText = (text: string, size: number) => number;

/** The font of static pictures, named as it names itself. */
export const PICTURE_FONT = "DejaVu Sans Condensed";

/** Returns the path of the font file of static pictures. */
export function pictureFontFile(): string {
  return require.resolve("dejavu-fonts-ttf/ttf/DejaVuSansCondensed.ttf");
}

interface CharacterMap {
  readonly glyphOf: (codePoint: number) => number;
}

/**
 * Returns a function that adds up the advance widths of a TrueType font (without kerning).
 *
 * Source: OpenType specification 1.9, tables head, hhea, hmtx and cmap (format 4).
 *
 * @param file a TrueType font with a Unicode character map of format 4
 * @throws Error where the file has no such map
 */
export function readFontMetrics(file: string): MeasureText {
  const bytes = readFileSync(file);
  const font = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const unitsPerEm = font.getUint16(findTable(font, "head") + 18);
  const advanceCount = font.getUint16(findTable(font, "hhea") + 34);
  const advances = findTable(font, "hmtx");
  const { glyphOf } = readCharacterMap(font, findTable(font, "cmap"));
  const advance = (glyph: number): number =>
    font.getUint16(advances + 4 * Math.min(glyph, advanceCount - 1));
  return (text, size) => {
    let width = 0;
    for (const character of text) width += advance(glyphOf(character.codePointAt(0) ?? 0));
    return (width * size) / unitsPerEm;
  };
}

function findTable(font: DataView, name: string): number {
  const count = font.getUint16(4);
  for (let i = 0; i < count; i++) {
    const record = 12 + 16 * i;
    const tag = [0, 1, 2, 3].map((at) => String.fromCharCode(font.getUint8(record + at))).join("");
    if (tag === name) return font.getUint32(record + 8);
  }
  throw new Error(`The font has no table "${name}".`);
}

function readCharacterMap(font: DataView, table: number): CharacterMap {
  const count = font.getUint16(table + 2);
  for (let i = 0; i < count; i++) {
    const record = table + 4 + 8 * i;
    const subtable = table + font.getUint32(record + 4);
    const isUnicode = font.getUint16(record) === 3 && font.getUint16(record + 2) === 1;
    if (isUnicode && font.getUint16(subtable) === 4) return segmentMap(font, subtable);
  }
  throw new Error("The font has no Unicode character map of format 4.");
}

/** Format 4: segments of code points, each with an offset or with a list of glyphs. */
function segmentMap(font: DataView, subtable: number): CharacterMap {
  const twiceCount = font.getUint16(subtable + 6);
  const ends = subtable + 14;
  const starts = ends + twiceCount + 2;
  const deltas = starts + twiceCount;
  const offsets = deltas + twiceCount;
  return {
    glyphOf: (codePoint) => {
      for (let at = 0; at < twiceCount; at += 2) {
        if (codePoint > font.getUint16(ends + at)) continue;
        const start = font.getUint16(starts + at);
        if (codePoint < start) return 0;
        const delta = font.getUint16(deltas + at);
        const offset = font.getUint16(offsets + at);
        if (offset === 0) return (codePoint + delta) & 0xffff;
        const glyph = font.getUint16(offsets + at + offset + 2 * (codePoint - start));
        return glyph === 0 ? 0 : (glyph + delta) & 0xffff;
      }
      return 0;
    },
  };
}
