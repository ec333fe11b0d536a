/** TypeScript's syntax trees, by oxc-parser. */
import type { Comment, Program } from "oxc-parser";
import { loadWhole } from "../../whole-loads";
import { CellSyntaxError } from "../compiled-cell";
import { isTooDeep, tooDeep } from "./nesting";
import { Places } from "./places";
import { type SyntaxProblem, syntaxMessage } from "./syntax-message";

export type Language = "ts" | "tsx";

/** A text that is TypeScript. */
export interface Parsed {
  readonly program: Program;
  readonly comments: readonly Comment[];
  /** Whether it has `import`, `export` or `import.meta`. */
  readonly hasModuleSyntax: boolean;
  /** `ts` when it has `<T>x` casts, which JSX forbids. */
  readonly language: Language;
}

export interface Attempt extends Parsed {
  readonly errors: readonly SyntaxProblem[];
}

/**
 * Parses as TSX or, if only that succeeds, as TS; `errors` are empty if either does. Throws
 * CellSyntaxError only for code that is nested too deeply to be parsed.
 */
export function tryParse(code: string, languages: readonly Language[] = ["tsx", "ts"]): Attempt {
  if (isTooDeep(code)) throw tooDeep();
  const attempts: Attempt[] = [];
  for (const language of languages) {
    const attempt = parseAs(code, language);
    if (attempt.errors.length === 0) return attempt;
    attempts.push(attempt);
  }
  const [first, second] = attempts;
  if (first === undefined) throw new RangeError("expected a language to parse as, got none");
  // Casts look like JSX that never ends; only a closing tag tells that JSX was meant.
  return second === undefined || /<\/|\/>/.test(code) ? first : second;
}

/** Parses, or throws a CellSyntaxError. */
export function parse(code: string, languages?: readonly Language[]): Parsed {
  const attempt = tryParse(code, languages);
  if (attempt.errors.length > 0) throw syntaxError(code, attempt.errors);
  return attempt;
}

/** The error that says what is wrong first, and where. */
export function syntaxError(code: string, errors: readonly SyntaxProblem[]): CellSyntaxError {
  const { message, offset } = syntaxMessage(code, errors);
  return new CellSyntaxError(message, new Places(code).at(offset));
}

function parseAs(code: string, language: Language): Attempt {
  // Loaded with the first code: it is heavy, and the kernel should start fast.
  const { parseSync } = loadWhole(() => require("oxc-parser") as typeof import("oxc-parser"));
  const result = parseSync(`cell.${language}`, code, {
    lang: language,
    sourceType: "module",
    showSemanticErrors: true,
  });
  return {
    get program() {
      return result.program;
    },
    comments: result.comments,
    hasModuleSyntax: result.module.hasModuleSyntax,
    errors: result.errors,
    language,
  };
}
