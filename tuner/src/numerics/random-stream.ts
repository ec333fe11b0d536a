/**
 * Random numbers in bulk, for one proposal: sfc32, Chris Doty-Humphrey's small fast counting generator of 128
 * bits of state (PractRand, http://pracrand.sourceforge.net/RNG_engines.txt).
 */

/** A source of independent random numbers in [0, 1). */
export type RandomStream = () => number;

const WARM_UP = 15;

/**
 * Returns a stream of random numbers in [0, 1), multiples of 2^-32. Streams of different seeds or salts are
 * unrelated.
 *
 * @param seed in [0, 1)
 * @param salt a whole number
 */
export function randomStream(seed: number, salt = 0): RandomStream {
  const scaled = seed * 2 ** 32;
  let a = (salt ^ Math.floor(salt / 2 ** 32)) | 0;
  let b = Math.floor(scaled) | 0;
  let c = Math.floor((scaled - Math.floor(scaled)) * 2 ** 21) | 0;
  let counter = 1;
  const next = () => {
    const sum = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return (sum >>> 0) / 2 ** 32;
  };
  for (let round = 0; round < WARM_UP; round++) {
    next();
  }
  return next;
}

/** Returns a number of the standard normal distribution, by Marsaglia's polar method. */
export function standardNormal(stream: RandomStream): number {
  for (;;) {
    const x = 2 * stream() - 1;
    const y = 2 * stream() - 1;
    const squared = x * x + y * y;
    if (squared > 0 && squared < 1) {
      return x * Math.sqrt((-2 * Math.log(squared)) / squared);
    }
  }
}
