/** Where a name means a variable of the cell's own. */
import { boundNames } from "./bound-names";
import { forEachChild, type Node } from "./rewriter";
import type { Range } from "./source-edits";

/** The scopes around a node: the nearest of any kind, and the nearest function or the program. */
interface Scopes {
  readonly block: Node;
  readonly hoist: Node;
}

/** Returns, for each of the names, the scopes that declare it. */
export function shadowedRanges(
  program: Node,
  names: ReadonlySet<string>,
): ReadonlyMap<string, readonly Range[]> {
  const ranges = new Map<string, Range[]>();
  const declare = (pattern: Node | null, scope: Node): void => {
    for (const name of boundNames(pattern)) {
      if (!names.has(name)) continue;
      ranges.set(name, [...(ranges.get(name) ?? []), { start: scope.start, end: scope.end }]);
    }
  };
  const walk = (node: Node, around: Scopes): void => {
    const scopes = scopesInside(node, around);
    declareNames(node, around, scopes, declare);
    forEachChild(node, (child) => walk(child, scopes));
  };
  walk(program, { block: program, hoist: program });
  return ranges;
}

function scopesInside(node: Node, around: Scopes): Scopes {
  switch (node.type) {
    case "Program":
    case "FunctionDeclaration":
    case "FunctionExpression":
    case "ArrowFunctionExpression":
    case "StaticBlock":
    case "TSModuleBlock":
      return { block: node, hoist: node };
    case "BlockStatement":
    case "ForStatement":
    case "ForInStatement":
    case "ForOfStatement":
    case "SwitchStatement":
    case "CatchClause":
    case "ClassExpression":
      return { block: node, hoist: around.hoist };
    default:
      return around;
  }
}

function declareNames(
  node: Node,
  around: Scopes,
  inside: Scopes,
  declare: (pattern: Node | null, scope: Node) => void,
): void {
  switch (node.type) {
    case "VariableDeclaration":
      for (const item of node.declarations) {
        declare(item.id, node.kind === "var" ? around.hoist : around.block);
      }
      break;
    case "FunctionDeclaration":
      declare(node.id, around.block);
      for (const parameter of node.params) declare(parameter, node);
      break;
    case "FunctionExpression":
      declare(node.id, node);
      for (const parameter of node.params) declare(parameter, node);
      break;
    case "ArrowFunctionExpression":
      for (const parameter of node.params) declare(parameter, node);
      break;
    case "ClassExpression":
      declare(node.id, inside.block);
      break;
    case "ClassDeclaration":
    case "TSEnumDeclaration":
    case "TSModuleDeclaration":
    case "TSImportEqualsDeclaration":
      declare(node.id, around.block);
      break;
    case "CatchClause":
      declare(node.param, node);
      break;
    case "ImportDeclaration":
      for (const item of node.specifiers) declare(item.local, around.block);
      break;
    default:
  }
}
