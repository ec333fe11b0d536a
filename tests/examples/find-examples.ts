import { readFileSync } from "node:fs";

/** A piece of TypeScript in the documentation that stands for itself. */
export interface Example {
  /** Relative to the project's root. */
  file: string;
  /** Of the code's first line, from 1. */
  line: number;
  code: string;
  /** False for a block that is only to be type-checked (marked `ts no-run` in Markdown). */
  runs: boolean;
}

/**
 * The `@example` blocks in the doc comments of a TypeScript file. A block goes on to the next tag or
 * the comment's end; inside fences, only what they enclose counts.
 */
export function examplesInSource(file: string, text = readFileSync(file, "utf8")): Example[] {
  const lines = text.split("\n");
  const examples: Example[] = [];
  lines.forEach((line, index) => {
    if (!/^\s*\*\s+@example\b/.test(line)) return;
    const rest = lines.slice(index + 1);
    const end = rest.findIndex((next) => /\*\/\s*$/.test(next) || /^\s*\*\s+@\w+/.test(next));
    const body = rest.slice(0, end).map((next) => next.replace(/^\s*\* ?/, ""));
    const fenced = fencedBlocks(body, index + 2);
    const found =
      fenced.length > 0 ? fenced : [{ line: index + 2, code: body.join("\n"), info: "" }];
    for (const { line: at, code } of found) examples.push({ file, line: at, code, runs: true });
  });
  return examples;
}

/** The fenced blocks of TypeScript in a Markdown file: `ts` is run, `ts no-run` only checked. */
export function examplesInMarkdown(file: string, text = readFileSync(file, "utf8")): Example[] {
  return fencedBlocks(text.split("\n"), 1)
    .filter(({ info }) => /^(ts|typescript)\b/.test(info))
    .map(({ line, code, info }) => ({ file, line, code, runs: !/\bno-run\b/.test(info) }));
}

interface Block {
  line: number;
  code: string;
  info: string;
}

/**
 * Everything between pairs of fences.
 *
 * @param first the number of the first line
 */
function fencedBlocks(lines: readonly string[], first: number): Block[] {
  const blocks: Block[] = [];
  let open: Block | undefined;
  lines.forEach((line, index) => {
    const fence = /^\s*```(.*)$/.exec(line);
    if (open === undefined) {
      if (fence) open = { line: first + index + 1, code: "", info: (fence[1] ?? "").trim() };
    } else if (fence) {
      blocks.push(open);
      open = undefined;
    } else {
      open.code += `${line}\n`;
    }
  });
  return blocks;
}
