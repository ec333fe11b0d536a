/**
 * Sorting scores, the one costly step of every ranking metric. A million doubles are put in order
 * by radix sort on 32-bit images of them; samples with equal images are then put right by their
 * exact scores. Notation: a score's image is the score, shifted and scaled, rounded to a float.
 * Shifting, scaling and rounding never swap two numbers, so that images are in the scores' order.
 */

/** Bits per pass: 3 passes take in 32 bits, and the counters fit the processor's first cache. */
const DIGIT_BITS = 11;
const BUCKETS = 1 << DIGIT_BITS;
const SHIFTS = [0, DIGIT_BITS, 2 * DIGIT_BITS];

/** Runs of equal images up to this length are sorted by insertion, longer ones by radix again. */
const SHORT_RUN = 24;

/**
 * Returns the positions of the (finite) scores from the highest score to the lowest; equal scores
 * come in no particular order.
 */
export function orderDescending(scores: Float64Array): Uint32Array {
  const order = new Uint32Array(scores.length);
  for (let i = 0; i < order.length; i++) order[i] = i;
  sortRange(order, scores, 0, 1);
  return order;
}

/** Sorts `order` in place, by images `(score - base) / scale` first. */
function sortRange(order: Uint32Array, scores: Float64Array, base: number, scale: number): void {
  const keys = descendingKeys(order, scores, base, scale);
  radixSort(keys, order);
  let start = 0;
  for (let i = 1; i <= keys.length; i++) {
    if (i < keys.length && keys[i] === keys[start]) continue;
    if (i - start > 1) sortRun(order.subarray(start, i), scores);
    start = i;
  }
}

/** Integers that fall as the images rise. */
function descendingKeys(
  order: Uint32Array,
  scores: Float64Array,
  base: number,
  scale: number,
): Uint32Array {
  const images = new Float32Array(order.length);
  for (let i = 0; i < images.length; i++) {
    images[i] = (scores[order[i]] - base) / scale;
  }
  // A positive float's bits, read as an integer, rise with it, so all but the sign are turned over;
  // a negative one's fall already, and its sign bit puts it after all others.
  const keys = new Uint32Array(images.buffer);
  for (let i = 0; i < keys.length; i++) {
    const bits = keys[i];
    keys[i] = bits ^ (~(bits >> 31) & 0x7fffffff);
  }
  return keys;
}

/** Sorts `keys` and, along with them, `order`, both in place: least significant digits first. */
function radixSort(keys: Uint32Array, order: Uint32Array): void {
  let from: { keys: Uint32Array; order: Uint32Array } = { keys, order };
  let to: typeof from = {
    keys: new Uint32Array(keys.length),
    order: new Uint32Array(order.length),
  };
  for (const [pass, starts] of digitStarts(keys).entries()) {
    if (starts === undefined) continue;
    scatter(from.keys, from.order, to.keys, to.order, starts, SHIFTS[pass]);
    [from, to] = [to, from];
  }
  if (from.keys === keys) return;
  keys.set(from.keys);
  order.set(from.order);
}

function scatter(
  keys: Uint32Array,
  order: Uint32Array,
  keysOut: Uint32Array,
  orderOut: Uint32Array,
  starts: Uint32Array,
  shift: number,
): void {
  for (let i = 0; i < keys.length; i++) {
    const key = keys[i];
    const digit = (key >>> shift) & (BUCKETS - 1);
    const place = starts[digit];
    starts[digit] = place + 1;
    keysOut[place] = key;
    orderOut[place] = order[i];
  }
}

/** Where each digit's keys begin, per pass; `undefined` where all share one digit. */
function digitStarts(keys: Uint32Array): (Uint32Array | undefined)[] {
  const low = new Uint32Array(BUCKETS);
  const middle = new Uint32Array(BUCKETS);
  const high = new Uint32Array(BUCKETS);
  for (let i = 0; i < keys.length; i++) {
    const key = keys[i];
    const a = key & (BUCKETS - 1);
    const b = (key >>> DIGIT_BITS) & (BUCKETS - 1);
    const c = key >>> (2 * DIGIT_BITS);
    low[a] = low[a] + 1;
    middle[b] = middle[b] + 1;
    high[c] = high[c] + 1;
  }
  return [low, middle, high].map((counts) => {
    let start = 0;
    for (let digit = 0; digit < BUCKETS; digit++) {
      const count = counts[digit];
      if (count === keys.length) return undefined;
      counts[digit] = start;
      start += count;
    }
    return counts;
  });
}

/** Sorts samples whose images are equal, though their exact scores need not be. */
function sortRun(run: Uint32Array, scores: Float64Array): void {
  if (run.length <= SHORT_RUN) {
    sortByInsertion(run, scores);
    return;
  }
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < run.length; i++) {
    const score = scores[run[i]];
    if (score < low) low = score;
    if (score > high) high = score;
  }
  // The lowest image is now 0 and the highest 1, so each round splits the run: this ends.
  if (low < high) sortRange(run, scores, low, high - low);
}

function sortByInsertion(run: Uint32Array, scores: Float64Array): void {
  for (let i = 1; i < run.length; i++) {
    const sample = run[i];
    const score = scores[sample];
    let place = i;
    while (place > 0 && scores[run[place - 1]] < score) {
      run[place] = run[place - 1];
      place--;
    }
    run[place] = sample;
  }
}
