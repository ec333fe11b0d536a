/** Comments at the head of a cell that set how it is treated. */
import type { CheckMode, Directives } from "./compiled-cell";

const CHECK = /^\/\/\s*@check(?:\s+(warn|off|check|on))?(?:\s+(notebook))?\s*$/;
const NO_CHECK = /^\/\/\s*@ts-nocheck\b/;

/**
 * Returns what the comment lines before the cell's code ask for: `// @check`, `// @check warn`,
 * `// @check off`, the same with `notebook` at their end, and `// @ts-nocheck` (which is `off`).
 * A later line wins.
 */
export function readDirectives(code: string): Directives {
  const found: { check?: CheckMode; checkNotebook?: CheckMode } = {};
  for (const line of code.split(/\r\n|[\n\r\u2028\u2029]/)) {
    const text = line.trim();
    if (text === "" || text.startsWith("#!")) continue;
    if (!text.startsWith("//")) break;
    if (NO_CHECK.test(text)) found.check = "off";
    const match = CHECK.exec(text);
    if (match === null) continue;
    const mode = match[1] === "warn" || match[1] === "off" ? match[1] : "check";
    if (match[2] === undefined) found.check = mode;
    else found.checkNotebook = mode;
  }
  return found;
}
