/** Lines that JavaScript engines and shells read, but that are not the cell's code. */
import type { Comment } from "oxc-parser";
import type { SourceEdits } from "./syntax/source-edits";

/**
 * Blanks a first line `#!...`, which may not stand behind other code, and comments that would give
 * the code another name (`//# sourceURL`).
 */
export function blankForeignLines(
  text: string,
  comments: readonly Comment[],
  edits: SourceEdits,
): void {
  const shebang = /^#![^\n\r\u2028\u2029]*/.exec(text);
  if (shebang !== null) edits.blank(0, shebang[0].length);
  for (const comment of comments) {
    if (/^[#@]\s*source(?:Mapping)?URL=/.test(comment.value)) {
      edits.blank(comment.start, comment.end);
    }
  }
}
