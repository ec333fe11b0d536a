import { InputError } from "./errors";
import { MersenneTwister } from "./mersenne-twister";
import { requireCount } from "./ranges";

const WORD_BITS = 32;
const WORD = 2 ** WORD_BITS;

/**
 * Random numbers that a seed fixes: the same seed gives the same draws on every machine, and the
 * same draws as `random.Random(seed)` of CPython 3.11, method by method (`integer` is Python's
 * `randrange`, `normal` its `gauss`, `weightedChoice` its `choices`).
 *
 * Use one generator per purpose (`fork`), so that one more draw here does not change results there.
 * Not for secrets: the stream can be predicted from its output.
 *
 * Source: Matsumoto and Nishimura 1998 (MT19937); the methods follow CPython's Lib/random.py.
 *
 * @example
 * import { SeededRandom } from "@headroom/kernel-utils";
 * const random = new SeededRandom(42);
 * random.random(); // => 0.6394267984578837
 * random.integer(0, 10); // => 0
 * random.shuffle(["a", "b", "c", "d"]); // => ["b", "d", "a", "c"]
 */
export class SeededRandom {
  readonly #seed: number | bigint;
  readonly #words: MersenneTwister;
  #spareNormal: number | undefined;

  /**
   * @param seed a whole number, or a bigint of any size; as in Python, its sign is dropped
   * @throws InputError `wrong-type` for a number that isn't whole or passes 2^53
   */
  constructor(seed: number | bigint) {
    if (typeof seed !== "bigint") {
      requireCount("seed", seed, Number.MIN_SAFE_INTEGER);
    }
    this.#seed = seed;
    this.#words = new MersenneTwister(keyOf(seed));
  }

  /** Returns a number in [0, 1), every multiple of 2^-53 equally likely. */
  random(): number {
    const high = this.#words.word() >>> 5;
    const low = this.#words.word() >>> 6;
    return (high * 67108864 + low) / 2 ** 53;
  }

  /**
   * Returns a whole number of `count` random bits, 0 to 2^count - 1 (Python's `getrandbits`).
   *
   * @param count 0 to 53
   */
  bits(count: number): number {
    requireCount("count", count, 0, 53);
    return this.#bits(count);
  }

  /**
   * Returns a whole number from `low` up to but not including `high`, each equally likely.
   *
   * @throws InputError `out-of-range` unless low < high
   */
  integer(low: number, high: number): number {
    if (!(Number.isSafeInteger(low) && Number.isSafeInteger(high) && low < high)) {
      requireCount("low", low, Number.MIN_SAFE_INTEGER);
      requireCount("high", high, low + 1);
    }
    if (high - low > Number.MAX_SAFE_INTEGER) {
      throw new InputError(
        "out-of-range",
        `integer(${low}, ${high}): expected a range of at most 2^53 - 1 numbers.`,
        { low, high },
      );
    }
    return low + this.#below(high - low);
  }

  /**
   * Returns a draw from the normal distribution.
   *
   * Every second call uses the other half of the pair that Box and Muller's transform makes.
   *
   * @param mean centre, default 0
   * @param sd standard deviation, at least 0, default 1
   */
  normal(mean = 0, sd = 1): number {
    if (!Number.isFinite(mean) || !(sd >= 0 && sd < Number.POSITIVE_INFINITY)) {
      throw new InputError(
        "out-of-range",
        `normal(${mean}, ${sd}): expected a finite mean and a standard deviation of at least 0.`,
        { mean, sd },
      );
    }
    let standard = this.#spareNormal;
    this.#spareNormal = undefined;
    if (standard === undefined) {
      const angle = this.random() * 2 * Math.PI;
      const radius = Math.sqrt(-2 * Math.log(1 - this.random()));
      standard = Math.cos(angle) * radius;
      this.#spareNormal = Math.sin(angle) * radius;
    }
    return mean + standard * sd;
  }

  /** Returns the items in random order as a new array (Fisher and Yates' shuffle). */
  shuffle<T>(items: ArrayLike<T>): T[] {
    const result = Array.from(items);
    for (let i = result.length - 1; i >= 1; i--) {
      const j = this.#below(i + 1);
      const moved = result[i] as T;
      result[i] = result[j] as T;
      result[j] = moved;
    }
    return result;
  }

