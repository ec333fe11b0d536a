/**
 * TypeScript infers a cell's types anew whenever a later cell needs them, and those of the cells
 * that it builds on before. So that a long chain of cells, each building on the last, stays quick,
 * a cell deep in such a chain exports its names with their types written out, as far as these need
 * no other names.
 */
import type { BindingKind } from "../cell/compiled-cell";
import type { CheckerSession } from "./checker-session";
import { plainMarkdown } from "./markdown";
import type { LspHover } from "./protocol";
import type { ProjectFile } from "./slot-files";

/** Milliseconds. Nobody waits for this. */
const TIMEOUT = 5_000;

const KEYWORDS = new Set(
  "number string boolean bigint undefined null any unknown never void object true false readonly".split(
    " ",
  ),
);
const DECLARED: ReadonlySet<BindingKind> = new Set(["const", "let", "function"]);

/**
 * Returns, by name, what can be written after the name to declare it: `: number`, `(x: string): void`.
 * Names whose types need other names are left out.
 */
export async function writtenTypes(
  session: CheckerSession,
  file: ProjectFile,
  bindings: ReadonlyMap<string, BindingKind>,
): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  const lines = file.text.split(/\r\n|[\n\r]/);
  const line = lines.length - 1;
  const names = [...bindings.keys()].filter((name) => DECLARED.has(bindings.get(name) ?? "type"));
  const questions = names.map(async (name) => {
    // Where the name is exported, its type can be asked for.
    const place = new RegExp(`(?<=[{,])${name.replaceAll("$", "\\$")} as `, "u");
    const position = { line, character: (lines[line] ?? "").search(place) };
    const hover = "textDocument/hover";
    const answer = await session.ask<LspHover | undefined>(file, hover, { position }, TIMEOUT);
    const type = writtenType(plainMarkdown(answer?.contents ?? ""), name);
    if (type !== undefined) found.set(name, type);
  });
  await Promise.all(questions);
  return found;
}

/** Returns what follows the name in a hover's text, if it says all and stands for itself. */
export function writtenType(hover: string, name: string): string | undefined {
  // What follows the code is the doc comment, which a declaration would lose.
  const shown =
    /^```\w+\n(?:\(alias\) )?(?:const|let|var|function) ([\s\S]*?)(?:\nexport [^\n]*)?\n```$/;
  const text = shown.exec(hover)?.[1]?.replace(/\s+/g, " ");
  if (!text?.startsWith(name)) return undefined;
  const type = text.slice(name.length);
  return standsAlone(type) ? type : undefined;
}

function standsAlone(type: string): boolean {
  if (/\.\.\.(?! ?[\p{ID_Start}$_])|\.\.\. \d+ more/u.test(type)) return false;
  const rest = type
    .replace(/"(?:\\.|[^"\\])*"/g, "")
    .replace(/[\p{ID_Start}$_][\p{ID_Continue}$]*(?=\??:)/gu, "");
  return (rest.match(/[\p{ID_Start}$_][\p{ID_Continue}$]*/gu) ?? []).every((word) =>
    KEYWORDS.has(word),
  );
}
