/** `namespace` as JavaScript, in place. */
import { boundNames } from "../syntax/bound-names";
import type { Node, NodeOf, Rewriter } from "../syntax/rewriter";
import { declareObject, isInstantiated, markMerged, namespaceNames } from "./merged-declarations";

/** `namespace N { export const x = 1 }` as a function that is called with the object N. */
export function lowerNamespace(node: NodeOf<"TSModuleDeclaration">, rewriter: Rewriter): void {
  if (!isInstantiated(node) || node.body === null) {
    rewriter.erase(node);
    return;
  }
  const { edits } = rewriter;
  const depth = rewriter.lowering.namespaceDepth;
  const [outer = "", ...inner] = namespaceNames(node);
  const { before, object } = declareObject(node, outer, rewriter);
  let head = `${before}(function(${objectName(depth)}){`;
  let tail = `})(${object});`;
  for (const [index, name] of inner.entries()) {
    const scope = objectName(depth + index);
    head += `let ${name};(function(${objectName(depth + index + 1)}){`;
    tail = `})(${name}=${scope}.${name}||(${scope}.${name}={}));${tail}`;
  }
  rewriter.lowering.namespaceDepth = depth + inner.length + 1;
  const scope = objectName(depth + inner.length);
  rewriter.edits.replaceKeepingLines(
    node.start,
    node.body.start + 1,
    head + earlierExports(node, scope, rewriter),
  );
  markMerged(node.body.body, rewriter);
  for (const statement of node.body.body) namespaceStatement(statement, scope, rewriter);
  edits.replace(node.body.end - 1, node.body.end, tail);
  rewriter.lowering.namespaceDepth = depth;
}

/** What the object is called inside: a name that nothing in the namespace has. */
function objectName(depth: number): string {
  return `__namespace${depth + 1}`;
}

function namespaceStatement(statement: Node, scope: string, rewriter: Rewriter): void {
  if (statement.type !== "ExportNamedDeclaration" || statement.declaration === null) {
    rewriter.visit(statement);
    return;
  }
  const { declaration } = statement;
  const { edits, code } = rewriter;
  switch (declaration.type) {
    case "TSEnumDeclaration":
    case "TSModuleDeclaration":
    case "TSImportEqualsDeclaration":
      rewriter.lowering.exporting.set(declaration, scope);
      break;
    default:
  }
  edits.blank(statement.start, declaration.start);
  rewriter.visit(declaration);
  const assignments = exportAssignments(declaration, scope);
  if (assignments === "") return;
  const isClosed = declaration.type !== "VariableDeclaration" || code[declaration.end - 1] === ";";
  edits.insert(statement.end, `${isClosed ? "" : ";"}${assignments}`);
}

/** What makes an exported declaration a property of the namespace's object. */
function exportAssignments(declaration: Node, scope: string): string {
  switch (declaration.type) {
    case "FunctionDeclaration":
    case "ClassDeclaration": {
      const name = declaration.id?.name;
      return declaration.declare || name === undefined ? "" : `${scope}.${name}=${name};`;
    }
    case "VariableDeclaration": {
      if (declaration.declare) return "";
      const names = declaration.declarations.flatMap((item) => boundNames(item.id));
      return names.map((name) => exportVariable(declaration.kind, name, scope)).join("");
    }
    default:
      return "";
  }
}

/** Variables that may change later are read and written through the object. */
function exportVariable(kind: string, name: string, scope: string): string {
  if (kind === "const") return `${scope}.${name}=${name};`;
  const access = `get(){return ${name}},set(__v){${name}=__v}`;
  return `Object.defineProperty(${scope},"${name}",{enumerable:true,configurable:true,${access}});`;
}

/** Names that an earlier block of the same namespace exports and this one uses. */
function earlierExports(
  node: NodeOf<"TSModuleDeclaration">,
  scope: string,
  rewriter: Rewriter,
): string {
  const key = namespaceNames(node).join(".");
  const earlier = rewriter.lowering.namespaceExports.get(key) ?? new Set<string>();
  const own = new Set<string>();
  const exported = new Set<string>();
  for (const statement of node.body?.body ?? []) {
    const isExport = statement.type === "ExportNamedDeclaration";
    const declaration = isExport ? statement.declaration : statement;
    for (const name of declaredNames(declaration)) {
      own.add(name);
      if (isExport) exported.add(name);
    }
  }
  rewriter.lowering.namespaceExports.set(key, new Set([...earlier, ...exported]));
  const text = rewriter.code.slice(node.start, node.end);
  const names = [...earlier].filter((name) => !own.has(name) && text.includes(name));
  return names.map((name) => `const ${name}=${scope}.${name};`).join("");
}

/** The names that a declaration binds as values. */
function declaredNames(declaration: Node | null): string[] {
  switch (declaration?.type) {
    case "VariableDeclaration":
      return declaration.declarations.flatMap((item) => boundNames(item.id));
    case "FunctionDeclaration":
    case "ClassDeclaration":
    case "TSEnumDeclaration":
      return declaration.id === null ? [] : [declaration.id.name];
    case "TSModuleDeclaration":
      return isInstantiated(declaration) ? namespaceNames(declaration).slice(0, 1) : [];
    case "TSImportEqualsDeclaration":
      return [declaration.id.name];
    default:
      return [];
  }
}