  /** Returns one of the items, each equally likely. @throws InputError `empty-input` for none */
  choice<T>(items: ArrayLike<T>): T {
    requireItems(items);
    return items[this.#below(items.length)] as T;
  }

  /**
   * Returns `count` of the items in random order, none of them twice (drawn without replacement).
   *
   * @throws InputError `out-of-range` for more than there are
   */
  sample<T>(items: ArrayLike<T>, count: number): T[] {
    const total = items.length;
    if (count > total) {
      throw new InputError(
        "out-of-range",
        `sample: expected at most the ${total} items there are, got ${count}. ` +
          "To draw with replacement, call choice several times.",
        { count, total },
      );
    }
    requireCount("count", count, 0);
    // Python's rule for when a copy of all items is smaller than a set of those drawn.
    const setSize = count > 5 ? 21 + 4 ** Math.ceil(Math.log(count * 3) / Math.log(4)) : 21;
    return total <= setSize ? this.#sampleByPool(items, count) : this.#sampleBySet(items, count);
  }

  /**
   * Returns one of the items, each with a probability proportional to its weight.
   *
   * @param weights one per item, at least 0, not all 0
   */
  weightedChoice<T>(items: ArrayLike<T>, weights: ArrayLike<number>): T {
    requireItems(items);
    requireWeights(items, weights);
    let total = 0;
    for (let i = 0; i < weights.length; i++) total += weights[i] as number;
    const target = this.random() * total;
    let reached = 0;
    for (let i = 0; i < items.length - 1; i++) {
      reached += weights[i] as number;
      if (target < reached) return items[i] as T;
    }
    return items[items.length - 1] as T;
  }

  /**
   * Returns a generator of its own for a part of the work, fixed by this one's seed and the label
   * alone: it doesn't matter what was drawn before, nor which forks were made first.
   *
   * @param label text or a whole number; 1 and "1" give different streams
   */
  fork(label: string | number): SeededRandom {
    if (typeof label === "number") requireCount("label", label, Number.MIN_SAFE_INTEGER);
    const text = String(label);
    const units = Array.from({ length: text.length }, (_, i) => text.charCodeAt(i));
    const kind = typeof label === "number" ? 1 : 2;
    return new SeededRandom(seedOf([...keyOf(this.#seed), ...units, units.length, kind]));
  }

  #bits(count: number): number {
    if (count === 0) return 0;
    if (count <= WORD_BITS) return this.#words.word() >>> (WORD_BITS - count);
    const low = this.#words.word();
    return (this.#words.word() >>> (2 * WORD_BITS - count)) * WORD + low;
  }

  /** A whole number below `bound`, unbiased: draws of enough bits until one fits. */
  #below(bound: number): number {
    const count = bound < WORD ? WORD_BITS - Math.clz32(bound) : bitLength(bound);
    let draw = this.#bits(count);
    while (draw >= bound) draw = this.#bits(count);
    return draw;
  }

  #sampleByPool<T>(items: ArrayLike<T>, count: number): T[] {
    const pool = Array.from(items);
    return Array.from({ length: count }, (_, i) => {
      const last = pool.length - 1 - i;
      const j = this.#below(last + 1);
      const drawn = pool[j] as T;
      pool[j] = pool[last] as T;
      return drawn;
    });
  }

  #sampleBySet<T>(items: ArrayLike<T>, count: number): T[] {
    const drawn = new Set<number>();
    while (drawn.size < count) drawn.add(this.#below(items.length));
    return Array.from(drawn, (i) => items[i] as T);
  }
}

/** The seed's size as 32-bit words, lowest first, as CPython hands it to init_by_array. */
function keyOf(seed: number | bigint): number[] {
  let rest = BigInt(seed);
  if (rest < 0n) rest = -rest;
  const key: number[] = [];
  do {
    key.push(Number(rest & 0xffffffffn));
    rest >>= 32n;
  } while (rest > 0n);
  return key;
}

function seedOf(key: readonly number[]): bigint {
  return key.reduceRight((seed, word) => (seed << 32n) | BigInt(word), 0n);
}

function bitLength(value: number): number {
  return WORD_BITS + (WORD_BITS - Math.clz32(Math.floor(value / WORD)));
}

function requireItems(items: ArrayLike<unknown>): void {
  if (items.length > 0) return;
  throw new InputError("empty-input", "items is empty: expected at least one to choose from.");
}

function requireWeights(items: ArrayLike<unknown>, weights: ArrayLike<number>): void {
  if (weights.length !== items.length) {
    throw new InputError(
      "length-mismatch",
      `weights has ${weights.length} values, items has ${items.length}: expected one each.`,
      { items: items.length, weights: weights.length },
    );
  }
  const values = Array.from(weights);
  const wrong = values.findIndex((weight) => !(weight >= 0 && weight < Number.POSITIVE_INFINITY));
  if (wrong >= 0 || !values.some((weight) => weight > 0)) {
    throw new InputError(
      "out-of-range",
      wrong >= 0
        ? `weights[${wrong}] is ${values[wrong]}: expected a finite number of at least 0.`
        : "weights are all 0: expected one above 0.",
      { index: wrong },
    );
  }
}
