/** nbgrader's marks: whole lines that begin and end what the student does not get. */

/** What stands between two marks. */
export type Region = "SOLUTION" | "HIDDEN TESTS" | "MARK SCHEME";

/** A line's place in a text: `index` counts from 0. */
interface MarkProblem {
  readonly index: number;
  readonly message: string;
}

/** A text split at its marks. */
export interface Marked {
  /** The lines between the marks, a list for each region. */
  readonly regions: readonly string[][];
  readonly problems: readonly MarkProblem[];
}

const MENTION = /\b(BEGIN|END) (SOLUTION|HIDDEN TESTS|MARK SCHEME)\b/;
const IN_CODE = /^\s*\/\/ (BEGIN|END) (SOLUTION|HIDDEN TESTS)$/;
const IN_TEXT = /^<!-- (BEGIN|END) (MARK SCHEME) -->$/;

/** Returns what the marks of a text enclose, and which marks are missing, nested or misplaced. */
export function readMarks(source: string, allowed: Region | undefined): Marked {
  const regions: string[][] = [];
  const problems: MarkProblem[] = [];
  let open: { index: number; lines: string[] } | undefined;
  for (const [index, line] of source.split("\n").entries()) {
    const mark = markOf(line);
    if (mark === undefined) open?.lines.push(line);
    else if (mark === "malformed") problems.push({ index, message: malformed(line) });
    else if (mark.region !== allowed) problems.push({ index, message: misplaced(mark.region) });
    else if (mark.side === "BEGIN") {
      if (open) problems.push({ index, message: `BEGIN ${allowed} stands inside another one` });
      open = { index, lines: [] };
      regions.push(open.lines);
    } else if (open) open = undefined;
    else problems.push({ index, message: `END ${allowed} has no BEGIN ${allowed} before it` });
  }
  if (open) {
    problems.push({
      index: open.index,
      message: `BEGIN ${allowed} has no END ${allowed} in its cell`,
    });
  }
  return { regions, problems };
}

/**
 * Returns the text without its regions and marks; `replacement`, if there is one, stands in place of
 * each region, indented as its first mark.
 */
export function withoutRegions(source: string, replacement?: string): string {
  const kept: string[] = [];
  let inside = false;
  for (const line of source.split("\n")) {
    const mark = markOf(line);
    if (mark !== undefined && mark !== "malformed") {
      inside = mark.side === "BEGIN";
      if (inside && replacement !== undefined) {
        const indent = /^\s*/.exec(line)?.[0] ?? "";
        kept.push(...replacement.split("\n").map((text) => indent + text));
      }
    } else if (!inside) kept.push(line);
  }
  return kept.join("\n");
}

/** Returns the text with its regions, without the lines that mark them. */
export function withoutMarks(source: string): string {
  const lines = source.split("\n");
  return lines.filter((line) => !IN_CODE.test(line) && !IN_TEXT.test(line)).join("\n");
}

type Mark = { readonly side: "BEGIN" | "END"; readonly region: Region };

function markOf(line: string): Mark | "malformed" | undefined {
  const match = IN_CODE.exec(line) ?? IN_TEXT.exec(line);
  if (match) return { side: match[1] as Mark["side"], region: match[2] as Region };
  return MENTION.test(line) ? "malformed" : undefined;
}

// nbgrader takes a line for a mark wherever the words stand in it.
function malformed(line: string): string {
  return (
    `"${line.trim()}" holds the words of a mark, and is none: a mark is a whole line, ` +
    "// BEGIN SOLUTION in code, <!-- BEGIN MARK SCHEME --> in text"
  );
}

function misplaced(region: Region): string {
  const place = { SOLUTION: "an exercise", "HIDDEN TESTS": "a tests", "MARK SCHEME": "a reflect" };
  return `the mark ${region} belongs into ${place[region]} cell only`;
}
