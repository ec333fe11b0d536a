import type { Place } from "../cell/compiled-cell";

/** A longer line is shown around its place only, in UTF-16 units. */
const MAX_WIDTH = 160;

/**
 * Returns a line of code with its neighbours, marked by `>` and a caret:
 *
 *       1 | const a = 1;
 *     > 2 | a.b.c;
 *         |     ^
 *
 * Empty where the code has no such line.
 */
export function codeFrame(code: string, place: Place): string[] {
  const lines = code.split(/\r\n|[\n\r\u2028\u2029]/);
  if (place.line < 1 || place.line > lines.length) return [];
  const first = Math.max(1, place.line - 1);
  const last = Math.min(lines.length, place.line + 1);
  const width = String(last).length;
  const frame: string[] = [];
  for (let number = first; number <= last; number++) {
    const line = lines[number - 1] ?? "";
    const mark = number === place.line ? ">" : " ";
    const { text, column } = cut(line, place.column);
    frame.push(`${mark} ${String(number).padStart(width)} | ${text}`.trimEnd());
    if (number === place.line) {
      frame.push(`  ${" ".repeat(width)} | ${indentLike(text, column)}^`);
    }
  }
  return frame;
}

/** The part of a long line that the column lies in. */
function cut(line: string, column: number): { text: string; column: number } {
  if (line.length <= MAX_WIDTH) return { text: line, column };
  const start = Math.max(0, Math.min(column - 1, line.length) - MAX_WIDTH / 2);
  const end = Math.min(line.length, start + MAX_WIDTH);
  const before = start > 0 ? "..." : "";
  const after = end < line.length ? "..." : "";
  return {
    text: before + line.slice(start, end) + after,
    column: column - start + before.length,
  };
}

/** Blanks as wide as the text before the column: tabs stay tabs. */
function indentLike(text: string, column: number): string {
  return [...text.slice(0, Math.max(0, column - 1))]
    .map((character) => (character === "\t" ? "\t" : " "))
    .join("");
}
