/** Places in a text: the protocol counts code points, JavaScript UTF-16 units. */

/**
 * Returns the UTF-16 offset of a code point offset; anything beyond the text, or no number at all,
 * is its end, anything below zero its start.
 */
export function toUtf16(text: string, codePoints: unknown): number {
  if (typeof codePoints !== "number" || Number.isNaN(codePoints)) return text.length;
  let offset = 0;
  for (let left = Math.floor(codePoints); left > 0 && offset < text.length; left--) {
    offset += widthAt(text, offset);
  }
  return offset;
}

/** Returns how many code points stand before a UTF-16 offset. */
export function toCodePoints(text: string, offset: number): number {
  let count = 0;
  for (let at = 0; at < Math.min(offset, text.length); at += widthAt(text, at)) count++;
  return count;
}

function widthAt(text: string, offset: number): number {
  return (text.codePointAt(offset) ?? 0) > 0xffff ? 2 : 1;
}
