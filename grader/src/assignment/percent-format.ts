/** jupytext's percent format, as far as assignments use it. */
import type { Problem } from "./assignment-error";

/** A cell of a text source, not yet understood. */
export interface PercentCell {
  readonly isMarkdown: boolean;
  /** What stands after the cell's mark: `exercise="f1-score"`, `points=4`. */
  readonly keys: ReadonlyMap<string, string | number>;
  readonly source: string;
  /** The line of its `// %%`, counted from 1. */
  readonly markLine: number;
  /** The line where its text begins. */
  readonly line: number;
}

/** A text source, split into cells. */
export interface PercentFile {
  /** The notebook's metadata as they are written, without comment signs. */
  readonly header: string;
  readonly cells: readonly PercentCell[];
  readonly problems: readonly Problem[];
}

const MARK = /^\/\/ %%(?: +(.*))?$/;
const FENCE = "// ---";
const KEY = /^([a-z]+)=("(?:[^"\\]|\\.)*"|\d+(?:\.\d+)?)(?: +|$)/;

/** Returns the cells of a text in percent format, and what can't be read in it. */
export function readPercent(text: string): PercentFile {
  const lines = text.replace(/\r\n/g, "\n").split("\n");
  const problems: Problem[] = [];
  const end = lines[0] === FENCE ? lines.indexOf(FENCE, 1) : -1;
  const header = lines.slice(1, Math.max(end, 1)).map(uncomment).join("\n");
  const starts = lines.flatMap((line, index) => (index > end && MARK.test(line) ? [index] : []));
  for (const [index, line] of lines.slice(0, starts[0] ?? lines.length).entries()) {
    if (index <= end || line.trim() === "") continue;
    problems.push({ line: index + 1, message: `"${line}" stands before the first cell (// %%)` });
    break;
  }
  const cells = starts.map((start, index) =>
    readCell(lines.slice(start, starts[index + 1]), start + 1, problems),
  );
  return { header, cells, problems };
}

function readCell(lines: readonly string[], markLine: number, problems: Problem[]): PercentCell {
  const { isMarkdown, keys } = readMark(lines[0] ?? "", markLine, problems);
  const body = trimBlankEnd(lines.slice(1));
  if (isMarkdown) {
    for (const [index, line] of body.entries()) {
      if (/^\/\/( |$)/.test(line)) continue;
      const message = `"${line}" stands in a text cell and has no "// " before it`;
      problems.push({ line: markLine + 1 + index, message });
    }
  }
  const source = (isMarkdown ? body.map(uncomment) : body).join("\n");
  return { isMarkdown, keys, source, markLine, line: markLine + 1 };
}

function readMark(mark: string, line: number, problems: Problem[]) {
  const text = MARK.exec(mark)?.[1]?.trimEnd() ?? "";
  const isMarkdown = /^\[markdown\]( |$)/.test(text);
  const keys = new Map<string, string | number>();
  let rest = isMarkdown ? text.slice("[markdown]".length).trimStart() : text;
  while (rest !== "") {
    const match = KEY.exec(rest);
    if (!match) {
      const message = `"${rest}" can't be read: after // %% come [markdown] and pairs like points=4, name="..."`;
      problems.push({ line, message });
      break;
    }
    const [whole, name = "", value = ""] = match;
    if (keys.has(name)) problems.push({ line, message: `"${name}" is given twice` });
    keys.set(name, parseValue(value, line, problems));
    rest = rest.slice(whole.length);
  }
  return { isMarkdown, keys };
}

function parseValue(text: string, line: number, problems: Problem[]): string | number {
  try {
    return JSON.parse(text) as string | number;
  } catch {
    problems.push({ line, message: `${text} can't be read: it is written as in JSON` });
    return text.slice(1, -1);
  }
}

function uncomment(line: string): string {
  return line.replace(/^\/\/ ?/, "");
}

function trimBlankEnd(lines: readonly string[]): readonly string[] {
  const last = lines.findLastIndex((line) => line.trim() !== "");
  return lines.slice(0, last + 1);
}
