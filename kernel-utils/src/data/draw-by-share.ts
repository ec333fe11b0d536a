import type { SeededRandom } from "../random";

/**
 * Returns one of the values, each with its share (a proportion), and `rest` with what the shares
 * leave; takes one random number.
 */
export function drawByShare<Value>(
  random: SeededRandom,
  shares: readonly (readonly [value: Value, share: number])[],
  rest: Value,
): Value {
  let left = random.random();
  for (const [value, share] of shares) {
    left -= share;
    if (left < 0) return value;
  }
  return rest;
}
