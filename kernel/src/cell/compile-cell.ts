/** A cell of TypeScript as JavaScript for V8's REPL mode. */
import { findBindings } from "./bindings";
import { cellHandlers, cellSurroundings } from "./cell-handlers";
import { loadModule } from "./cell-imports";
import { type CellStatements, rewriteResult, rewriteStatement } from "./cell-statements";
import type { CompiledCell, Place } from "./compiled-cell";
import { readDirectives } from "./directives";
import { blankForeignLines } from "./foreign-lines";
import { markMerged } from "./lowering/merged-declarations";
import { Prelude } from "./lowering/prelude";
import { type ParsedCell, parseCell } from "./parse-cell";
import { withinStack } from "./syntax/nesting";
import { Places } from "./syntax/places";
import { type Node, Rewriter } from "./syntax/rewriter";
import { SourceEdits } from "./syntax/source-edits";
import { type TransformTarget, transformStatements } from "./transform/transform-statements";

/** Cells are modules to TypeScript, and modules are strict. */
const STRICT = '"use strict";';

/** Which cell it is, and what stack frames call it. */
export interface CellName {
  readonly id: number;
  readonly label: string;
}

/**
 * Compiles a cell: types go, imports and awaits go through the kernel, top-level names become
 * variables that later cells can redeclare. Lines stay. Throws CellSyntaxError.
 */
export function compileCell(code: string, name: CellName): CompiledCell {
  return withinStack(() => compile(code, name));
}

function compile(code: string, name: CellName): CompiledCell {
  const parsed = parseCell(code);
  const { program, text, shift } = parsed;
  const places = new Places(code);
  const place = (offset: number): string => {
    const { line, column } = places.at(offset - shift);
    return `${name.label}:${line}:${column}`;
  };
  const surroundings = cellSurroundings(new Prelude(String(name.id)), place);
  const edits = new SourceEdits(text);
  const rewriter = new Rewriter(text, edits, surroundings, cellHandlers(program, text));
  rewriteCell(parsed, { id: name.id, later: [] }, rewriter);
  const edited = edits.apply();
  const head = STRICT + surroundings.prelude.text();
  const js = `${head}${edited.text}\n//# sourceURL=${name.label}`;
  let jsPlaces: Places | undefined;
  return {
    code,
    js,
    bindings: findBindings(program),
    mentions: new Set([...rewriter.mentions.values, ...rewriter.mentions.types]),
    hasJsx: rewriter.hasJsx,
    directives: readDirectives(code),
    toSource(at: Place): Place {
      jsPlaces ??= new Places(js);
      const offset = Math.max(0, jsPlaces.offset(at) - head.length);
      return places.at(edited.toOriginal(offset) - shift);
    },
  };
}

function rewriteCell(parsed: ParsedCell, cell: CellStatements, rewriter: Rewriter): void {
  const { program, comments, text } = parsed;
  const { edits } = rewriter;
  const transform: Node[] = [];
  const last = program.body.at(-1);
  blankForeignLines(text, comments, edits);
  markMerged(program.body, rewriter);
  for (const statement of program.body) {
    const { count } = edits;
    const imports = cell.later.length;
    rewriteStatement(statement, statement === last, cell, rewriter);
    if (!rewriter.needsTransform) continue;
    rewriter.needsTransform = false;
    edits.undoTo(count);
    cell.later.length = imports;
    transform.push(statement);
  }
  for (const work of cell.later) work();
  if (transform.length === 0) return;
  transformStatements(text, parsed, transform, transformTarget(cell, text, last), rewriter);
}

function transformTarget(
  cell: CellStatements,
  text: string,
  last: Node | undefined,
): TransformTarget {
  return {
    keepsExports: false,
    handlers: cellHandlers,
    rewrite(statement, owner, isLastOfOwner, rewriter) {
      const isResult = isLastOfOwner && owner === last && hasResult(owner, text);
      if (isResult && statement.type === "ExpressionStatement") {
        rewriteResult(statement.expression, cell, rewriter);
      } else {
        rewriteStatement(statement, false, cell, rewriter);
      }
    },
    importModule: (local, specifier, names, place) =>
      `const ${local}=${loadModule(specifier, names, [], place)};`,
  };
}

/** Whether a cell's last statement, which the transform has printed anew, had a result. */
function hasResult(statement: Node, text: string): boolean {
  if (text[statement.end - 1] === ";") return false;
  if (statement.type === "ExpressionStatement") return true;
  if (statement.type !== "ExportDefaultDeclaration") return false;
  return !statement.declaration.type.endsWith("Declaration");
}
