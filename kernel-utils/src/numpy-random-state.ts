import { MersenneTwister } from "./mersenne-twister";
import { requireCount } from "./ranges";

const LARGEST_SEED = 2 ** 32 - 1;

/**
 * Shuffles as NumPy's legacy `RandomState(seed)` does, so that folds are scikit-learn's for the same
 * `random_state`. For everything else there is `SeededRandom`.
 *
 * Source: NumPy's random/mtrand.pyx (`shuffle`) and distributions.c (`random_interval`).
 */
export class NumpyRandomState {
  readonly #words: MersenneTwister;

  /** @param seed 0 to 2^32 - 1, as NumPy takes it */
  constructor(seed: number) {
    requireCount("seed", seed, 0, LARGEST_SEED);
    this.#words = new MersenneTwister(seed);
  }

  /** Puts the items into random order, in place, and returns them. */
  shuffle<T extends number[] | Int32Array>(items: T): T {
    for (let i = items.length - 1; i >= 1; i--) {
      const j = this.#upTo(i);
      const moved = items[i] as number;
      items[i] = items[j] as number;
      items[j] = moved;
    }
    return items;
  }

  /** A whole number from 0 to `most`: the low bits of a word, drawn again until they fit. */
  #upTo(most: number): number {
    const mask = 2 ** (32 - Math.clz32(most)) - 1;
    let draw = (this.#words.word() & mask) >>> 0;
    while (draw > most) draw = (this.#words.word() & mask) >>> 0;
    return draw;
  }
}
