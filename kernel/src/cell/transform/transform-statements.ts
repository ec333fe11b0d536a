/** Statements that only a full transform can turn into JavaScript. */

import { moduleExportName } from "../cell-imports";
import { isHelperName } from "../lowering/prelude";
import type { Parsed } from "../syntax/parse";
import { Places } from "../syntax/places";
import { type Handlers, type Node, Rewriter, type Surroundings } from "../syntax/rewriter";
import { type OffsetMap, type Range, SourceEdits } from "../syntax/source-edits";
import { jsxOptions } from "./jsx-pragmas";
import { layOut } from "./layout";
import { type Transformed, transformRanges } from "./transform";

/** What the transform calls the object that has its helpers. */
const HELPERS = "babelHelpers";

/** What the statements belong to: a cell or a module. */
export interface TransformTarget {
  /** Handlers for printed code. */
  handlers(program: Node, code: string): Handlers;
  /** Rewrites a printed statement; `owner` is the statement of the source that it comes from. */
  rewrite(statement: Node, owner: Node, isLastOfOwner: boolean, rewriter: Rewriter): void;
  /** A statement that binds a module to `local`; `place` is that of what needs it. */
  importModule(local: string, specifier: string, names: readonly string[], place: string): string;
  /** Whether `export` stays. */
  readonly keepsExports: boolean;
}

/** Replaces statements by what the transform makes of them, each token on its own line. */
export function transformStatements(
  text: string,
  parsed: Parsed,
  statements: readonly Node[],
  target: TransformTarget,
  main: Rewriter,
): void {
  const ranges = statements.map(wholeStatement);
  const unwanted = target.keepsExports ? [] : statements.flatMap((it) => exportWords(it, main));
  const transformed = transformRanges(
    text,
    ranges,
    unwanted,
    parsed.language,
    jsxOptions(parsed.comments),
  );
  const { code, program, toSource } = transformed;
  const edits = new SourceEdits(code);
  const handlers = target.handlers(program, code);
  const names = importJsx(transformed, target, main);
  const rewriter = new Rewriter(code, edits, printedSurroundings(main, toSource), {
    ...handlers,
    ...printedNames(names, handlers),
  });
  const source = new Places(text);
  for (const part of transformed.parts) {
    const owner = statements[part.owner];
    const range = ranges[part.owner];
    if (owner === undefined || range === undefined) continue;
    for (const statement of part.statements) {
      target.rewrite(statement, owner, statement === part.statements.at(-1), rewriter);
    }
    const missing = layOut(part, transformed, source, range, edits);
    const { text: printed, toOriginal } = edits.apply(part.start, part.end);
    // The semicolon keeps it apart from the statement before.
    const js = `;${printed}${"\n".repeat(missing)}`;
    main.edits.replace(range.start, range.end, js, (offset) =>
      toSource(toOriginal(Math.max(0, offset - 1))),
    );
  }
}

function printedSurroundings({ surroundings }: Rewriter, toSource: OffsetMap): Surroundings {
  return {
    prelude: surroundings.prelude,
    place: (offset) => surroundings.place(toSource(offset)),
    wait: (expression, at) => surroundings.wait(expression, toSource(at)),
  };
}

/** A statement with the decorators that stand before its `export`. */
function wholeStatement(node: Node): Range {
  const isExport =
    node.type === "ExportNamedDeclaration" || node.type === "ExportDefaultDeclaration";
  const declaration = isExport ? node.declaration : null;
  const decorators = declaration?.type === "ClassDeclaration" ? declaration.decorators : [];
  return { start: Math.min(node.start, decorators[0]?.start ?? node.start), end: node.end };
}

/** The words `export` and `default` before a declaration. */
function exportWords(node: Node, rewriter: Rewriter): Range[] {
  if (node.type !== "ExportNamedDeclaration" && node.type !== "ExportDefaultDeclaration") return [];
  const end = rewriter.skipToken(rewriter.skipToken(node.start, "export"), "default");
  return [{ start: node.start, end }];
}

/** Imports what JSX needs; returns by which expressions its names are to be replaced. */
function importJsx(
  transformed: Transformed,
  target: TransformTarget,
  main: Rewriter,
): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  const { prelude, place } = main.surroundings;
  const at = place(transformed.anchors[0]?.source ?? 0);
  for (const node of transformed.imports) {
    if (node.type !== "ImportDeclaration") continue;
    const imported = node.specifiers.map((item) =>
      item.type === "ImportSpecifier" ? moduleExportName(item.imported) : "default",
    );
    const module = prelude.module((local) =>
      target.importModule(local, node.source.value, imported, at),
    );
    for (const [index, item] of node.specifiers.entries()) {
      names.set(item.local.name, `${module}.${imported[index] ?? "default"}`);
    }
  }
  return names;
}

/** Puts the names of this text for those that the transform gave to helpers and modules. */
function printedNames(names: ReadonlyMap<string, string>, handlers: Handlers): Handlers {
  return {
    Identifier: (node, rewriter) => {
      const name = names.get(node.name);
      if (name === undefined) handlers.Identifier?.(node, rewriter);
      else rewriter.edits.replace(node.start, node.end, name);
    },
    MemberExpression: (node, rewriter) => {
      const { object, property } = node;
      const isHelper = object.type === "Identifier" && object.name === HELPERS;
      if (!isHelper || property.type !== "Identifier") {
        handlers.MemberExpression?.(node, rewriter);
        return;
      }
      if (!isHelperName(property.name)) {
        throw new RangeError(`expected a helper that is known, got ${property.name}`);
      }
      rewriter.edits.replace(
        node.start,
        node.end,
        rewriter.surroundings.prelude.helper(property.name),
      );
    },
  };
}
