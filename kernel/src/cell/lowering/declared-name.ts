import { CellSyntaxError } from "../compiled-cell";
import { Places } from "../syntax/places";
import type { NodeOf, Rewriter } from "../syntax/rewriter";

/**
 * Throws a CellSyntaxError if a declaration that needs a name has none: the parser lets it pass, as
 * functions and classes that are values need none.
 */
export function checkDeclaredName(
  node: NodeOf<"FunctionDeclaration"> | NodeOf<"ClassDeclaration">,
  rewriter: Rewriter,
): void {
  if (node.id !== null || !node.type.endsWith("Declaration")) return;
  if (rewriter.lowering.unnamed === node) return;
  const what = node.type === "FunctionDeclaration" ? "function" : "class";
  const message = `Expected a name for the ${what}; as a value it stands in brackets`;
  throw new CellSyntaxError(message, new Places(rewriter.code).at(node.start));
}
