import { imul } from "./primordials";

/**
 * Returns a function that gives numbers from 0 up to 1, the same ones for the same text.
 *
 * The text is hashed by FNV-1a (G. Fowler, L. C. Noll and P. Vo, 1991); the numbers are those of
 * mulberry32 (T. Ettinger, 2017): good for test data, not for secrets.
 */
export function seededRandom(text: string): () => number {
  let state = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) {
    state = imul(state ^ text.charCodeAt(at), 0x01000193);
  }
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000;
  };
}
