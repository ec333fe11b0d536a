/** Blanks and comments between tokens. */

/** Returns the offset of the next token at or after `offset`. */
export function skipTrivia(code: string, offset: number): number {
  let at = offset;
  for (;;) {
    const next = code[at];
    if (next === "/" && code[at + 1] === "/") at = lineEnd(code, at);
    else if (next === "/" && code[at + 1] === "*") at = commentEnd(code, at);
    else if (next !== undefined && (next === " " || next === "\n" || BLANK.test(next))) at += 1;
    else return at;
  }
}

const BLANK = /\s/;

function lineEnd(code: string, offset: number): number {
  let at = offset;
  while (at < code.length && !/[\n\r\u2028\u2029]/.test(code[at] ?? "")) at += 1;
  return at;
}

function commentEnd(code: string, offset: number): number {
  const end = code.indexOf("*/", offset + 2);
  return end < 0 ? code.length : end + 2;
}
