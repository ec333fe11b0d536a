/** Takes types away in place: each stays as wide as it was, in blanks. */
import { CellSyntaxError } from "../compiled-cell";
import { Places } from "../syntax/places";
import type { Handlers, Node, NodeOf, Rewriter } from "../syntax/rewriter";

/** Blanks all that is only of interest to the type checker. */
export const eraseTypes: Handlers = {
  Identifier: identifier,
  JSXIdentifier: (node, rewriter) => void rewriter.mentions.values.add(node.name),
  TSTypeAnnotation: (node, rewriter) => rewriter.blankType(node),
  TSTypeParameterDeclaration: (node, rewriter) => rewriter.blankType(node),
  TSTypeParameterInstantiation: (node, rewriter) => rewriter.blankType(node),

  TSAsExpression: suffix,
  TSSatisfiesExpression: suffix,
  TSNonNullExpression: suffix,
  TSInstantiationExpression: suffix,
  TSTypeAssertion: cast,

  TSInterfaceDeclaration: (node, rewriter) => rewriter.erase(node),
  TSTypeAliasDeclaration: (node, rewriter) => rewriter.erase(node),
  TSDeclareFunction: (node, rewriter) => rewriter.erase(node),
  TSNamespaceExportDeclaration: (node, rewriter) => rewriter.erase(node),

  ExpressionStatement: statement,
  ReturnStatement: statement,
  ThrowStatement: statement,
  DoWhileStatement: statement,
  VariableDeclaration: (node, rewriter) => {
    if (node.declare) rewriter.erase(node);
    else statement(node, rewriter);
  },
  VariableDeclarator: declarator,
  ForStatement: forStatement,
  ForInStatement: forInOf,
  ForOfStatement: forInOf,

  FunctionDeclaration: functionNode,
  FunctionExpression: functionNode,
  ArrowFunctionExpression: arrowFunction,

  ClassDeclaration: classNode,
  ClassExpression: classNode,
  TSAbstractMethodDefinition: (node, rewriter) => rewriter.erase(node),
  TSAbstractPropertyDefinition: (node, rewriter) => rewriter.erase(node),
  TSAbstractAccessorProperty: (node, rewriter) => rewriter.erase(node),
  TSIndexSignature: (node, rewriter) => rewriter.erase(node),
  MethodDefinition: method,
  PropertyDefinition: property,

  BinaryExpression: operators,
  LogicalExpression: operators,
  MemberExpression: (node, rewriter) => {
    rewriter.visit(node.object);
    if (node.computed) rewriter.visit(node.property);
  },
  Property: (node, rewriter) => {
    if (node.computed) rewriter.visit(node.key);
    rewriter.visit(node.value);
  },
  LabeledStatement: (node, rewriter) => rewriter.visit(node.body),
  BreakStatement: () => {},
  ContinueStatement: () => {},
  MetaProperty: () => {},

  JSXElement: jsx,
  JSXFragment: jsx,
  Decorator: transformed,
  AccessorProperty: transformed,
};

/** What only a full transform can turn into JavaScript. */
function transformed(node: Node, rewriter: Rewriter): void {
  rewriter.needsTransform = true;
  rewriter.visitChildren(node);
}

function jsx(node: NodeOf<"JSXElement"> | NodeOf<"JSXFragment">, rewriter: Rewriter): void {
  rewriter.hasJsx = true;
  transformed(node, rewriter);
}

/** Without recursion on the left side: sums and concatenations may be thousands of terms long. */
function operators(
  node: NodeOf<"BinaryExpression"> | NodeOf<"LogicalExpression">,
  rewriter: Rewriter,
): void {
  const right: Node[] = [];
  let left: Node = node;
  while (left.type === "BinaryExpression" || left.type === "LogicalExpression") {
    right.push(left.right);
    left = left.left;
  }
  rewriter.visit(left);
  rewriter.visitAll(right.reverse());
}

function identifier(node: NodeOf<"Identifier">, rewriter: Rewriter): void {
  rewriter.mentions.values.add(node.name);
  const annotation = node.typeAnnotation;
  if (node.optional) blankMark(identifierEnd(node, rewriter), "?", rewriter);
  rewriter.blankType(annotation);
}

const NAME = /(?:[\p{ID_Continue}$\u200c\u200d]|\\u[\da-fA-F]{4}|\\u\{[\da-fA-F]+\})+/uy;

function identifierEnd(node: NodeOf<"Identifier">, rewriter: Rewriter): number {
  NAME.lastIndex = node.start;
  NAME.exec(rewriter.code);
  return NAME.lastIndex;
}

/** Blanks a `?` or `!` that is the next token. */
function blankMark(from: number, mark: string, rewriter: Rewriter): void {
  const end = rewriter.skipToken(from, mark);
  if (end > from) rewriter.edits.blank(end - 1, end);
}

function suffix(
  node: NodeOf<
    "TSAsExpression" | "TSSatisfiesExpression" | "TSNonNullExpression" | "TSInstantiationExpression"
  >,
  rewriter: Rewriter,
): void {
  rewriter.visit(node.expression);
  if ("typeAnnotation" in node) rewriter.mentionTypes(node.typeAnnotation);
  if ("typeArguments" in node) rewriter.mentionTypes(node.typeArguments);
  rewriter.edits.blank(node.expression.end, node.end);
}

