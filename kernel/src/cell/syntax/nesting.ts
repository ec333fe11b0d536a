/** Code so deeply nested that the parser, which is recursive, would overflow the stack. */
import { resourceLimits } from "node:worker_threads";
import { CellSyntaxError } from "../compiled-cell";
import { roughTokens } from "./tokens";

/** What the parser needs at most is 2 kB a level; half of the stack is left to others. */
const LEVELS_PER_MEGABYTE = 250;

/** What a thread has that was given no other. */
const DEFAULT_MEGABYTES = 4;

/** How much deeper a token leads the parser; operators whose right side is a loop count less. */
function weight(token: string): number {
  if (/^(?:[?:=<@]|=>)$/.test(token)) return 1;
  if (/^[!~+*&|.-]$/.test(token)) return 0.1;
  return KEYWORD.test(token) ? 1 : 0;
}

const KEYWORD =
  /^(?:typeof|void|delete|await|new|yield|keyof|readonly|unique|infer|if|else|for|while|do|with|extends)$/;

/**
 * Tells whether code may be nested more deeply than the thread's stack allows. Only code that is
 * longer than the greatest depth is looked at.
 */
export function isTooDeep(code: string): boolean {
  const { stackSizeMb = DEFAULT_MEGABYTES } = resourceLimits;
  const limit = stackSizeMb * LEVELS_PER_MEGABYTE;
  return code.length > limit && greatestDepth(code) > limit;
}

/** Runs a part of the compiler; throws a CellSyntaxError where the stack overflows. */
export function withinStack<Result>(work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    if (error instanceof RangeError && /call stack/.test(error.message)) throw tooDeep();
    throw error;
  }
}

export function tooDeep(): CellSyntaxError {
  return new CellSyntaxError("The code is nested too deeply", { line: 1, column: 1 });
}

/** They begin a statement where they begin a line, so nesting begins anew. */
const STATEMENT =
  /^(?:const|let|var|function|class|import|export|type|interface|return|throw|enum|namespace|async|abstract|declare|using)$/;

/** An upper bound of how deeply code is nested. */
function greatestDepth(code: string): number {
  const outer: number[] = [];
  let depth = 0;
  let inside = 0;
  let greatest = 0;
  let lastLine = -1;
  roughTokens(code, ({ text, line }) => {
    if (line !== lastLine && STATEMENT.test(text)) inside = 0;
    lastLine = line;
    if (/^(?:[[({]|\$\{)$/.test(text)) {
      outer.push(inside);
      depth += inside + 1;
      inside = 0;
    } else if (/^[\])}]$/.test(text)) {
      const before = outer.pop() ?? 0;
      depth = Math.max(0, depth - before - 1);
      inside = before;
    } else if (text === "," || text === ";") {
      inside = 0;
    } else {
      inside += weight(text);
    }
    greatest = Math.max(greatest, depth + inside);
  });
  return greatest;
}
