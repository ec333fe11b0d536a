/** Which imported names of a file are values. */
import { parseSync } from "oxc-parser";
import type { Parsed } from "./syntax/parse";
import { jsxOptions } from "./transform/jsx-pragmas";
import { transformCode } from "./transform/transform";

/**
 * Returns the imported names that the file uses as values; undefined if it imports none. Scopes
 * count: a parameter of the same name does not make a type a value.
 */
export function keptImports(code: string, parsed: Parsed): ReadonlySet<string> | undefined {
  const hasNames = parsed.program.body.some(
    (node) => node.type === "ImportDeclaration" && node.specifiers.length > 0,
  );
  if (!hasNames) return undefined;
  const { code: printed } = transformCode(
    code,
    parsed.language,
    jsxOptions(parsed.comments),
    false,
  );
  const { module } = parseSync("module.js", printed, { lang: "js", sourceType: "module" });
  const entries = module.staticImports.flatMap((item) => item.entries);
  return new Set(entries.map((entry) => entry.localName.value));
}
