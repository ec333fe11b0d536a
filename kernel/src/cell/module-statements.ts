/** The top level of a local file. */
import { findBindings } from "./bindings";
import { moduleExportName } from "./cell-imports";
import { useKeyword, useValues } from "./lowering/lower-using";
import { isInstantiated } from "./lowering/merged-declarations";
import type { Parsed } from "./syntax/parse";
import type { Node, NodeOf, Rewriter } from "./syntax/rewriter";

/** What is known of a file beforehand. */
export interface ModuleFacts {
  /** True for an ECMAScript module. */
  readonly isModule: boolean;
  /** Imported names that are values; undefined if there are none. */
  readonly kept: ReadonlySet<string> | undefined;
  /** The file's own names that are only types. */
  readonly types: ReadonlySet<string>;
}

/** Gathers what must be known of a file before its statements are rewritten. */
export function moduleFacts(
  parsed: Parsed,
  isModule: boolean,
  kept: ReadonlySet<string> | undefined,
): ModuleFacts {
  const kinds = findBindings(parsed.program);
  const types = [...kinds].filter(([, kind]) => kind === "type" || kind === "import type");
  return { isModule, kept, types: new Set(types.map(([name]) => name)) };
}

/** Rewrites one top-level statement. */
export function rewriteModuleStatement(node: Node, facts: ModuleFacts, rewriter: Rewriter): void {
  switch (node.type) {
    case "ImportDeclaration":
      importDeclaration(node, facts, rewriter);
      break;
    case "ExportNamedDeclaration":
      exportNamed(node, facts, rewriter);
      break;
    case "ExportAllDeclaration":
      if (node.exportKind === "type") rewriter.erase(node);
      break;
    case "ExportDefaultDeclaration":
      if (isTypeDeclaration(node.declaration)) {
        rewriter.erase(node);
      } else {
        rewriter.lowering.unnamed = node.declaration;
        rewriter.visit(node.declaration);
        rewriter.endStatement(node);
      }
      break;
    case "TSExportAssignment":
      rewriter.edits.overwrite(node.start, node.expression.start, "module.exports=");
      rewriter.visit(node.expression);
      rewriter.endStatement(node);
      break;
    case "TSImportEqualsDeclaration":
      importEquals(node, facts, rewriter);
      break;
    case "TSEnumDeclaration":
    case "TSModuleDeclaration":
      rewriter.lowering.topLevel.add(node);
      rewriter.visit(node);
      break;
    case "VariableDeclaration":
      if (node.kind.endsWith("using")) fileUsing(node, rewriter);
      else rewriter.visit(node);
      break;
    default:
      rewriter.visit(node);
  }
}

/** Whether nothing of a declaration is left at run time. */
function isTypeDeclaration(node: Node): boolean {
  switch (node.type) {
    case "TSInterfaceDeclaration":
    case "TSTypeAliasDeclaration":
    case "TSDeclareFunction":
      return true;
    case "TSModuleDeclaration":
      return !isInstantiated(node);
    case "VariableDeclaration":
    case "ClassDeclaration":
    case "FunctionDeclaration":
    case "TSEnumDeclaration":
      return node.declare === true;
    case "TSImportEqualsDeclaration":
      return node.importKind === "type";
    default:
      return false;
  }
}

function importDeclaration(
  node: NodeOf<"ImportDeclaration">,
  facts: ModuleFacts,
  rewriter: Rewriter,
): void {
  const { specifiers } = node;
  const isType = (item: (typeof specifiers)[number]): boolean =>
    (item.type === "ImportSpecifier" && item.importKind === "type") ||
    facts.kept?.has(item.local.name) === false;
  const removed = specifiers.filter(isType);
  const isAll = removed.length > 0 && removed.length === specifiers.length;
  if (node.importKind === "type" || isAll) rewriter.erase(node);
  else if (removed[0]?.type === "ImportNamespaceSpecifier") removeNamespace(node, rewriter);
  else removeItems(removed, rewriter);
}

/** Blanks items of a list, with the commas after them. */
function removeItems(items: readonly Node[], rewriter: Rewriter): void {
  for (const item of items) rewriter.edits.blank(item.start, rewriter.skipToken(item.end, ","));
}

/** `import a, * as b` without `b`: the comma before it goes as well. */
function removeNamespace(node: NodeOf<"ImportDeclaration">, rewriter: Rewriter): void {
  const [first, second] = node.specifiers;
  rewriter.edits.blank(first?.end ?? node.start, second?.end ?? node.start);
}

function exportNamed(
  node: NodeOf<"ExportNamedDeclaration">,
  facts: ModuleFacts,
  rewriter: Rewriter,
): void {
  const { declaration, specifiers } = node;
  if (node.exportKind === "type" || (declaration !== null && isTypeDeclaration(declaration))) {
    rewriter.erase(node);
    return;
  }
  if (declaration !== null) {
    // It adds to an object that is exported already.
    if (rewriter.lowering.merged.has(declaration)) {
      rewriter.edits.blank(node.start, declaration.start);
    }
    rewriteModuleStatement(declaration, facts, rewriter);
    return;
  }
  const isLocal = node.source === null;
  const removed = specifiers.filter(
    (item) =>
      item.exportKind === "type" || (isLocal && facts.types.has(moduleExportName(item.local))),
  );
  const isAll = removed.length > 0 && removed.length === specifiers.length;
  // A local `export {}` stays: it makes the file a module.
  if (isAll && !isLocal) rewriter.erase(node);
  else removeItems(removed, rewriter);
}

function importEquals(
  node: NodeOf<"TSImportEqualsDeclaration">,
  facts: ModuleFacts,
  rewriter: Rewriter,
): void {
  const { moduleReference } = node;
  rewriter.lowering.topLevel.add(node);
  rewriter.visit(node);
  const isFile = moduleReference.type === "TSExternalModuleReference";
  if (!isFile || node.importKind === "type" || !facts.isModule) return;
  const { start } = moduleReference;
  const require = 'process.getBuiltinModule("module").createRequire(import.meta.url)';
  rewriter.edits.replace(start, start + "require".length, require);
}

/** `using` at the top level: disposed after the file's last statement. */
function fileUsing(node: NodeOf<"VariableDeclaration">, rewriter: Rewriter): void {
  const isAsync = node.kind === "await using";
  useKeyword(node, "const", rewriter);
  const scope = fileScope(isAsync, rewriter);
  useValues(node, `${scope}.use(`, `,${isAsync})`, rewriter);
  rewriter.endStatement(node);
}

function fileScope(isAsync: boolean, rewriter: Rewriter): string {
  const { lowering } = rewriter;
  const { prelude } = rewriter.surroundings;
  const make = prelude.helper("disposalScope");
  const known = lowering.fileScope;
  const name = known?.name ?? prelude.module((local) => `const ${local}=${make}();`);
  lowering.fileScope = { name, isAsync: isAsync || known?.isAsync === true };
  return name;
}

/** What disposes the resources of a file; to be called after its last statement. */
export function endModule(rewriter: Rewriter): void {
  const scope = rewriter.lowering.fileScope;
  if (scope === undefined) return;
  const end = scope.isAsync ? `await ${scope.name}.disposeAsync();` : `${scope.name}.dispose();`;
  rewriter.edits.insert(rewriter.code.length, `\n;${end}`);
}
