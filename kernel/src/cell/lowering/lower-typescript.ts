/** What TypeScript, or newer JavaScript, has beyond Node 20's JavaScript, in place. */

import type { Handlers, NodeOf, Rewriter } from "../syntax/rewriter";
import { eraseTypes } from "./erase-types";
import { lowerEnum } from "./lower-enum";
import { lowerNamespace } from "./lower-namespace";
import {
  assignParameterProperties,
  lowerCall,
  lowerClassBody,
  lowerExpressionStatement,
  lowerParameter,
} from "./lower-parameter-properties";
import { lowerUsing, lowerUsingFor, lowerUsingInList, lowerUsingLoop } from "./lower-using";
import { markMerged } from "./merged-declarations";

/** Handlers that turn TypeScript into JavaScript. */
export const lowerTypeScript: Handlers = {
  ...eraseTypes,
  TSEnumDeclaration: lowerEnum,
  TSModuleDeclaration: lowerNamespace,
  TSImportEqualsDeclaration: lowerImportEquals,
  TSParameterProperty: lowerParameter,
  ClassBody: lowerClassBody,
  CallExpression: lowerCall,
  ExpressionStatement: (node, rewriter) => {
    lowerExpressionStatement(node, rewriter);
    rewriter.endStatement(node);
  },
  BlockStatement: (node, rewriter) => {
    assignParameterProperties(node, rewriter);
    statements(node, node.start + 1, rewriter);
  },
  StaticBlock: (node, rewriter) =>
    statements(node, rewriter.skipToken(rewriter.skipToken(node.start, "static"), "{"), rewriter),
  SwitchCase: (node, rewriter) => {
    rewriter.visit(node.test);
    markMerged(node.consequent, rewriter);
    rewriter.visitAll(node.consequent);
  },
  VariableDeclaration: (node, rewriter) => {
    if (node.kind.endsWith("using")) lowerUsing(node, rewriter);
    else eraseTypes.VariableDeclaration?.(node, rewriter);
  },
  ForStatement: (node, rewriter) => {
    if (lowerUsingFor(node, rewriter)) return;
    eraseTypes.ForStatement?.(node, rewriter);
  },
  ForOfStatement: (node, rewriter) => {
    const visitRight = (): void => rewriter.visit(node.right);
    if (lowerUsingLoop(node, rewriter, visitRight)) return;
    eraseTypes.ForOfStatement?.(node, rewriter);
  },
};

function statements(
  node: NodeOf<"BlockStatement"> | NodeOf<"StaticBlock">,
  start: number,
  rewriter: Rewriter,
): void {
  markMerged(node.body, rewriter);
  lowerUsingInList(node.body, start, node.end - 1, rewriter);
}

/** `import A = N.B` as a constant; `import x = require("x")` too. */
function lowerImportEquals(node: NodeOf<"TSImportEqualsDeclaration">, rewriter: Rewriter): void {
  if (node.importKind === "type") {
    rewriter.erase(node);
    return;
  }
  const { edits, lowering } = rewriter;
  const scope = lowering.exporting.get(node);
  const keyword = lowering.topLevel.has(node) ? "var" : "const";
  edits.overwrite(node.start, node.start + "import".length, keyword);
  if (scope !== undefined) edits.insert(node.moduleReference.start, `${scope}.${node.id.name}=`);
  rewriter.visit(node.moduleReference);
  if (rewriter.code[node.end - 1] !== ";") edits.insert(node.end, ";");
}
