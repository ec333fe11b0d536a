/** What the user is told about a syntax error. */
import { skipTrivia } from "./trivia";

/** What parser and transform tell of an error. */
export interface SyntaxProblem {
  readonly message: string;
  readonly helpMessage: string | null;
  readonly labels: readonly SyntaxLabel[];
}

interface SyntaxLabel {
  readonly message: string | null;
  readonly start: number;
  readonly end: number;
}

/** A parser's error as a sentence, and the offset that it is about. */
export interface SyntaxMessage {
  readonly message: string;
  readonly offset: number;
}

/** Words a parser's errors; the first of them is the cause, the others follow from it. */
export function syntaxMessage(code: string, errors: readonly SyntaxProblem[]): SyntaxMessage {
  const error = errors[0];
  if (error === undefined) return { message: "Unexpected token", offset: 0 };
  const offset = Math.min(errorLabel(error)?.start ?? 0, code.length);
  if (error.message.startsWith("Expected a semicolon")) {
    // The parser points behind the statement; what stands there instead is more telling.
    const next = skipTrivia(code, offset);
    const message = `Expected a semicolon or a new line but found \`${tokenAt(code, next)}\``;
    return { message, offset: next };
  }
  const message = clearer(error.message, tokenAt(code, offset)).replace(/\.$/, "");
  const help = error.helpMessage?.replace(/\.$/, "") ?? "";
  const sentence = help === "" ? "" : `. ${help.charAt(0).toUpperCase()}${help.slice(1)}`;
  return { message: message + sentence, offset };
}

/** Where it went wrong: redeclarations and missing brackets point at their other half as well. */
export function errorLabel(error: SyntaxProblem): SyntaxLabel | undefined {
  const { labels } = error;
  if (labels.length < 2) return labels[0];
  const expected = labels.find((label) => label.message?.endsWith(" expected"));
  if (expected !== undefined) return expected;
  return labels.reduce((last, label) => (label.start > last.start ? label : last));
}

const TOKEN = /[\p{ID_Continue}$#]+|\S/uy;

/** The word or character at an offset; empty at the end. */
function tokenAt(code: string, offset: number): string {
  TOKEN.lastIndex = offset;
  return TOKEN.exec(code)?.[0].slice(0, 40) ?? "";
}

function clearer(message: string, found: string): string {
  if (message === "Unterminated string" && found === "`") return "Unterminated template";
  if (message === "Unexpected token") {
    return found === "" ? "Unexpected end of the code" : `Unexpected token \`${found}\``;
  }
  const instead = found === "" ? "but the code ends here" : `but found \`${found}\``;
  return message.replace(/but found `[^`]+`$/, () => instead);
}
