/**
 * What stands in the files of the cells' project.
 *
 * A cell's file is one line that imports the earlier names that the cell mentions, then the cell's
 * own lines, then one that exports its bindings. (The imports come first: unfinished code would
 * swallow what follows it.) One more file, the scope, gives each cell's file a name, `cell$3`, and
 * every cell's file imports it, and always only it, so that no list of imports ever changes.
 */
import type { BindingKind } from "../cell/compiled-cell";
import { parseObjectLiteral } from "../cell/parse-cell";
import { maskSpecifiers, moduleSpecifiers } from "./module-specifiers";

/** JSX is only read in `.tsx`, casts like `<T>x` only in `.ts`. */
export type SlotLanguage = "ts" | "tsx";

/** What the slots need to know of a cell. */
export interface SlotCell {
  readonly code: string;
  readonly bindings: ReadonlyMap<string, BindingKind>;
  readonly mentions: ReadonlySet<string>;
}

/** A name that an earlier cell declared. */
export interface EarlierName {
  readonly kind: BindingKind;
  /** The slot of the cell. */
  readonly slot: number;
  /** How many cells, each building on another, led to it. */
  readonly depth: number;
}

/** A file of the project and what is to be in it. */
export interface ProjectFile {
  readonly name: string;
  readonly text: string;
}

/** How many lines of a cell's file come before its own. */
export const LINES_BEFORE = 1;

const SCOPE = "scope.ts";

const EMPTY: SlotCell = { code: "", bindings: new Map(), mentions: new Set() };

/** Returns the file of a slot that no cell has taken. */
export function emptyFile(slot: number, language: SlotLanguage): ProjectFile {
  return cellFile(EMPTY, slot, language, new Map());
}

/** Returns the file that holds `cell` in `slot`. */
export function cellFile(
  cell: SlotCell,
  slot: number,
  language: SlotLanguage,
  names: ReadonlyMap<string, EarlierName>,
): ProjectFile {
  // A line for the shell counts only at the head of a file, which the cell's first line is not.
  const code = maskSpecifiers(cell.code).replace(/^#!/, "//");
  // A lone object literal would be read as a block.
  const [open, close] = parseObjectLiteral(cell.code) === undefined ? ["", ""] : ["(", ");"];
  const head = jsxPragmas(cell.code) + importsOf(cell, names);
  const exports = exportsOf(cell.bindings, slot);
  return {
    name: fileName(slot, language),
    text: `${head}${open}\n${code}\n${close}${exports}`,
  };
}

/** Returns `file`, in `slot`, with what was written out for the types of its names. */
export function frozenFile(
  file: ProjectFile,
  slot: number,
  bindings: SlotCell["bindings"],
  written: ReadonlyMap<string, string>,
): ProjectFile {
  const head = file.text.slice(0, file.text.lastIndexOf("\n"));
  return { name: file.name, text: `${head}\n${exportsOf(bindings, slot, written)}` };
}

/** Returns the scope of slots of these languages. */
export function scopeFile(languages: readonly SlotLanguage[]): ProjectFile {
  const lines = languages.map(
    (language, slot) => `export * as ${spaceOf(slot)} from "./${fileName(slot, language)}";`,
  );
  return { name: SCOPE, text: lines.join("\n") };
}

/** Returns what the scope calls the file of `slot`. */
export function spaceOf(slot: number): string {
  return `cell$${slot}`;
}

/** Returns the modules that a cell's file imports beside the scope, as one text. */
export function importKey(cell: SlotCell): string {
  return moduleSpecifiers(jsxPragmas(cell.code) + cell.code)
    .map(({ text }) => text)
    .join("\n");
}

/** The scope's files that hold the names which `cell` mentions and does not declare, and the names. */
function importsOf(cell: SlotCell, names: ReadonlyMap<string, EarlierName>): string {
  const spaces = new Set<string>();
  let declarations = "";
  for (const name of cell.mentions) {
    const earlier = names.get(name);
    if (!earlier || cell.bindings.has(name)) continue;
    const space = spaceOf(earlier.slot);
    const path = `${space}.${aliasOf(name, earlier.slot)}`;
    spaces.add(space);
    // An import could not be assigned to.
    const isVariable = earlier.kind === "let";
    declarations += isVariable ? `declare var ${name}: typeof ${path};` : `import ${name}=${path};`;
  }
  return `import {${[...spaces]}} from "./${SCOPE}";${declarations}`;
}

/**
 * Comments that choose a library for JSX count only at the head of a file. The library that one
 * names is imported unseen; an import that can be seen makes the server notice when it changes.
 */
function jsxPragmas(code: string): string {
  const pragmas: string[] = code.match(/@jsx(?:ImportSource|Runtime|Frag)?\s+[^\s*"']+/g) ?? [];
  const source = pragmas.find((pragma) => pragma.startsWith("@jsxImportSource"))?.split(/\s+/)[1];
  const has = (name: string) => pragmas.some((pragma) => new RegExp(`^@${name}\\s`).test(pragma));
  // A factory of one's own is called by the classic runtime; the project's options name the other.
  if (has("jsx") && !has("jsxRuntime")) pragmas.push("@jsxRuntime classic");
  const comments = pragmas.map((pragma) => `/** ${pragma} */`).join("");
  return source ? `${comments}import type {} from "${source}/jsx-runtime";` : comments;
}

function fileName(slot: number, language: SlotLanguage): string {
  return `cell_${slot}.${language}`;
}

/** What a cell exports a name as: never what the cell itself exports. */
function aliasOf(name: string, slot: number): string {
  return `${name}$${slot}`;
}

/** The line after a cell; the names in `written` are given the types that stand there. */
function exportsOf(
  bindings: SlotCell["bindings"],
  slot: number,
  written: ReadonlyMap<string, string> = new Map(),
): string {
  let declarations = "";
  const exports = [...bindings].map(([name, kind]) => {
    const alias = aliasOf(name, slot);
    const type = written.get(name);
    if (type === undefined) return `${name} as ${alias}`;
    declarations += `declare ${kind} ${alias}${type};`;
    return alias;
  });
  return `${declarations}export {${exports}};`;
}
