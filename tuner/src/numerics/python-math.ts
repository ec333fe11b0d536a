/**
 * Returns `dividend // divisor` of Python's floats: the exact quotient's floor, where
 * `Math.floor(dividend / divisor)` first rounds the quotient (1 // 0.1 is 9, not 10).
 *
 * Source: `_float_div_mod` of CPython's Objects/floatobject.c.
 *
 * @param divisor not 0
 */
export function floorDivide(dividend: number, divisor: number): number {
  const rest = dividend % divisor;
  let quotient = (dividend - rest) / divisor;
  if (rest !== 0 && rest < 0 !== divisor < 0) quotient -= 1;
  const floor = Math.floor(quotient);
  return quotient - floor > 0.5 ? floor + 1 : floor;
}
