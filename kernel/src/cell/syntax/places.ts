/** Offsets and places (line and column) in a text. */
import type { Place } from "../compiled-cell";
import { lastUpTo } from "./last-up-to";

/** Finds places in one text; the table of lines is made when it is first asked for. */
export class Places {
  private starts: number[] | undefined;

  constructor(private readonly text: string) {}

  /** The place of an offset; one outside the text is taken as its nearest end. */
  at(offset: number): Place {
    const starts = this.lineStarts();
    const inside = Math.min(Math.max(offset, 0), this.text.length);
    const line = lastUpTo(starts, inside, (start) => start);
    return { line: line + 1, column: inside - (starts[line] ?? 0) + 1 };
  }

  /** The offset of a place; one outside the text is taken as the nearest inside. */
  offset(place: Place): number {
    const starts = this.lineStarts();
    const line = Math.min(Math.max(place.line, 1), starts.length);
    const end = starts[line] ?? this.text.length + 1;
    return Math.min((starts[line - 1] ?? 0) + Math.max(place.column, 1) - 1, end - 1);
  }

  private lineStarts(): readonly number[] {
    if (this.starts !== undefined) return this.starts;
    const starts = [0];
    for (const match of this.text.matchAll(/\r\n|[\n\r\u2028\u2029]/g)) {
      starts.push(match.index + match[0].length);
    }
    this.starts = starts;
    return starts;
  }
}
