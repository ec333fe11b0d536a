/** Escape sequences of terminals: colours, links, titles. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: it is those that are looked for
const SEQUENCE = /\u001b(?:\[[0-9;:?]{0,30}[@-~]|\][^\u0007\u001b]{0,500}(?:\u0007|\u001b\\)?)/g;
// biome-ignore lint/suspicious/noControlCharactersInRegex: it is those that are looked for
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/g;

/**
 * Returns a student's text as text and nothing else: without what commands a terminal, and as whole
 * Unicode, which Python and its database insist on.
 */
export function plainText(text: string): string {
  // Halves of surrogate pairs become U+FFFD.
  const whole = Buffer.from(text, "utf8").toString("utf8");
  return whole.replace(SEQUENCE, "").replace(/\r\n?/g, "\n").replace(CONTROL, "�");
}

/** Returns a text that quotes a student's as one line of plain text, of at most `limit` characters. */
export function plainLine(text: string, limit: number): string {
  return plainText(text.slice(0, limit)).replace(/\s*\n\s*/g, " ");
}
