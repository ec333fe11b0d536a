/** Whether a cell could go on. */
import { nextIndent } from "./next-indent";
import { parseObjectLiteral } from "./parse-cell";
import { isTooDeep } from "./syntax/nesting";
import { type Attempt, tryParse } from "./syntax/parse";
import { errorLabel } from "./syntax/syntax-message";
import { skipTrivia } from "./syntax/trivia";

/** Jupyter's answer to `is_complete_request`. */
export type Completeness =
  | { readonly status: "complete" | "invalid" }
  | { readonly status: "incomplete"; readonly indent: string };

/** Tells whether code can run, can never run, or can run when more lines follow. */
export function completeness(code: string): Completeness {
  if (isTooDeep(`(${code}`)) return { status: "invalid" };
  const attempt = tryParse(code);
  const isValid = attempt.errors.length === 0 || parseObjectLiteral(code) !== undefined;
  if (isValid ? endsWithoutBody(code, attempt) : couldGoOn(code)) {
    return { status: "incomplete", indent: nextIndent(code) };
  }
  return { status: isValid ? "complete" : "invalid" };
}

/** `function f()` is an overload of what may follow. */
function endsWithoutBody(code: string, attempt: Attempt): boolean {
  const last = attempt.program.body.at(-1);
  const isExport =
    last?.type === "ExportNamedDeclaration" || last?.type === "ExportDefaultDeclaration";
  const declaration = isExport ? last.declaration : last;
  if (declaration?.type !== "TSDeclareFunction" || declaration.declare) return false;
  return code[declaration.end - 1] !== ";";
}

function couldGoOn(code: string): boolean {
  // What fails as a block may be the beginning of an object.
  const texts = code[skipTrivia(code, 0)] === "{" ? [code, `(${code}`] : [code];
  return texts.some(
    (text) =>
      isErrorAtEnd(text, tryParse(text, ["tsx"])) || isErrorAtEnd(text, tryParse(text, ["ts"])),
  );
}

/** Whether the first error is that the code ends where it does. */
function isErrorAtEnd(code: string, { errors, comments }: Attempt): boolean {
  const error = errors[0];
  const label = error && errorLabel(error);
  if (error === undefined || label === undefined) return false;
  if (error.message === "Unterminated multiline comment") return true;
  if (error.message === "Unterminated string") return canStringGoOn(code, label.start);
  const isAfterLast = error.message.includes(" expected after ");
  return (isAfterLast ? label.end : label.start) >= codeEnd(code, comments);
}

/** A template may have any lines; other texts go on only behind a backslash. */
function canStringGoOn(code: string, start: number): boolean {
  const isQuoted = code[start] === '"' || code[start] === "'";
  return !isQuoted || (/\\*$/.exec(code)?.[0].length ?? 0) % 2 === 1;
}

/** Where the last token ends. */
function codeEnd(code: string, comments: Attempt["comments"]): number {
  let end = code.trimEnd().length;
  for (const comment of comments.toReversed()) {
    if (comment.end < end) break;
    end = code.slice(0, comment.start).trimEnd().length;
  }
  return end;
}
