/**
 * Finds the modules that a cell names, by its text alone: it also works in unfinished code.
 *
 * A cell's document does not lie in the notebook's folder, so its relative specifiers are masked:
 * the leading dot becomes a character that no path begins with, of the same length, which the
 * project's `paths` lead to the notebook's folder.
 */

/** Stands for the leading dot of a relative specifier. */
export const MASK = "\uE000";

const SPECIFIER =
  /(?:\bfrom\s*|\bimport\s*|\b(?:import|require)\s*\(\s*)(["'`])((?:(?!\1)[^\\\r\n$])*)(?:\1|(?=[\r\n]|$))/gu;

/** A module's name in a text. */
export interface ModuleSpecifier {
  readonly text: string;
  /** Where its text starts, after the quote. */
  readonly start: number;
}

/** Returns the modules that `code` names, in order. Strings that look like imports count, too. */
export function moduleSpecifiers(code: string): ModuleSpecifier[] {
  const found: ModuleSpecifier[] = [];
  for (const match of code.matchAll(SPECIFIER)) {
    const quote = match[1] ?? "";
    const text = match[2] ?? "";
    const start = match.index + match[0].indexOf(quote) + quote.length;
    found.push({ text, start });
  }
  return found;
}

/** Returns whether it is `.`, `..` or starts with `./` or `../`. */
export function isRelative(specifier: string): boolean {
  return /^\.\.?(?:\/|$)/.test(specifier);
}

/** Returns `code` with its relative specifiers masked; all positions stay. */
export function maskSpecifiers(code: string): string {
  let masked = code;
  for (const { text, start } of moduleSpecifiers(code)) {
    if (text.startsWith(".")) masked = masked.slice(0, start) + MASK + masked.slice(start + 1);
  }
  return masked;
}

/** Returns `text` as the user wrote it. */
export function unmask(text: string): string {
  return text.replaceAll(MASK, ".");
}
