/** Statements that cannot be edited in place (JSX, decorators, accessors), by oxc-transform. */
import { type Comment, type Program, parseSync } from "oxc-parser";
import type { HelperMode, JsxOptions, TransformResult, transformSync } from "oxc-transform";
import { loadWhole } from "../../whole-loads";
import { lastUpTo } from "../syntax/last-up-to";
import { type Language, syntaxError } from "../syntax/parse";
import { Places } from "../syntax/places";
import type { Node } from "../syntax/rewriter";
import { type OffsetMap, type Range, SourceEdits } from "../syntax/source-edits";
import { readMappings } from "./source-map";

/** Statements of one text, printed anew as JavaScript. */
export interface Transformed {
  readonly code: string;
  readonly program: Program;
  readonly comments: readonly Comment[];
  readonly anchors: readonly Anchor[];
  /** Statements that stand for one of the source each; `owner` counts those given. */
  readonly parts: readonly Part[];
  /** Imports that JSX needs. */
  readonly imports: readonly Node[];
  /** The offset in the source that an offset in `code` comes from. */
  readonly toSource: OffsetMap;
}

/** The statements of `code` that one statement of the source has become. */
export interface Part {
  readonly owner: number;
  readonly statements: readonly Node[];
  readonly start: number;
  readonly end: number;
}

/** What has a place in the source: an offset in the printed code, and one in the source. */
interface Anchor {
  readonly offset: number;
  readonly source: number;
}

let loaded: typeof transformSync | undefined;

/** Loads oxc-transform when it is first needed. */
function transformer(): typeof transformSync {
  loaded ??= loadWhole(
    () => require("oxc-transform") as { transformSync: typeof transformSync },
  ).transformSync;
  return loaded;
}

/** Prints a text anew as JavaScript that Node 20 knows; unused imports may stay. */
export function transformCode(
  code: string,
  language: Language,
  jsx: JsxOptions,
  keepsImports: boolean,
): TransformResult {
  return transformer()(`cell.${language}`, code, {
    lang: language,
    sourceType: "module",
    sourcemap: true,
    target: "es2022",
    typescript: { onlyRemoveTypeImports: keepsImports },
    decorator: { legacy: true },
    helpers: { mode: "External" as HelperMode.External },
    jsx,
  });
}

/** Transforms the given stretches of `code` without what is unwanted; throws CellSyntaxError for what it cannot do. */
export function transformRanges(
  code: string,
  ranges: readonly Range[],
  unwanted: readonly Range[],
  language: Language,
  jsx: JsxOptions,
): Transformed {
  const result = transformCode(onlyRanges(code, ranges, unwanted), language, jsx, true);
  if (result.errors.length > 0) throw syntaxError(code, result.errors);
  const { program, comments } = parseSync("cell.js", result.code, {
    lang: "js",
    sourceType: "module",
  });
  const anchors = findAnchors(result.code, code, result.map?.mappings ?? "");
  const { parts, imports } = findParts(program, ranges, anchors);
  return {
    code: result.code,
    program,
    comments,
    anchors,
    parts,
    imports,
    toSource: (offset) => sourceOffset(anchors, offset),
  };
}

/** The text with all but the ranges blanked, so that offsets stay. */
function onlyRanges(code: string, ranges: readonly Range[], unwanted: readonly Range[]): string {
  const edits = new SourceEdits(code);
  let at = 0;
  for (const { start, end } of ranges) {
    edits.blank(at, start);
    at = end;
  }
  edits.blank(at, code.length);
  for (const { start, end } of unwanted) edits.blank(start, end);
  return edits.apply().text;
}

function findAnchors(code: string, source: string, mappings: string): Anchor[] {
  const printed = new Places(code);
  const original = new Places(source);
  return readMappings(mappings).map((item) => ({
    offset: printed.offset({ line: item.line + 1, column: item.column + 1 }),
    source: original.offset({ line: item.sourceLine + 1, column: item.sourceColumn + 1 }),
  }));
}

function sourceOffset(anchors: readonly Anchor[], offset: number): number {
  return anchors[lastUpTo(anchors, offset, (anchor) => anchor.offset)]?.source ?? 0;
}

function findParts(
  program: Program,
  ranges: readonly Range[],
  anchors: readonly Anchor[],
): Pick<Transformed, "parts" | "imports"> {
  const imports: Node[] = [];
  const owned = ranges.map((): Node[] => []);
  let owner = 0;
  for (const statement of program.body) {
    if (statement.type === "ImportDeclaration") {
      imports.push(statement);
      continue;
    }
    const inside = anchors.filter(
      (it) => it.offset >= statement.start && it.offset < statement.end,
    );
    const found = inside
      .map((it) => ranges.findIndex((range) => it.source >= range.start && it.source < range.end))
      .find((index) => index >= owner);
    owner = found ?? owner;
    owned[owner]?.push(statement);
  }
  const parts = owned.map((statements, index) => ({
    owner: index,
    statements,
    start: statements[0]?.start ?? 0,
    end: statements.at(-1)?.end ?? 0,
  }));
  return { parts, imports };
}
