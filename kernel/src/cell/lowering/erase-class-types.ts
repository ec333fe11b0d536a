/** Takes the types of classes and their members away in place. */
import type { Handlers, NodeOf, Rewriter } from "../syntax/rewriter";
import { checkDeclaredName } from "./declared-name";

/** Blanks what of a class is only of interest to the type checker. */
export const eraseClassTypes: Handlers = {
  ClassDeclaration: classNode,
  ClassExpression: classNode,
  TSAbstractMethodDefinition: (node, rewriter) => rewriter.erase(node),
  TSAbstractPropertyDefinition: (node, rewriter) => rewriter.erase(node),
  TSAbstractAccessorProperty: (node, rewriter) => rewriter.erase(node),
  TSIndexSignature: (node, rewriter) => rewriter.erase(node),
  MethodDefinition: method,
  PropertyDefinition: property,
};

function classNode(
  node: NodeOf<"ClassDeclaration"> | NodeOf<"ClassExpression">,
  rewriter: Rewriter,
): void {
  if (node.declare) {
    rewriter.erase(node);
    return;
  }
  checkDeclaredName(node, rewriter);
  rewriter.visitAll(node.decorators);
  const head = rewriter.skipTrivia(node.decorators.at(-1)?.end ?? node.start);
  if (node.abstract) rewriter.edits.blank(head, rewriter.skipToken(head, "abstract"));
  rewriter.visit(node.id);
  rewriter.blankType(node.typeParameters);
  rewriter.visit(node.superClass);
  rewriter.blankType(node.superTypeArguments);
  eraseImplements(node, rewriter);
  rewriter.visit(node.body);
}

function eraseImplements(
  node: NodeOf<"ClassDeclaration"> | NodeOf<"ClassExpression">,
  rewriter: Rewriter,
): void {
  const last = node.implements?.at(-1);
  if (last === undefined) return;
  for (const type of node.implements ?? []) rewriter.mentionTypes(type);
  const before = node.superTypeArguments ?? node.superClass ?? node.typeParameters ?? node.id;
  const from = before?.end ?? rewriter.code.indexOf("class", node.start) + "class".length;
  rewriter.edits.blank(rewriter.skipTrivia(from), last.end);
}

const MODIFIER =
  /(public|private|protected|readonly|override|declare|abstract)|static|async|get|set|accessor/y;

/** Blanks `private`, `readonly` and their like before the name of a class's member. */
function eraseModifiers(start: number, name: number, rewriter: Rewriter): void {
  const first = rewriter.skipTrivia(start);
  for (let at = first; at < name; at = rewriter.skipTrivia(MODIFIER.lastIndex)) {
    MODIFIER.lastIndex = at;
    const match = MODIFIER.exec(rewriter.code);
    if (match === null) return;
    if (match[1] === undefined) continue;
    // The modifier kept the member apart from the one before it.
    if (at === first) rewriter.edits.overwrite(at, MODIFIER.lastIndex, ";");
    else rewriter.edits.blank(at, MODIFIER.lastIndex);
  }
}

function memberName(
  node: NodeOf<"MethodDefinition"> | NodeOf<"PropertyDefinition">,
  rewriter: Rewriter,
): void {
  rewriter.visitAll(node.decorators);
  eraseModifiers(node.decorators.at(-1)?.end ?? node.start, node.key.start, rewriter);
  if (node.computed) rewriter.visit(node.key);
  const afterName = node.computed ? rewriter.skipToken(node.key.end, "]") : node.key.end;
  if (node.optional) rewriter.blankMark(afterName, "?");
  if ("definite" in node && node.definite) rewriter.blankMark(afterName, "!");
}

function method(node: NodeOf<"MethodDefinition">, rewriter: Rewriter): void {
  if (node.value.body === null) {
    rewriter.erase(node);
    return;
  }
  memberName(node, rewriter);
  rewriter.visit(node.value);
}

function property(node: NodeOf<"PropertyDefinition">, rewriter: Rewriter): void {
  if (node.declare) {
    rewriter.erase(node);
    return;
  }
  memberName(node, rewriter);
  rewriter.blankType(node.typeAnnotation);
  rewriter.visit(node.value);
  rewriter.endStatement(node);
}
