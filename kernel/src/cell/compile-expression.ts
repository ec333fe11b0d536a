/** One expression of TypeScript as JavaScript for V8's REPL mode. */
import { RUNTIME } from "../bridge/contract";
import { cellHandlers, cellSurroundings } from "./cell-handlers";
import { CellSyntaxError } from "./compiled-cell";
import { Prelude } from "./lowering/prelude";
import { parseInBrackets } from "./parse-cell";
import { withinStack } from "./syntax/nesting";
import { parse } from "./syntax/parse";
import { Places } from "./syntax/places";
import { Rewriter } from "./syntax/rewriter";
import { SourceEdits } from "./syntax/source-edits";

const LABEL = "expression";

/**
 * Returns JavaScript that hands the expression's value to the kernel (`user_expressions`); throws
 * CellSyntaxError for anything but one expression, or one with JSX.
 */
export function compileExpression(code: string): string {
  return withinStack(() => compile(code));
}

function compile(code: string): string {
  const parsed = parseInBrackets(code);
  if (parsed === undefined) {
    parse(code);
    throw new CellSyntaxError("Expected one expression", { line: 1, column: 1 });
  }
  const { text, shift } = parsed;
  const places = new Places(code);
  const place = (offset: number): string => {
    const { line, column } = places.at(offset - shift);
    return `${LABEL}:${line}:${column}`;
  };
  const surroundings = cellSurroundings(new Prelude(LABEL), place);
  const edits = new SourceEdits(text);
  const handlers = cellHandlers(parsed.program, text);
  const rewriter = new Rewriter(text, edits, surroundings, handlers);
  rewriter.visitAll(parsed.program.body);
  if (rewriter.needsTransform) {
    const message = "Expected an expression without JSX, decorators and accessors";
    throw new CellSyntaxError(message, { line: 1, column: 1 });
  }
  const expression = edits.apply().text;
  const head = `"use strict";${surroundings.prelude.text()}`;
  return `${head}${RUNTIME}.expression(${expression})\n//# sourceURL=${LABEL}`;
}
