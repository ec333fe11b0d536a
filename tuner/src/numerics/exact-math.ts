import { type DoubleDouble, expDoubleDouble, logDoubleDouble, scale, times } from "./double-double";
import { logFixedPoint, powFixedPoint } from "./fixed-point";

/**
 * Logarithm and power that give the nearest double, on every machine and in every engine. V8's own
 * are off by one bit in a tenth of the calls, and a search space turns that bit into other grids,
 * other bracket sizes and other trials: V8's log(9) / log(3) is 2.0000000000000004.
 */

/** Far above the errors of the 106-bit functions, far below what makes the slow way common. */
const ERROR = 2 ** -84;
const SMALLEST_NORMAL = 2 ** -1022;

/** A search raises the same few bases to many powers, and the logarithm is half of the work. */
const knownLogs = new Map<number, DoubleDouble>();
const MOST_KNOWN_LOGS = 256;

/**
 * Returns ln x, rounded to the nearest double.
 *
 * @param x a number; NaN below 0, -Infinity for 0. Subnormal numbers as `Math.log`
 */
export function log(x: number): number {
  if (!(x >= SMALLEST_NORMAL && x < Number.POSITIVE_INFINITY)) return Math.log(x);
  const [high, low] = logDoubleDouble(x);
  return round(high, low) ?? logFixedPoint(x);
}

/**
 * Returns x^y, rounded to the nearest double.
 *
 * @param x a number; at or below 0, or where the power is no normal number, as `**` has it
 * @param y a number
 */
export function pow(x: number, y: number): number {
  if (x === 1 || y === 0) return 1;
  if (y === 1) return x;
  const rough = x ** y;
  const usual = x >= SMALLEST_NORMAL && rough >= 2 * SMALLEST_NORMAL && rough < 2 ** 1023;
  if (!usual) return rough;
  const [power, k] = expDoubleDouble(times(knownLog(x), y));
  const rounded = round(power[0], power[1]);
  return rounded === undefined ? powFixedPoint(x, y) : scale(rounded, k);
}

function knownLog(x: number): DoubleDouble {
  const known = knownLogs.get(x);
  if (known !== undefined) return known;
  if (knownLogs.size >= MOST_KNOWN_LOGS) knownLogs.clear();
  const result = logDoubleDouble(x);
  knownLogs.set(x, result);
  return result;
}

/** The double nearest to high + low, if an error within the bound can't change which one it is. */
function round(high: number, low: number): number | undefined {
  const error = Math.abs(high) * ERROR;
  const least = high + (low - error);
  return least === high + (low + error) ? least : undefined;
}
