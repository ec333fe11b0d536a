/** What is known of the symbol at the cursor. */
import type { CheckerSession } from "./checker-session";
import { draftFile } from "./draft";
import { codeBlock, plainMarkdown } from "./markdown";
import { positionAt } from "./positions";
import type { LspHover, LspSignatureHelp } from "./protocol";
import type { ProjectFile } from "./slot-files";
import type { Slots } from "./slots";
import { userWording } from "./user-wording";
import { writtenWords } from "./written-names";

/** Where to look. */
export interface InspectionQuery {
  readonly session: CheckerSession;
  readonly slots: Slots;
  readonly code: string;
  /** In UTF-16 units. */
  readonly offset: number;
}

/** Milliseconds. */
const TIMEOUT = 3_000;

/**
 * Returns Markdown for the symbol at the cursor or just before it, else for the function whose
 * arguments the cursor is in, else undefined.
 * @throws LanguageServerError when the language server has no answer.
 */
export async function inspect(query: InspectionQuery): Promise<string | undefined> {
  const file = await draftFile(query.session, query.slots, query.code);
  const { offset } = query;
  const text =
    (await hover(query, file, offset)) ??
    (offset > 0 ? await hover(query, file, offset - 1) : undefined) ??
    (await signature(query, file));
  if (text === undefined) return undefined;
  const words = writtenWords(query.code);
  return userWording(text, { mirrorFolder: query.session.folder, fileName: file.name, words });
}

async function hover(
  { session, code }: InspectionQuery,
  file: ProjectFile,
  offset: number,
): Promise<string | undefined> {
  const position = positionAt(code, offset);
  const answer = await session.ask<LspHover | undefined>(
    file,
    "textDocument/hover",
    { position },
    TIMEOUT,
  );
  const text = answer?.contents === undefined ? "" : plainMarkdown(answer.contents);
  // What the server says of a name that nobody declares.
  if (/^```\w+\nany\n```\s*$/.test(text)) return undefined;
  // A name of an earlier cell comes as an import, of which the user knows nothing.
  return (
    text.replace(/^(```\w+\n)\(alias\) /, "$1").replace(/\nimport [^\n]*\n```/, "\n```") ||
    undefined
  );
}

async function signature(
  { session, code, offset }: InspectionQuery,
  file: ProjectFile,
): Promise<string | undefined> {
  const position = positionAt(code, offset);
  const help = await session.ask<LspSignatureHelp | undefined>(
    file,
    "textDocument/signatureHelp",
    { position },
    TIMEOUT,
  );
  const signatures = help?.signatures ?? [];
  const active = signatures[help?.activeSignature ?? 0] ?? signatures[0];
  if (!active) return undefined;
  const parameter = active.parameters?.[active.activeParameter ?? help?.activeParameter ?? 0];
  const others = signatures.length - 1;
  const parts = [
    codeBlock(active.label),
    others > 0 ? `*and ${others} more ${others === 1 ? "overload" : "overloads"}*` : "",
    active.documentation ? plainMarkdown(active.documentation) : "",
    parameter?.documentation
      ? `*@param* \`${nameOf(parameter.label, active.label)}\` — ${plainMarkdown(parameter.documentation)}`
      : "",
  ];
  return parts.filter(Boolean).join("\n\n");
}

function nameOf(label: string | readonly [number, number], signature: string): string {
  const text = typeof label === "string" ? label : signature.slice(label[0], label[1]);
  return text.replace(/^\.\.\.|\??:[\s\S]*$/g, "");
}
