/**
 * MT19937 as published by its authors, a word at a time.
 *
 * Notation (Matsumoto and Nishimura 1998, "Mersenne Twister", ACM TOMACS 8(1)): a state of N = 624
 * words of 32 bits, x[k+N] = x[k+M] xor (x[k] upper bit | x[k+1] lower bits) A, with M = 397.
 */
const N = 624;
const M = 397;
const MATRIX_A = 0x9908b0df;
const UPPER_BIT = 0x80000000;
const LOWER_BITS = 0x7fffffff;

/**
 * A stream of 32-bit words, the same as the authors' C code (mt19937ar.c, 2002) yields: after
 * `init_by_array` for a key, as Python seeds, and after `init_genrand` for a single number, as NumPy's
 * RandomState does.
 */
export class MersenneTwister {
  readonly #state = new Uint32Array(N);
  #next = N;

  /** @param key words of 32 bits, at least one, or one number of 32 bits */
  constructor(key: readonly number[] | number) {
    const state = this.#state;
    state[0] = typeof key === "number" ? key : 19650218;
    for (let i = 1; i < N; i++) state[i] = Math.imul(1812433253, spread(state, i)) + i;
    if (typeof key === "number") return;
    let i = 1;
    for (let step = 0, j = 0; step < Math.max(N, key.length); step++) {
      state[i] =
        ((state[i] as number) ^ Math.imul(spread(state, i), 1664525)) + (key[j] as number) + j;
      j = (j + 1) % key.length;
      i = advance(state, i);
    }
    for (let step = 1; step < N; step++) {
      state[i] = ((state[i] as number) ^ Math.imul(spread(state, i), 1566083941)) - i;
      i = advance(state, i);
    }
    state[0] = UPPER_BIT;
  }

  /** Returns the next word of the stream, 0 to 2^32 - 1. */
  word(): number {
    if (this.#next >= N) this.#refill();
    let y = this.#state[this.#next++] as number;
    y ^= y >>> 11;
    y ^= (y << 7) & 0x9d2c5680;
    y ^= (y << 15) & 0xefc60000;
    return (y ^ (y >>> 18)) >>> 0;
  }

  #refill(): void {
    const state = this.#state;
    for (let k = 0; k < N; k++) {
      const y =
        ((state[k] as number) & UPPER_BIT) |
        ((state[k + 1 < N ? k + 1 : 0] as number) & LOWER_BITS);
      const far = state[k + M < N ? k + M : k + M - N] as number;
      state[k] = far ^ (y >>> 1) ^ (y & 1 ? MATRIX_A : 0);
    }
    this.#next = 0;
  }
}

/** The word before i, its high bits folded into the low ones. */
function spread(state: Uint32Array, i: number): number {
  const before = state[i - 1] as number;
  return before ^ (before >>> 30);
}

/** The next position to fill; after the last word the first takes over the last one's value. */
function advance(state: Uint32Array, i: number): number {
  if (i + 1 < N) return i + 1;
  state[0] = state[N - 1] as number;
  return 1;
}