/** `<T>value`: in brackets, since `value` may start on a later line than `return`, or with `{`. */
function cast(node: NodeOf<"TSTypeAssertion">, rewriter: Rewriter): void {
  rewriter.mentionTypes(node.typeAnnotation);
  rewriter.edits.overwrite(node.start, node.expression.start, "(");
  rewriter.visit(node.expression);
  rewriter.edits.insert(node.expression.end, ")");
}

function statement(node: Node, rewriter: Rewriter): void {
  rewriter.visitChildren(node);
  endStatement(node, rewriter);
}

/** Ends a statement with a semicolon where an erased type ended it. */
export function endStatement(node: Node, rewriter: Rewriter): void {
  if (rewriter.code[node.end - 1] !== ";") rewriter.edits.endStatement(node.end);
}

function declarator(node: NodeOf<"VariableDeclarator">, rewriter: Rewriter): void {
  if (node.definite && node.id.type === "Identifier") {
    blankMark(identifierEnd(node.id, rewriter), "!", rewriter);
  }
  rewriter.visit(node.id);
  rewriter.visit(node.init);
}

function forStatement(node: NodeOf<"ForStatement">, rewriter: Rewriter): void {
  // Not by way of its own handler: the declaration is no statement here, so it needs no end.
  if (node.init?.type === "VariableDeclaration") rewriter.visitAll(node.init.declarations);
  else rewriter.visit(node.init);
  rewriter.visit(node.test);
  rewriter.visit(node.update);
  rewriter.visit(node.body);
}

function forInOf(
  node: NodeOf<"ForInStatement"> | NodeOf<"ForOfStatement">,
  rewriter: Rewriter,
): void {
  if (node.left.type === "VariableDeclaration") rewriter.visitAll(node.left.declarations);
  else rewriter.visit(node.left);
  rewriter.visit(node.right);
  rewriter.visit(node.body);
}

function functionNode(
  node: NodeOf<"FunctionDeclaration"> | NodeOf<"FunctionExpression">,
  rewriter: Rewriter,
): void {
  if (node.declare || node.body === null) {
    rewriter.erase(node);
    return;
  }
  checkName(node, rewriter);
  rewriter.visit(node.id);
  rewriter.blankType(node.typeParameters);
  parameters(node.params, rewriter);
  rewriter.blankType(node.returnType);
  rewriter.visit(node.body);
}

/** The parser lets declarations pass that have no name. */
function checkName(
  node: NodeOf<"FunctionDeclaration"> | NodeOf<"ClassDeclaration">,
  rewriter: Rewriter,
): void {
  if (node.id !== null || !node.type.endsWith("Declaration")) return;
  if (rewriter.lowering.unnamed === node) return;
  const what = node.type === "FunctionDeclaration" ? "function" : "class";
  const message = `Expected a name for the ${what}; as a value it stands in brackets`;
  throw new CellSyntaxError(message, new Places(rewriter.code).at(node.start));
}

/** Visits parameters, without a first one named `this`, which is a type only. */
function parameters(params: readonly Node[], rewriter: Rewriter): void {
  const first = params[0];
  if (first?.type !== "Identifier" || first.name !== "this") {
    rewriter.visitAll(params);
    return;
  }
  rewriter.mentionTypes(first);
  rewriter.edits.blank(first.start, rewriter.skipToken(first.end, ","));
  rewriter.visitAll(params.slice(1));
}

/** An arrow must stand on the line where its parameters end: erased types may not part them. */
function arrowFunction(node: NodeOf<"ArrowFunctionExpression">, rewriter: Rewriter): void {
  const { edits, code } = rewriter;
  const types = node.typeParameters;
  if (types && hasLineEnd(code.slice(types.start, types.end))) {
    rewriter.mentionTypes(types);
    const open = rewriter.skipTrivia(types.end);
    edits.overwrite(types.start, open + 1, "(");
  } else {
    rewriter.blankType(types);
  }
  parameters(node.params, rewriter);
  const returns = node.returnType;
  const close = returns ? closingBracket(node, rewriter) : 0;
  if (returns && hasLineEnd(code.slice(close, returns.end))) {
    rewriter.mentionTypes(returns);
    edits.blank(close, returns.end - 1);
    edits.replace(returns.end - 1, returns.end, ")");
  } else {
    rewriter.blankType(returns);
  }
  rewriter.visit(node.body);
}

/** The offset of the bracket that closes an arrow function's parameters. */
function closingBracket(node: NodeOf<"ArrowFunctionExpression">, rewriter: Rewriter): number {
  const last = node.params.at(-1);
  if (last !== undefined) return rewriter.skipTrivia(rewriter.skipToken(last.end, ","));
  const head = node.async ? rewriter.skipToken(node.start, "async") : node.start;
  const open = rewriter.skipTrivia(node.typeParameters?.end ?? head);
  return rewriter.skipTrivia(open + 1);
}

function hasLineEnd(text: string): boolean {
  return /[\n\r\u2028\u2029]/.test(text);
}

function classNode(
  node: NodeOf<"ClassDeclaration"> | NodeOf<"ClassExpression">,
  rewriter: Rewriter,
): void {
  if (node.declare) {
    rewriter.erase(node);
    return;
  }
  checkName(node, rewriter);
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
  if (node.optional) blankMark(afterName, "?", rewriter);
  if ("definite" in node && node.definite) blankMark(afterName, "!", rewriter);
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
  endStatement(node, rewriter);
}
