const LANES = 8;
const BLOCK = 128;

/**
 * Returns the sum of values[from] to values[to - 1] in NumPy's order of additions. Whether two means
 * tie depends on their last bit, so a choice that is to be scikit-learn's must add as NumPy adds.
 *
 * Source: NumPy's loops_utils.h, `pairwise_sum`.
 */
export function pairwiseSum(values: ArrayLike<number>, from = 0, to = values.length): number {
  const count = to - from;
  if (count < LANES) {
    let sum = 0;
    for (let i = from; i < to; i++) sum += values[i] as number;
    return sum;
  }
  if (count > BLOCK) {
    const half = Math.floor(count / 2);
    const middle = from + half - (half % LANES);
    return pairwiseSum(values, from, middle) + pairwiseSum(values, middle, to);
  }
  const lanes = Array.from({ length: LANES }, (_, lane) => values[from + lane] as number);
  const whole = to - (count % LANES);
  for (let i = from + LANES; i < whole; i += LANES) {
    for (let lane = 0; lane < LANES; lane++) {
      lanes[lane] = (lanes[lane] as number) + (values[i + lane] as number);
    }
  }
  const [a, b, c, d, e, f, g, h] = lanes as [
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  let sum = a + b + (c + d) + (e + f + (g + h));
  for (let i = whole; i < to; i++) sum += values[i] as number;
  return sum;
}
