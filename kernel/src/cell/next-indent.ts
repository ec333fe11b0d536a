/** How far the next line of unfinished code is indented. */
import { roughTokens } from "./syntax/tokens";

const LEVEL = "  ";

/**
 * Returns the blanks for a line that follows: two for each line whose brackets are still open, two
 * more after `if (x)`, `=>`, an operator and their like, none inside a template's text.
 */
export function nextIndent(code: string): string {
  let last = "";
  const { open, inTemplate } = roughTokens(code, (token) => {
    last = token.text;
  });
  if (inTemplate) return "";
  const levels = new Set(open.map((bracket) => bracket.line)).size;
  const isInside = last === "" || /[[({,;}]$/.test(last);
  return LEVEL.repeat(levels + (isInside || isHead(code) ? 0 : 1));
}

/** Whether the last line is a decorator or the head of a function, whose rest is not indented. */
function isHead(code: string): boolean {
  const line = code.trimEnd().split("\n").at(-1)?.trim() ?? "";
  return /^@|^(?:export |default |async )*function\b.*\)/.test(line);
}
