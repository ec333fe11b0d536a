/** What can be told of unfinished code, which no parser takes, by its words alone. */

const WORD = /[\p{ID_Start}$_][\p{ID_Continue}$]*/gu;
const DECLARATION =
  /\b(?:const|let|var|class|function\s*\*?|enum|interface|type|namespace)\s+([\p{ID_Start}$_][\p{ID_Continue}$]*)/gu;
const PATTERN = /\b(?:const|let|var)\s*([{[][^=;]*[}\]])\s*=/gu;
const IMPORT = /\bimport\s+(?:type\s+)?([^"'`;(]*?)\s*from\b/gu;
const WORD_BEFORE = /[\p{ID_Continue}$]*$/u;
const WORD_AFTER = /^[\p{ID_Continue}$]*/u;
/** An element where a value can stand: `<` after an operator or a bracket, then a name or `>`. */
const ELEMENT =
  /(?:^|[=(:?&|,{}[>;]|\breturn|\n)\s*<(?:>|[\p{ID_Start}][\p{ID_Continue}.]*(?:\s[^<>]*)?\/?>)/u;
const CLOSING = /<\/(?:[\p{ID_Start}][\p{ID_Continue}.]*)?\s*>|\/>/u;

/** Returns all identifiers in `code`, and words of its texts and comments. */
export function writtenWords(code: string): Set<string> {
  return new Set(code.match(WORD));
}

/** Returns the names that `code` seems to declare at any level. */
export function writtenDeclarations(code: string): Set<string> {
  const names = new Set<string>();
  for (const match of code.matchAll(DECLARATION)) names.add(match[1] ?? "");
  for (const pattern of [PATTERN, IMPORT]) {
    for (const match of code.matchAll(pattern)) {
      for (const name of match[1]?.match(WORD) ?? []) names.add(name);
    }
  }
  return names;
}

/** Returns whether `code` seems to have JSX in it. */
export function looksLikeJsx(code: string): boolean {
  return ELEMENT.test(code) && CLOSING.test(code);
}

/** Returns where the word around `offset` starts and ends; both are `offset` where there is none. */
export function wordAt(code: string, offset: number): { start: number; end: number } {
  const before = WORD_BEFORE.exec(code.slice(0, offset))?.[0].length ?? 0;
  const after = WORD_AFTER.exec(code.slice(offset))?.[0].length ?? 0;
  return { start: offset - before, end: offset + after };
}
