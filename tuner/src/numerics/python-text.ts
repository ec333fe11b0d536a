/** Returns `str(x)` of Python's float x: `0.0001`, `1e-05`, `1.0`, `1e+16`. */
export function pythonFloatText(x: number): string {
  if (Number.isNaN(x)) return "nan";
  if (!Number.isFinite(x)) return x > 0 ? "inf" : "-inf";
  if (Object.is(x, -0)) return "-0.0";
  const size = Math.abs(x);
  if (size !== 0 && (size < 1e-4 || size >= 1e16)) {
    // Both languages print the fewest digits that read back as x; Python's exponent has two.
    const [digits, exponent] = x.toExponential().split("e") as [string, string];
    const sign = exponent.startsWith("-") ? "-" : "+";
    return `${digits}e${sign}${exponent.slice(1).padStart(2, "0")}`;
  }
  return Number.isInteger(x) ? `${x}.0` : String(x);
}

/** Returns `str(x)` of Python for a whole number (an int) or any other (a float). */
export function pythonNumberText(x: number): string {
  return Number.isInteger(x) && !Object.is(x, -0) ? BigInt(x).toString() : pythonFloatText(x);
}
