import { scale } from "./double-double";

/**
 * Logarithms and powers by whole numbers, for the one call in millions where 106 bits can't tell
 * which double is nearest. Notation: a bigint X stands for X / 2^320.
 */
const BITS = 320n;
const ONE = 1n << BITS;
/** What is closer to the middle of two doubles than this is a tie: no other power comes so near. */
const TIE_BITS = 200;
const SQUARINGS = 16n;

const LN2 = 2n * artanh(1n, 3n);

/** Returns ln x, rounded to the nearest double, for a normal x > 0. */
export function logFixedPoint(x: number): number {
  return nearest(ln(x), 0);
}

/** Returns x^y, rounded to the nearest double (to the even one of two as near), where that is normal. */
export function powFixedPoint(x: number, y: number): number {
  const [digits, exponent] = toInteger(y);
  const product = digits * ln(x);
  const t = exponent < 0 ? product >> BigInt(-exponent) : product << BigInt(exponent);
  const k = (2n * t + LN2) / (2n * LN2);
  const whole = t < 0n && (2n * t + LN2) % (2n * LN2) !== 0n ? k - 1n : k;
  return nearest(exp(t - whole * LN2), Number(whole));
}

function ln(x: number): bigint {
  const [digits, exponent] = toInteger(x);
  const length = digits.toString(2).length;
  const one = 1n << BigInt(length - 1);
  // digits / one is in [1, 2), so the series' argument is at most 1/3.
  return 2n * artanh(digits - one, digits + one) + BigInt(exponent + length - 1) * LN2;
}

/** artanh(a / b) = s + s^3 / 3 + s^5 / 5 + ... with s = a / b */
function artanh(a: bigint, b: bigint): bigint {
  const square = (a * a * ONE) / (b * b);
  let power = (a * ONE) / b;
  let sum = 0n;
  for (let n = 1n; power !== 0n; n += 2n) {
    sum += power / n;
    power = (power * square) >> BITS;
  }
  return sum;
}

function exp(x: bigint): bigint {
  const part = x >> SQUARINGS;
  let term = ONE;
  let sum = 0n;
  for (let n = 1n; term !== 0n && term !== -1n; n += 1n) {
    sum += term;
    term = ((term * part) >> BITS) / n;
  }
  for (let i = 0n; i < SQUARINGS; i += 1n) sum = (sum * sum) >> BITS;
  return sum;
}

/** A finite number as digits 2^exponent. */
function toInteger(x: number): readonly [digits: bigint, exponent: number] {
  let digits = x;
  let exponent = 0;
  while (!Number.isInteger(digits)) {
    digits *= 2;
    exponent -= 1;
  }
  return [BigInt(digits), exponent];
}

/** value 2^(k - 320) as the nearest double. */
function nearest(value: bigint, k: number): number {
  const size = value < 0n ? -value : value;
  if (size === 0n) return 0;
  const cut = size.toString(2).length - 53;
  if (cut <= 0) return scale(Number(value), k - Number(BITS));
  const unit = 1n << BigInt(cut);
  const half = unit >> 1n;
  const rest = size & (unit - 1n);
  let digits = size >> BigInt(cut);
  const off = rest > half ? rest - half : half - rest;
  const tie = cut > TIE_BITS && off >> BigInt(cut - TIE_BITS) === 0n;
  if (tie ? (digits & 1n) === 1n : rest > half) digits += 1n;
  const rounded = scale(Number(digits), cut + k - Number(BITS));
  return value < 0n ? -rounded : rounded;
}
