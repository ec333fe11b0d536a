/** Enums and namespaces of one name and list of statements fill one object. */
import type { Node, NodeOf, Rewriter } from "../syntax/rewriter";

/** Marks those of the statements that add to an object that another of them declares. */
export function markMerged(statements: readonly Node[], rewriter: Rewriter): void {
  const declarations = statements.map(declarationIn);
  if (!declarations.some((node) => isObject(node))) return;
  const functions = declarations.filter((node) => node?.type === "FunctionDeclaration");
  const declared = new Set(functions.map((node) => nameOf(node)));
  for (const node of declarations) {
    const name = nameOf(node);
    if (node === undefined || name === undefined) continue;
    if (isObject(node) && declared.has(name)) rewriter.lowering.merged.add(node);
    if (isObject(node) || node.type === "ClassDeclaration") declared.add(name);
  }
}

function isObject(node: Node | undefined): boolean {
  if (node?.type === "TSEnumDeclaration") return !node.declare;
  return node?.type === "TSModuleDeclaration" && isInstantiated(node);
}

/** The declaration in a statement, without `export`. */
function declarationIn(statement: Node): Node | undefined {
  if (statement.type === "ExportNamedDeclaration") return statement.declaration ?? undefined;
  if (statement.type === "ExportDefaultDeclaration") return statement.declaration;
  return statement;
}

function nameOf(node: Node | undefined): string | undefined {
  switch (node?.type) {
    case "FunctionDeclaration":
    case "ClassDeclaration":
    case "TSEnumDeclaration":
      return node.id?.name;
    case "TSModuleDeclaration":
      return namespaceNames(node)[0];
    default:
      return undefined;
  }
}

/** `["A", "B"]` for `namespace A.B`. */
export function namespaceNames(node: NodeOf<"TSModuleDeclaration">): string[] {
  const names: string[] = [];
  const collect = (id: Node): void => {
    if (id.type === "Identifier") names.push(id.name);
    if (id.type === "TSQualifiedName") {
      collect(id.left);
      collect(id.right);
    }
  };
  collect(node.id);
  return names;
}

/** Whether there is anything of a namespace at run time. */
export function isInstantiated(node: NodeOf<"TSModuleDeclaration">): boolean {
  if (node.declare || node.global || node.id.type === "Literal" || node.body === null) return false;
  return node.body.body.some((statement) => {
    const inner = declarationIn(statement);
    switch (inner?.type) {
      case "TSInterfaceDeclaration":
      case "TSTypeAliasDeclaration":
      case "TSDeclareFunction":
        return false;
      case "TSModuleDeclaration":
        return isInstantiated(inner);
      case "VariableDeclaration":
      case "ClassDeclaration":
      case "FunctionDeclaration":
      case "TSEnumDeclaration":
        return !inner.declare;
      default:
        return inner !== undefined;
    }
  });
}

/** How the object of an enum or namespace comes into being. */
interface ObjectDeclaration {
  /** What declares its variable; a semicolon if another statement does. */
  readonly before: string;
  /** The expression that makes it, if need be, and returns it. */
  readonly object: string;
}

/**
 * `scope` is the namespace that exports it, if one does. At the top level its variable is set to
 * undefined first, so that it does not add to one of that name in an earlier cell.
 */
export function declareObject(node: Node, name: string, rewriter: Rewriter): ObjectDeclaration {
  const scope = rewriter.lowering.exporting.get(node);
  const object =
    scope === undefined
      ? `${name}||(${name}={})`
      : `${name}=${scope}.${name}||(${scope}.${name}={})`;
  if (rewriter.lowering.merged.has(node)) return { before: ";", object };
  const isTop = rewriter.lowering.topLevel.has(node);
  return { before: isTop ? `var ${name}=void 0;` : `let ${name};`, object };
}
