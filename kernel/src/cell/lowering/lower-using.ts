/** `using` inside blocks as JavaScript that Node 20 knows, in place. */
import type { Node, NodeOf, Rewriter } from "../syntax/rewriter";

/** What opens and closes the part of a block whose resources are disposed at its end. */
interface Disposal {
  readonly open: string;
  readonly close: string;
}

const SCOPE = "__scope";

/** `at` is the offset of the first of the declarations, `isAsync` if one is `await using`. */
function disposal(isAsync: boolean, at: number, { surroundings }: Rewriter): Disposal {
  const end = isAsync ? surroundings.wait(`${SCOPE}.disposeAsync()`, at) : `${SCOPE}.dispose()`;
  return {
    open: `const ${SCOPE}=${surroundings.prelude.helper("disposalScope")}();try{`,
    close: `}catch(__e){${SCOPE}.fail(__e)}finally{${end}}`,
  };
}

function isUsing(node: Node | null): node is NodeOf<"VariableDeclaration"> {
  return node?.type === "VariableDeclaration" && node.kind.endsWith("using");
}

/** Surrounds the statements of a block with what disposes their resources, if they have any. */
export function lowerUsingInList(
  statements: readonly Node[],
  start: number,
  end: number,
  rewriter: Rewriter,
): void {
  const declarations = statements.filter(isUsing);
  const first = declarations[0];
  if (first === undefined) {
    rewriter.visitAll(statements);
    return;
  }
  const isAsync = declarations.some((node) => node.kind === "await using");
  const { open, close } = disposal(isAsync, first.start, rewriter);
  const prologue = statements.findLast((item) => "directive" in item && item.directive !== null);
  rewriter.edits.insert(prologue?.end ?? start, prologue === undefined ? open : `;${open}`);
  rewriter.visitAll(statements);
  rewriter.edits.insert(end, close);
}

/** `using x = value` as `const x = scope.use(value)`. */
export function lowerUsing(node: NodeOf<"VariableDeclaration">, rewriter: Rewriter): void {
  useKeyword(node, "const", rewriter);
  const isAsync = node.kind === "await using";
  useValues(node, `${SCOPE}.use(`, `,${isAsync})`, rewriter);
}

/** Replaces `using` or `await using` by another keyword. */
export function useKeyword(
  node: NodeOf<"VariableDeclaration">,
  keyword: string,
  rewriter: Rewriter,
): void {
  const name = node.declarations[0]?.start ?? node.end;
  const using = rewriter.code.lastIndexOf("using", name - 1) + "using".length;
  rewriter.edits.overwrite(node.start, using, keyword);
}

/** Puts the values of declarations into a call. */
export function useValues(
  node: NodeOf<"VariableDeclaration">,
  open: string,
  close: string,
  rewriter: Rewriter,
): void {
  for (const declaration of node.declarations) {
    rewriter.visit(declaration.id);
    if (declaration.init === null) continue;
    rewriter.edits.insert(declaration.init.start, open);
    rewriter.visit(declaration.init);
    rewriter.edits.insert(declaration.init.end, close);
  }
}

/** `for (using x of values)`: each value is disposed at the end of its turn. */
export function lowerUsingLoop(
  node: NodeOf<"ForOfStatement">,
  rewriter: Rewriter,
  visitRight: () => void,
): boolean {
  const { left } = node;
  if (!isUsing(left)) return false;
  const name = left.declarations[0]?.id;
  const isAsync = left.kind === "await using";
  const { open, close } = disposal(isAsync, left.start, rewriter);
  useKeyword(left, "const", rewriter);
  rewriter.visit(name);
  visitRight();
  const variable = name?.type === "Identifier" ? name.name : "undefined";
  rewriter.edits.insert(node.body.start, `{${open}${SCOPE}.use(${variable},${isAsync});`);
  rewriter.visit(node.body);
  rewriter.edits.insert(node.body.end, `${close}}`);
  return true;
}

/** `for (using x = value; ...)`: the value is disposed after the last turn. */
export function lowerUsingFor(node: NodeOf<"ForStatement">, rewriter: Rewriter): boolean {
  if (!isUsing(node.init)) return false;
  const { open, close } = disposal(node.init.kind === "await using", node.start, rewriter);
  rewriter.edits.insert(node.start, `{${open}`);
  lowerUsing(node.init, rewriter);
  rewriter.visit(node.test);
  rewriter.visit(node.update);
  rewriter.visit(node.body);
  rewriter.edits.insert(node.end, `${close}}`);
  return true;
}
