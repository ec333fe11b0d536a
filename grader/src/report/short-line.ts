/**
 * Returns text on one line, without signs that a terminal would obey, and cut: what a student's code brought about may hold
 * anything.
 *
 * @param limit in characters
 */
export function shortLine(text: string, limit: number): string {
  const plain = text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, " ").trim();
  return plain.length > limit ? `${plain.slice(0, limit - 1)}…` : plain;
}
