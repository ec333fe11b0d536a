/** Parses cells, which may be one object literal. */
import { type Language, type Parsed, syntaxError, tryParse } from "./syntax/parse";
import { skipTrivia } from "./syntax/trivia";

/** A cell's syntax tree. */
export interface ParsedCell extends Parsed {
  /** What was parsed: the cell, or the cell in brackets. */
  readonly text: string;
  /** How many characters of `text` come before the cell's own. */
  readonly shift: 0 | 1;
}

/**
 * Parses a cell; throws CellSyntaxError. A cell that is one pair of braces is an object where it
 * can be one, as in Node's REPL, else a block.
 */
export function parseCell(code: string): ParsedCell {
  const literal = parseObjectLiteral(code);
  if (literal !== undefined) return literal;
  const attempt = tryParse(code);
  if (attempt.errors.length > 0) throw syntaxError(code, attempt.errors);
  return { ...attempt, program: attempt.program, text: code, shift: 0 };
}

/** The cell in brackets, if it then is one object literal. */
export function parseObjectLiteral(code: string): ParsedCell | undefined {
  if (code[skipTrivia(code, 0)] !== "{") return undefined;
  const expression = parseInBrackets(code);
  if (expression === undefined) return undefined;
  const [statement] = expression.program.body;
  if (statement?.type !== "ExpressionStatement") return undefined;
  if (statement.expression.type !== "ParenthesizedExpression") return undefined;
  return statement.expression.expression.type === "ObjectExpression" ? expression : undefined;
}

/** The code in brackets, if it then is one expression. */
export function parseInBrackets(
  code: string,
  languages?: readonly Language[],
): ParsedCell | undefined {
  // Not on a line of its own, unless a comment might hide it.
  const text = code.includes("//") ? `(${code}\n)` : `(${code})`;
  const attempt = tryParse(text, languages);
  const { body } = attempt.errors.length === 0 ? attempt.program : { body: [] };
  if (body.length !== 1 || body[0]?.type !== "ExpressionStatement") return undefined;
  if (body[0].expression.type !== "ParenthesizedExpression") return undefined;
  return { ...attempt, program: attempt.program, text, shift: 1 };
}
