/** Offsets in a cell's code (in UTF-16 units) and the language server's positions in its file. */
import type { LspPosition } from "./protocol";
import { LINES_BEFORE } from "./slot-files";

/** The language server's line ends; JavaScript has two more. */
const LINE_END = /\r\n|\n|\r/g;

/** Returns where `offset` of the cell is in its file. */
export function positionAt(code: string, offset: number): LspPosition {
  let line = 0;
  let start = 0;
  for (const match of code.matchAll(LINE_END)) {
    const end = match.index + match[0].length;
    if (end > offset) break;
    line++;
    start = end;
  }
  return { line: line + LINES_BEFORE, character: offset - start };
}

/** Returns the offset in the cell of a position in its file. */
export function offsetAt(code: string, position: LspPosition): number {
  let line = 0;
  let start = 0;
  for (const match of code.matchAll(LINE_END)) {
    if (line + LINES_BEFORE === position.line) break;
    line++;
    start = match.index + match[0].length;
  }
  return Math.min(start + position.character, code.length);
}
