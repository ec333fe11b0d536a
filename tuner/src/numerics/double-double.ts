/**
 * Numbers of about 106 bits as unevaluated sums of two doubles.
 *
 * Notation: a pair [h, l] stands for h + l with |l| <= ulp(h) / 2. Sources: Dekker 1971, "A
 * floating-point technique for extending the available precision"; Knuth, TAOCP 2, 4.2.2 (two-sum).
 * JavaScript never contracts a multiplication and an addition, so these hold to the bit.
 */

/** A number as the sum of two doubles, the larger first. */
export type DoubleDouble = readonly [high: number, low: number];

const SPLIT = 2 ** 27 + 1;
const LN2: DoubleDouble = [Math.LN2, 2.3190468138462996e-17];
/** exp(r) is found as exp(r / 2^5)^(2^5), so that its series is short. */
const SQUARINGS = 5;
const EXP_TERMS = 14;
const LOG_TERMS = 24;

/** Returns a + b for |a| >= |b|, exactly. */
function quickSum(a: number, b: number): DoubleDouble {
  const sum = a + b;
  return [sum, b - (sum - a)];
}

/** Returns a + b, exactly. */
function twoSum(a: number, b: number): DoubleDouble {
  const sum = a + b;
  const part = sum - a;
  return [sum, a - (sum - part) + (b - part)];
}

/** Returns a b, exactly unless it over- or underflows. */
function twoProduct(a: number, b: number): DoubleDouble {
  const product = a * b;
  const spreadA = SPLIT * a;
  const highA = spreadA - (spreadA - a);
  const lowA = a - highA;
  const spreadB = SPLIT * b;
  const highB = spreadB - (spreadB - b);
  const lowB = b - highB;
  return [product, highA * highB - product + highA * lowB + lowA * highB + lowA * lowB];
}

function add(a: DoubleDouble, b: DoubleDouble): DoubleDouble {
  const [high, rest] = twoSum(a[0], b[0]);
  const [low, least] = twoSum(a[1], b[1]);
  const [h, l] = quickSum(high, rest + low);
  return quickSum(h, l + least);
}

function multiply(a: DoubleDouble, b: DoubleDouble): DoubleDouble {
  const [high, low] = twoProduct(a[0], b[0]);
  return quickSum(high, low + (a[0] * b[1] + a[1] * b[0]));
}

function divide(a: DoubleDouble, b: DoubleDouble): DoubleDouble {
  const first = a[0] / b[0];
  const left = add(a, multiply([-first, 0], b));
  const second = left[0] / b[0];
  const [third] = add(left, multiply([-second, 0], b));
  const [high, low] = quickSum(first, second);
  return quickSum(high, low + third / b[0]);
}

const ODD_RECIPROCALS: readonly DoubleDouble[] = Array.from({ length: LOG_TERMS }, (_, i) =>
  divide([1, 0], [2 * i + 1, 0]),
);
const FACTORIAL_RECIPROCALS: readonly DoubleDouble[] = factorialReciprocals();

function factorialReciprocals(): DoubleDouble[] {
  const all: DoubleDouble[] = [[1, 0]];
  for (let n = 1; n < EXP_TERMS; n++) all.push(divide(all[n - 1] as DoubleDouble, [n, 0]));
  return all;
}

/** Returns m and k with x = m 2^k and m in [sqrt(1/2), sqrt(2)), for a normal x > 0. */
function splitNumber(x: number): readonly [m: number, k: number] {
  let k = Math.round(Math.log2(x));
  let m = scale(x, -k);
  if (m >= Math.SQRT2) {
    m /= 2;
    k += 1;
  } else if (m < Math.SQRT1_2) {
    m *= 2;
    k -= 1;
  }
  return [m, k];
}

/** Returns x 2^k; exact where the result is a normal number. */
export function scale(x: number, k: number): number {
  // In two steps, for 2^1024 is no number where x 2^k still is one.
  const half = Math.trunc(k / 2);
  return x * 2 ** half * 2 ** (k - half);
}

/**
 * Returns ln x with a relative error below 2^-98, for a normal x > 0.
 *
 * ln x = k ln 2 + 2 artanh s with s = (m - 1) / (m + 1), |s| < 0.172.
 */
export function logDoubleDouble(x: number): DoubleDouble {
  const [m, k] = splitNumber(x);
  const s = divide([m - 1, 0], twoSum(m, 1));
  const square = multiply(s, s);
  let sum = ODD_RECIPROCALS[LOG_TERMS - 1] as DoubleDouble;
  for (let i = LOG_TERMS - 2; i >= 0; i--) {
    sum = add(multiply(sum, square), ODD_RECIPROCALS[i] as DoubleDouble);
  }
  const [high, low] = multiply(sum, s);
  return add(multiply([k, 0], LN2), [2 * high, 2 * low]);
}

/** Returns e^x as a number in [0.7, 1.42] with a relative error below 2^-90 and a power of two. */
export function expDoubleDouble(x: DoubleDouble): readonly [DoubleDouble, number] {
  const k = Math.round(x[0] / Math.LN2);
  const [high, low] = add(x, multiply([-k, 0], LN2));
  const part: DoubleDouble = [high / 2 ** SQUARINGS, low / 2 ** SQUARINGS];
  let sum = FACTORIAL_RECIPROCALS[EXP_TERMS - 1] as DoubleDouble;
  for (let n = EXP_TERMS - 2; n >= 0; n--) {
    sum = add(multiply(sum, part), FACTORIAL_RECIPROCALS[n] as DoubleDouble);
  }
  for (let i = 0; i < SQUARINGS; i++) sum = multiply(sum, sum);
  return [sum, k];
}

/** Returns a b for a pair and a double. */
export function times(a: DoubleDouble, b: number): DoubleDouble {
  return multiply(a, [b, 0]);
}
