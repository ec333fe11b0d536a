/** The top level of a cell, where names outlive the cell and the last value is its result. */
import { RUNTIME } from "../bridge/contract";
import { lowerImport, lowerReExport } from "./cell-imports";
import { useKeyword, useValues } from "./lowering/lower-using";
import type { Node, NodeOf, Rewriter } from "./syntax/rewriter";

/** The cell whose statements are rewritten. */
export interface CellStatements {
  readonly id: number;
  /** Imports, to be rewritten when all that the cell mentions is known. */
  readonly later: (() => void)[];
}

/** Rewrites one statement; `isLast` for one whose value is the cell's result. */
export function rewriteStatement(
  node: Node,
  isLast: boolean,
  cell: CellStatements,
  rewriter: Rewriter,
): void {
  const { edits } = rewriter;
  switch (node.type) {
    case "ImportDeclaration":
      cell.later.push(() => lowerImport(node, rewriter));
      break;
    case "ExportNamedDeclaration":
      exported(node, cell, rewriter);
      break;
    case "ExportAllDeclaration":
      cell.later.push(() => lowerReExport(node, rewriter));
      break;
    case "ExportDefaultDeclaration":
      exportedDefault(node, isLast, cell, rewriter);
      break;
    case "TSExportAssignment":
      edits.overwrite(node.start, node.expression.start, ";");
      value(node.expression, node, isLast, cell, rewriter);
      break;
    case "TSImportEqualsDeclaration":
      importEquals(node, rewriter);
      break;
    case "TSEnumDeclaration":
    case "TSModuleDeclaration":
      rewriter.lowering.topLevel.add(node);
      rewriter.visit(node);
      break;
    case "VariableDeclaration":
      variables(node, cell, rewriter);
      break;
    case "ClassDeclaration":
      // As a variable it may later be redeclared as anything.
      if (!node.declare && node.id !== null) edits.insert(node.start, `var ${node.id.name}=`);
      rewriter.visit(node);
      if (!node.declare && node.id !== null) edits.insert(node.end, ";");
      break;
    case "ExpressionStatement":
      value(node.expression, node, isLast, cell, rewriter);
      break;
    default:
      rewriter.visit(node);
  }
}

/** An expression; it is the cell's result if nothing, not even a semicolon, follows. */
function value(
  expression: Node,
  statement: Node,
  isLast: boolean,
  cell: CellStatements,
  rewriter: Rewriter,
): void {
  if (!isLast || rewriter.code[statement.end - 1] === ";") {
    if (statement.type === "ExpressionStatement") {
      rewriter.visit(statement);
    } else {
      // Without `export` before it, an object would be a block.
      rewriter.edits.insert(expression.start, "(");
      rewriter.visit(expression);
      rewriter.edits.insert(expression.end, ");");
    }
    return;
  }
  rewriteResult(expression, cell, rewriter);
}

/** Hands an expression's value to the kernel as the cell's result. */
export function rewriteResult(expression: Node, cell: CellStatements, rewriter: Rewriter): void {
  rewriter.edits.insert(expression.start, `${RUNTIME}.result(${cell.id},(`);
  rewriter.visit(expression);
  rewriter.edits.insert(expression.end, "))");
}

function variables(
  node: NodeOf<"VariableDeclaration">,
  cell: CellStatements,
  rewriter: Rewriter,
): void {
  const { edits } = rewriter;
  if (node.declare) {
    rewriter.erase(node);
    return;
  }
  if (node.kind.endsWith("using")) {
    useKeyword(node, "var", rewriter);
    useValues(node, `${RUNTIME}.use(${cell.id},`, `,${node.kind === "await using"})`, rewriter);
    return;
  }
  edits.overwrite(node.start, node.start + node.kind.length, "var");
  const isOpen = rewriter.code[node.end - 1] !== ";";
  for (const item of node.declarations) {
    rewriter.visit(item);
    if (item.init !== null) continue;
    // `var x` would keep the value that an earlier cell gave it.
    const isEnd = isOpen && item === node.declarations.at(-1);
    const none = node.kind === "let" ? "=void 0" : "";
    if (none !== "" || isEnd) edits.insert(item.id.end, isEnd ? `${none};` : none);
  }
  rewriter.endStatement(node);
}

function exported(
  node: NodeOf<"ExportNamedDeclaration">,
  cell: CellStatements,
  rewriter: Rewriter,
): void {
  const { declaration } = node;
  if (node.source !== null) {
    cell.later.push(() => lowerReExport(node, rewriter));
  } else if (declaration === null || node.exportKind === "type") {
    rewriter.erase(node);
  } else {
    rewriter.edits.overwrite(node.start, declaration.start, ";");
    rewriteStatement(declaration, false, cell, rewriter);
  }
}

function exportedDefault(
  node: NodeOf<"ExportDefaultDeclaration">,
  isLast: boolean,
  cell: CellStatements,
  rewriter: Rewriter,
): void {
  const { declaration } = node;
  const { edits } = rewriter;
  switch (declaration.type) {
    case "TSInterfaceDeclaration":
      rewriter.erase(node);
      break;
    case "FunctionDeclaration":
    case "ClassDeclaration":
      edits.overwrite(node.start, declaration.start, declaration.id === null ? ";(" : ";");
      rewriter.lowering.unnamed = declaration;
      rewriteStatement(declaration, false, cell, rewriter);
      if (declaration.id === null) edits.insert(declaration.end, ");");
      break;
    default:
      edits.overwrite(node.start, declaration.start, ";");
      value(declaration, node, isLast, cell, rewriter);
  }
}

function importEquals(node: NodeOf<"TSImportEqualsDeclaration">, rewriter: Rewriter): void {
  const { moduleReference } = node;
  rewriter.lowering.topLevel.add(node);
  if (moduleReference.type !== "TSExternalModuleReference" || node.importKind === "type") {
    rewriter.visit(node);
    return;
  }
  rewriter.edits.overwrite(node.start, node.start + "import".length, "var");
  rewriter.edits.insert(moduleReference.start, `${RUNTIME}.`);
  if (rewriter.code[node.end - 1] !== ";") rewriter.edits.insert(node.end, ";");
}
