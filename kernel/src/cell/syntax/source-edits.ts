/** Edits of a text, and the way back from the edited text to the original. */
import { lastUpTo } from "./last-up-to";

/** Maps an offset in an edit's new text to an offset in the original text. */
export type OffsetMap = (offset: number) => number;

/** A stretch of a text. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

interface Edit extends Range {
  text: string;
  readonly map: OffsetMap | undefined;
}

/** An edited text. */
export interface EditedText {
  readonly text: string;
  /** The offset in the original text that an offset in `text` comes from. */
  readonly toOriginal: OffsetMap;
}

/** A stretch of the edited text that comes from one place. */
interface Segment {
  readonly start: number;
  readonly original: number;
  /** Undefined: copied as it was. */
  readonly map: OffsetMap | undefined;
  readonly copied: boolean;
}

const NOT_LINE_ENDS = /[^\n\r\u2028\u2029]+/g;

/** Collects edits of `original`, which may come in any order but must not overlap. */
export class SourceEdits {
  private edits: Edit[] = [];
  private sorted = true;

  constructor(readonly original: string) {}

  /** How many edits there are; see `undoTo`. */
  get count(): number {
    return this.edits.length;
  }

  /** Forgets all edits made since `count` was that. */
  undoTo(count: number): void {
    this.edits.length = count;
  }

  replace(start: number, end: number, text: string, map?: OffsetMap): void {
    const last = this.edits.at(-1);
    if (last !== undefined && last.start >= start) this.sorted = false;
    this.edits.push({ start, end, text, map });
  }

  /** Replaces by text of one line and the line ends that there were. */
  replaceKeepingLines(start: number, end: number, text: string): void {
    this.replace(start, end, text + lineEnds(this.original.slice(start, end)));
  }

  /** At one place, insertions stand in the order they were made, before what replaces the text. */
  insert(at: number, text: string): void {
    this.replace(at, at, text);
  }

  /** Overwrites with blanks; line ends stay. */
  blank(start: number, end: number): void {
    if (end > start) this.replace(start, end, this.blanks(start, end));
  }

  /** Overwrites with `text` and then blanks, so that what follows keeps its column if it can. */
  overwrite(start: number, end: number, text: string): void {
    this.replace(start, end, text + this.blanks(start + text.length, end, start));
  }

  /**
   * If the last edit is blanks up to `end`, ends the statement there with a semicolon: the types
   * that kept it apart from the next line are gone.
   */
  endStatement(end: number): void {
    const last = this.edits.at(-1);
    if (last === undefined || last.end !== end || last.start === end) return;
    if (last.text.startsWith(" ")) last.text = `;${last.text.slice(1)}`;
  }

  /** The edited text, or that of a stretch of the original; no edit may cross its ends. */
  apply(from = 0, to = this.original.length): EditedText {
    const edits = this.sorted ? this.edits : this.edits.slice().sort(inOrder);
    const segments: Segment[] = [];
    let text = "";
    let at = from;
    const copy = (end: number): void => {
      if (end <= at) return;
      segments.push({ start: text.length, original: at, map: undefined, copied: true });
      text += this.original.slice(at, end);
    };
    for (const edit of edits) {
      if (edit.start < at || edit.end > to) continue;
      copy(edit.start);
      if (edit.text !== "") {
        segments.push({ start: text.length, original: edit.start, map: edit.map, copied: false });
        text += edit.text;
      }
      at = edit.end;
    }
    copy(to);
    return { text, toOriginal: (offset) => originalOffset(segments, offset) };
  }

  private blanks(start: number, end: number, from = start): string {
    if (start >= end) return lineEnds(this.original.slice(from, end));
    const kept = start > from ? lineEnds(this.original.slice(from, start)) : "";
    return kept + this.original.slice(start, end).replace(NOT_LINE_ENDS, spaces);
  }
}

function inOrder(a: Edit, b: Edit): number {
  if (a.start !== b.start) return a.start - b.start;
  return Number(a.end > a.start) - Number(b.end > b.start);
}

function spaces(text: string): string {
  return " ".repeat(text.length);
}

/** Only the line ends of a text. */
export function lineEnds(text: string): string {
  return text.replace(NOT_LINE_ENDS, "");
}

function originalOffset(segments: readonly Segment[], offset: number): number {
  const segment = segments[lastUpTo(segments, offset, ({ start }) => start)];
  if (segment === undefined) return 0;
  const inside = Math.max(0, offset - segment.start);
  if (segment.map !== undefined) return segment.map(inside);
  return segment.copied ? segment.original + inside : segment.original;
}
