/** Returns a proportion in per cent or a difference in points, with one decimal at most: "89.5". */
export function points(proportion: number): string {
  // Adding 0 turns -0 into 0.
  return String(Number((100 * proportion).toFixed(1)) + 0).replace("-", "\u2212");
}

/** Returns a difference in points with its sign: "+4", "−1.5", "0". */
export function signedPoints(difference: number): string {
  const text = points(difference);
  return text === "0" || text.startsWith("\u2212") ? text : `+${text}`;
}
