import { DefinitionError } from "../errors";

/**
 * MT19937 as far as its first number needs it.
 *
 * Notation (Matsumoto and Nishimura 1998, "Mersenne Twister", ACM TOMACS 8(1)): a state of N = 624
 * words of 32 bits; word k of the next state comes from words k, k + 1 and k + M, M = 397. The state is
 * seeded as `init_by_array` of mt19937ar.c (2002) does it, the double is made as `genrand_res53` does.
 */
const N = 624;
const M = 397;
const MATRIX_A = 0x9908b0df;
const UPPER_BIT = 0x80000000;
const LOWER_BITS = 0x7fffffff;
const WORD = 2 ** 32;

/** Words are kept as signed numbers, which engines compute with several times as fast. */
const state = new Int32Array(N);

/** The state that every seeding begins with: `init_genrand(19650218)`. */
const FIRST = firstState();

/**
 * Returns what `random.Random(seed).random()` is in CPython 3.11: a number in [0, 1), a multiple
 * of 2^-53.
 *
 * @param seed a whole number of at most 2^53 - 1; as in Python, its sign is dropped
 * @throws DefinitionError `invalid-seed` for anything else
 */
export function pythonRandom(seed: number): number {
  if (!Number.isSafeInteger(seed)) {
    throw new DefinitionError(
      "invalid-seed",
      `seed is ${seed}: expected a whole number of at most 2^53 - 1.`,
      { seed },
    );
  }
  const size = Math.abs(seed);
  seedState(size | 0, Math.floor(size / WORD));
  return ((word(0) >>> 5) * 67108864 + (word(1) >>> 6)) / 2 ** 53;
}

function firstState(): Int32Array {
  const words = new Int32Array(N);
  words[0] = 19650218;
  for (let i = 1; i < N; i++) words[i] = Math.imul(1812433253, spread(words[i - 1] as number)) + i;
  return words;
}

/** The key is one word, or two where the higher one isn't zero. */
function seedState(low: number, high: number): void {
  state.set(FIRST);
  const length = high === 0 ? 1 : 2;
  let before = state[0] as number;
  let i = 1;
  for (let step = 0, j = 0; step < N; step++) {
    const key = ((j === 0 ? low : high) + j) | 0;
    before = (((state[i] as number) ^ Math.imul(spread(before), 1664525)) + key) | 0;
    state[i] = before;
    j = j + 1 < length ? j + 1 : 0;
    i += 1;
    if (i === N) {
      state[0] = before;
      i = 1;
    }
  }
  for (let step = 1; step < N; step++) {
    before = (((state[i] as number) ^ Math.imul(spread(before), 1566083941)) - i) | 0;
    state[i] = before;
    i += 1;
    if (i === N) {
      state[0] = before;
      i = 1;
    }
  }
  state[0] = UPPER_BIT;
}

function spread(before: number): number {
  return before ^ (before >>> 30);
}

/** Word k of the stream, for k < N - M. */
function word(k: number): number {
  const twisted = ((state[k] as number) & UPPER_BIT) | ((state[k + 1] as number) & LOWER_BITS);
  let y = (state[k + M] as number) ^ (twisted >>> 1) ^ (twisted & 1 ? MATRIX_A : 0);
  y ^= y >>> 11;
  y ^= (y << 7) & 0x9d2c5680;
  y ^= (y << 15) & 0xefc60000;
  return (y ^ (y >>> 18)) >>> 0;
}
