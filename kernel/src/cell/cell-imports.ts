/** `import` in a cell: the kernel loads the module, and its names become variables. */
import type { ImportAttribute } from "oxc-parser";
import { RUNTIME } from "../bridge/contract";
import type { Node, NodeOf, Rewriter } from "./syntax/rewriter";

/** What a statement imports as values: pairs of a module's name and the cell's. */
interface Imported {
  readonly names: readonly (readonly [string, string])[];
  readonly namespace: string | undefined;
}

/** Replaces an import; to be called when all that the cell mentions is known. */
export function lowerImport(node: NodeOf<"ImportDeclaration">, rewriter: Rewriter): void {
  const { names, namespace } = importedValues(node);
  const isTypeOnly = node.specifiers.length > 0 && names.length === 0 && namespace === undefined;
  if (node.importKind === "type" || isTypeOnly) {
    rewriter.erase(node);
    return;
  }
  // A name that the cell does not use as a value may be a type: the module need not have it.
  const needed = names.filter(([, local]) => rewriter.mentions.values.has(local));
  const load = loadModule(
    node.source.value,
    needed.map(([name]) => name),
    node.attributes,
    rewriter.surroundings.place(node.start),
  );
  const pattern = `{${names.map(([name, local]) => `${JSON.stringify(name)}:${local}`).join(",")}}`;
  let text = `${load};`;
  if (namespace !== undefined) {
    text = `var ${namespace}=${load};`;
    if (names.length > 0) text += `var ${pattern}=${namespace};`;
  } else if (names.length > 0) {
    text = `var ${pattern}=${load};`;
  }
  rewriter.edits.replaceKeepingLines(node.start, node.end, text);
}

/** Replaces `export ... from`: the module is loaded, no variable is made. */
export function lowerReExport(
  node: NodeOf<"ExportNamedDeclaration"> | NodeOf<"ExportAllDeclaration">,
  rewriter: Rewriter,
): void {
  const specifiers = "specifiers" in node ? node.specifiers : [];
  const values = specifiers.filter((item) => item.exportKind !== "type");
  const isTypeOnly = specifiers.length > 0 && values.length === 0;
  if (node.exportKind === "type" || isTypeOnly || node.source === null) {
    rewriter.erase(node);
    return;
  }
  const load = loadModule(
    node.source.value,
    [],
    node.attributes,
    rewriter.surroundings.place(node.start),
  );
  rewriter.edits.replaceKeepingLines(node.start, node.end, `${load};`);
}

function importedValues(node: NodeOf<"ImportDeclaration">): Imported {
  const names: [string, string][] = [];
  let namespace: string | undefined;
  for (const item of node.specifiers) {
    const local = item.local.name;
    if (item.type === "ImportNamespaceSpecifier") namespace = local;
    else if (item.type === "ImportDefaultSpecifier") names.push(["default", local]);
    else if (item.importKind !== "type") names.push([moduleExportName(item.imported), local]);
  }
  return { names, namespace };
}

/** The name in `import { name }` or `import { "any text" as local }`. */
export function moduleExportName(node: Node): string {
  if (node.type === "Identifier") return node.name;
  return node.type === "Literal" ? String(node.value) : "";
}

/** An expression that loads a module which must have `names`. */
export function loadModule(
  specifier: string,
  names: readonly string[],
  attributes: readonly ImportAttribute[],
  place: string,
): string {
  const args = [JSON.stringify(specifier), JSON.stringify(names)];
  if (attributes.length > 0) {
    const entries = attributes.map(({ key, value }) => [
      key.type === "Identifier" ? key.name : key.value,
      value.value,
    ]);
    args.push(JSON.stringify(Object.fromEntries(entries)));
  }
  return `await ${RUNTIME}.wait(${RUNTIME}.load(${args.join(",")}),${JSON.stringify(place)})`;
}
