/** Rough tokens of code that need not be complete. */

/** A token outside of texts and comments: a word, a bracket, or another character. */
export interface RoughToken {
  readonly text: string;
  /** The line that it is on, from 0. */
  readonly line: number;
}

/** Brackets that are open at the end of code; those in templates open with `${`. */
export interface RoughEnd {
  readonly open: readonly RoughToken[];
  /** Whether the code ends inside a template's text. */
  readonly inTemplate: boolean;
}

const TOKEN =
  /\/\/[^\n]*|\/\*(?:[^*]|\*(?!\/))*(?:\*\/)?|"(?:[^"\\\n]|\\[\s\S])*"?|'(?:[^'\\\n]|\\[\s\S])*'?|\s+|[\p{ID_Continue}$]+|=>|[\s\S]/uy;

/** The text of a template up to its end or its next expression. */
const TEMPLATE_TEXT = /(?:[^`\\$]|\\[\s\S]|\$(?!\{))*(?:`|\$\{|$)/uy;

/**
 * Calls `visit` with each token but texts, comments and blanks. Regular expressions are not told
 * from divisions, so this is good for estimates only.
 */
export function roughTokens(code: string, visit: (token: RoughToken) => void): RoughEnd {
  const open: RoughToken[] = [];
  let line = 0;
  let at = 0;
  let inTemplate = false;
  const read = (pattern: RegExp): string => {
    pattern.lastIndex = at;
    const text = pattern.exec(code)?.[0] ?? "";
    at += text.length;
    return text;
  };
  const readTemplate = (): void => {
    const text = read(TEMPLATE_TEXT);
    line += lineBreaks(text);
    inTemplate = !text.endsWith("`") && !text.endsWith("${");
    const token = { text: text.endsWith("${") ? "${" : "`", line };
    if (token.text === "${") open.push(token);
    visit(token);
  };
  while (at < code.length) {
    const text = read(TOKEN);
    const token = { text, line };
    line += lineBreaks(text);
    if (text === "`") {
      readTemplate();
    } else if (!/^\s|^\/[/*]/.test(text)) {
      visit(token);
      if (/^[[({]$/.test(text)) open.push(token);
      if (/^[\])}]$/.test(text) && open.pop()?.text === "${") readTemplate();
    }
  }
  return { open, inTemplate };
}

function lineBreaks(text: string): number {
  return text.includes("\n") ? text.split("\n").length - 1 : 0;
}
