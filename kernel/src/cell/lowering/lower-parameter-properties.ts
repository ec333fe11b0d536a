/** `constructor(private x: number)` as JavaScript, in place. */
import { boundNames } from "../syntax/bound-names";
import { forEachChild, type Node, type NodeOf, type Rewriter } from "../syntax/rewriter";

/** The class's body, with its parameter properties as fields that the constructor sets. */
export function lowerClassBody(node: NodeOf<"ClassBody">, rewriter: Rewriter): void {
  for (const member of node.body) {
    if (member.type !== "MethodDefinition" || member.kind !== "constructor") continue;
    const names = parameterProperties(member);
    if (names.length === 0 || member.value.body === null) continue;
    rewriter.edits.insert(node.start + 1, `${names.join(";")};`);
    rewriter.lowering.parameterProperties.set(member.value.body, names);
  }
  rewriter.visitAll(node.body);
}

function parameterProperties(method: NodeOf<"MethodDefinition">): string[] {
  return method.value.params.flatMap((parameter) =>
    parameter.type === "TSParameterProperty" ? boundNames(parameter.parameter) : [],
  );
}

/** A parameter without its modifiers. */
export function lowerParameter(node: NodeOf<"TSParameterProperty">, rewriter: Rewriter): void {
  rewriter.visitAll(node.decorators);
  const start = rewriter.skipTrivia(node.decorators.at(-1)?.end ?? node.start);
  rewriter.edits.blank(start, node.parameter.start);
  rewriter.visit(node.parameter);
}

/** In the body of a constructor, sets the fields as soon as there is a `this`. */
export function assignParameterProperties(
  body: NodeOf<"BlockStatement">,
  rewriter: Rewriter,
): void {
  const names = rewriter.lowering.parameterProperties.get(body);
  if (names === undefined) return;
  const assignments = names.map((name) => `this.${name}=${name}`);
  const calls = superCalls(body);
  if (calls.length === 0) {
    const prologue = body.body.findLast((item) => "directive" in item && item.directive !== null);
    rewriter.edits.insert(prologue?.end ?? body.start + 1, `;${assignments.join(";")};`);
  }
  for (const call of calls) rewriter.lowering.superCalls.set(call, assignments.join(","));
}

/** A statement `super()` needs no brackets, which might join it to the line before. */
export function lowerExpressionStatement(
  node: NodeOf<"ExpressionStatement">,
  rewriter: Rewriter,
): void {
  const assignments = rewriter.lowering.superCalls.get(node.expression);
  if (assignments === undefined) {
    rewriter.visit(node.expression);
    return;
  }
  rewriter.visitChildren(node.expression);
  rewriter.edits.insert(node.expression.end, `,${assignments}`);
}

/** A call `super()` that is part of an expression. */
export function lowerCall(node: NodeOf<"CallExpression">, rewriter: Rewriter): void {
  const assignments = rewriter.lowering.superCalls.get(node);
  if (assignments === undefined) {
    rewriter.visitChildren(node);
    return;
  }
  rewriter.edits.insert(node.start, "(");
  rewriter.visitChildren(node);
  rewriter.edits.insert(node.end, `,${assignments},this)`);
}

/** The calls of the parent's constructor, without those of classes inside. */
function superCalls(node: Node): Node[] {
  if (node.type === "CallExpression" && node.callee.type === "Super") return [node];
  if (node.type === "ClassBody") return [];
  const calls: Node[] = [];
  forEachChild(node, (child) => calls.push(...superCalls(child)));
  return calls;
}
