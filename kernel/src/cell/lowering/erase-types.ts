/** Takes types away in place: each stays as wide as it was, in blanks. */
import type { Handlers, Node, NodeOf, Rewriter } from "../syntax/rewriter";
import { checkDeclaredName } from "./declared-name";
import { eraseClassTypes } from "./erase-class-types";

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

  ...eraseClassTypes,

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
  if (node.optional) rewriter.blankMark(identifierEnd(node, rewriter), "?");
  rewriter.blankType(annotation);
}

const NAME = /(?:[\p{ID_Continue}$\u200c\u200d]|\\u[\da-fA-F]{4}|\\u\{[\da-fA-F]+\})+/uy;

function identifierEnd(node: NodeOf<"Identifier">, rewriter: Rewriter): number {
  NAME.lastIndex = node.start;
  NAME.exec(rewriter.code);
  return NAME.lastIndex;
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
  rewriter.endStatement(node);
}

function declarator(node: NodeOf<"VariableDeclarator">, rewriter: Rewriter): void {
  if (node.definite && node.id.type === "Identifier") {
    rewriter.blankMark(identifierEnd(node.id, rewriter), "!");
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
  checkDeclaredName(node, rewriter);
  rewriter.visit(node.id);
  rewriter.blankType(node.typeParameters);
  parameters(node.params, rewriter);
  rewriter.blankType(node.returnType);
  rewriter.visit(node.body);
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
