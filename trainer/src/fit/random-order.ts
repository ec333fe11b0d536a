/** The order in which samples are used. */

/**
 * Returns 0 to count - 1 in an order that follows from seed and epoch alone, so that a training can go
 * on in the epoch where it was left.
 */
export function randomOrder(count: number, seed: number, epoch: number): Int32Array {
  const order = inOrder(count);
  const next = randomIntegers(mix(seed, epoch));
  // Fisher and Yates's shuffle.
  for (let last = count - 1; last > 0; last--) {
    const chosen = next(last + 1);
    const kept = order[last] as number;
    order[last] = order[chosen] as number;
    order[chosen] = kept;
  }
  return order;
}

/** Returns 0 to count - 1. */
export function inOrder(count: number): Int32Array {
  return Int32Array.from({ length: count }, (_, index) => index);
}

/** Returns a seed that nobody has chosen. */
export function anySeed(): number {
  return Math.floor(Math.random() * 2 ** 31);
}

/** Whole numbers below a limit: xoshiro128** (Blackman, Vigna 2018). */
function randomIntegers(seed: number): (limit: number) => number {
  let [a, b, c, d] = [1, 2, 3, 4].map((index) => mix(seed, index)) as [
    number,
    number,
    number,
    number,
  ];
  const bits = () => {
    const result = Math.imul(rotate(Math.imul(b, 5), 7), 9) >>> 0;
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = rotate(d, 11);
    return result;
  };
  return (limit) => {
    // Numbers beyond the last whole multiple of the limit would make small ones likelier.
    const end = 2 ** 32 - (2 ** 32 % limit);
    let value = bits();
    while (value >= end) value = bits();
    return value % limit;
  };
}

/** A number that differs in about half of its bits for each other pair: MurmurHash3's last steps. */
function mix(a: number, b: number): number {
  let hash = (Math.imul(a, 0x9e3779b1) ^ Math.imul(b + 1, 0x85ebca6b)) | 0;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}

function rotate(value: number, count: number): number {
  return (value << count) | (value >>> (32 - count));
}
