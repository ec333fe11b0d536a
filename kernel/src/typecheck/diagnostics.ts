/** From the language server's diagnostics to what the user is told. */
import type { BindingKind } from "../cell/compiled-cell";
import { closestName } from "./closest-name";
import type { LspDiagnostic, LspPosition } from "./protocol";
import { type EarlierName, LINES_BEFORE, type SlotCell } from "./slot-files";
import type { TypeProblem } from "./type-checker";
import { userWording } from "./user-wording";

/** What messages may mention that the user must not see. */
export interface DiagnosticContext {
  readonly cell: SlotCell;
  /** The file that holds the cell, without its folder: `cell_3.ts`. */
  readonly fileName: string;
  /** Before each path of a cell's file. */
  readonly mirrorFolder: string;
  readonly names: ReadonlyMap<string, EarlierName>;
  /** Whether the user's own tsconfig.json asks for `noImplicitAny`. */
  readonly showImplicitAny: boolean;
}

const ERROR = 1;

/** Complaints about `any` that nobody wrote; on only for the better types that the option brings. */
const IMPLICIT_ANY = new Set([
  2683, 7005, 7006, 7008, 7009, 7010, 7011, 7013, 7015, 7017, 7018, 7019, 7020, 7022, 7023, 7024,
  7025, 7031, 7032, 7033, 7034, 7041, 7043, 7044, 7045, 7046, 7047, 7048, 7049, 7050, 7051, 7052,
  7053, 7055, 7056, 7057, 7061,
]);

/** A module, or JSX's elements, without types: they are `any`, silently. */
const UNTYPED = new Set([7016, 7026, 7058]);

/** Cells' names come to later cells as imports, of which the user knows nothing. */
const ASSIGNED_IMPORT = 2632;
const ASSIGNMENT: Partial<Record<BindingKind, { code: number; what: string }>> = {
  const: { code: 2588, what: "a constant" },
  enum: { code: 2628, what: "an enum" },
  class: { code: 2629, what: "a class" },
  function: { code: 2630, what: "a function" },
  namespace: { code: 2631, what: "a namespace" },
};

/** Codes of "Cannot find name", with and without a guess or advice. */
const UNKNOWN_NAME = new Set([2304, 2552, 2580, 2581, 2582, 2583, 2584, 2591, 2592, 2593]);

/** Returns the cell's type errors in the order of its lines, worded for who knows only cells. */
export function typeProblems(
  diagnostics: readonly LspDiagnostic[],
  context: DiagnosticContext,
): TypeProblem[] {
  const lines = context.cell.code.split(/\r\n|[\n\r]/).length;
  const last = LINES_BEFORE + lines - 1;
  return diagnostics
    .filter(({ range }) => range.start.line >= LINES_BEFORE && range.start.line <= last)
    .filter((diagnostic) => isShown(diagnostic, context))
    .sort((a, b) => comparePositions(a.range.start, b.range.start))
    .map((diagnostic) => {
      const { start, end } = diagnostic.range;
      // One that reaches into the line after the cell ends with the cell.
      const shownEnd = end.line <= last ? end : start;
      return { ...wording(diagnostic, context), start: toPlace(start), end: toPlace(shownEnd) };
    });
}

/** Returns whether one of `diagnostics` says that a module could not be found. */
export function hasMissingModule(diagnostics: readonly LspDiagnostic[]): boolean {
  return diagnostics.some(({ code }) =>
    [2307, 2792, 2834, 2835, 2875, 2882, 7016].includes(Number(code)),
  );
}

function isShown({ severity, code }: LspDiagnostic, context: DiagnosticContext): boolean {
  if ((severity ?? ERROR) !== ERROR) return false;
  const number = Number(code);
  if (UNTYPED.has(number)) return false;
  return context.showImplicitAny || !IMPLICIT_ANY.has(number);
}

function wording(
  diagnostic: LspDiagnostic,
  context: DiagnosticContext,
): { code: number; message: string } {
  const code = Number(diagnostic.code);
  const message = userWording(diagnostic.message, { ...context, words: context.cell.mentions });
  const name = /'([^']*)'/.exec(message)?.[1] ?? "";
  if (code === ASSIGNED_IMPORT) {
    const earlier = context.names.get(name);
    const wanted = earlier && !context.cell.bindings.has(name) && ASSIGNMENT[earlier.kind];
    if (!wanted) return { code, message };
    return {
      code: wanted.code,
      message: `Cannot assign to '${name}' because it is ${wanted.what}.`,
    };
  }
  if (UNKNOWN_NAME.has(code)) return { code, message: unknownName(code, name, message, context) };
  if (code === 2875) return { code, message: missingJsxLibrary(name) };
  return { code, message };
}

function unknownName(
  code: number,
  name: string,
  message: string,
  { cell, names }: DiagnosticContext,
): string {
  const what = `Cannot find name '${name}'.`;
  if (code === 2584) return `${what} Cells run in Node.js, which has no browser's globals.`;
  if (code === 2552) return message;
  // TypeScript guesses among the names in scope, but a cell imports only those that it mentions.
  const guess = closestName(
    name,
    [...names.keys()].filter((known) => !cell.bindings.has(known)),
  );
  if (guess !== undefined) return `${what} Did you mean '${guess}'?`;
  return message.replace(/ and then add '.*$/s, ".");
}

function missingJsxLibrary(module: string): string {
  const library = module.replace(/\/jsx(?:-dev)?-runtime$/, "");
  const install = library === "react" ? "react @types/react" : library;
  return (
    `JSX needs the package '${library}', which the notebook's folder does not have: ` +
    `npm install ${install}. Another one is named by a comment: /** @jsxImportSource preact */`
  );
}

function toPlace({ line, character }: LspPosition): TypeProblem["start"] {
  return { line: line + 1 - LINES_BEFORE, column: character + 1 };
}

function comparePositions(a: LspPosition, b: LspPosition): number {
  return a.line - b.line || a.character - b.character;
}
