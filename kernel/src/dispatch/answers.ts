/** Requests that are answered at once, also while a cell computes. */

import { toCodePoints, toUtf16 } from "../messages/cursor";
import { textField } from "../messages/fields";
import type { Content } from "../messages/message";
import type { Connection } from "../transport/connection-file";
import type { CompletionItem, TypeChecker } from "../typecheck/type-checker";
import type { Comms } from "./comms";
import type { Compiler } from "./compiler";
import type { History } from "./history";
import { type ImportOffers, importStatement } from "./import-offers";
import { kernelInfo } from "./kernel-info";

/** The content of a reply, from the content of its request. */
export type Answer = (request: Content) => Content | Promise<Content>;

/** What the answers stand on. */
export interface AnswerParts {
  readonly connection: Connection;
  readonly compiler: Compiler;
  readonly checker: TypeChecker;
  readonly history: History;
  readonly comms: Comms;
  readonly offers: ImportOffers;
}

/** Returns the answers by the type of their requests. */
export function createAnswers(parts: AnswerParts): ReadonlyMap<string, Answer> {
  const { compiler, history, comms } = parts;
  return new Map<string, Answer>([
    ["kernel_info_request", kernelInfo],
    ["connect_request", () => connectReply(parts.connection)],
    [
      "comm_info_request",
      (asked) => ({ status: "ok", ...comms.info(textField(asked, "target_name")) }),
    ],
    ["is_complete_request", (asked) => ({ ...compiler.completeness(textField(asked, "code")) })],
    ["history_request", async (asked) => ({ status: "ok", history: await history.query(asked) })],
    ["complete_request", (asked) => complete(asked, parts)],
    ["inspect_request", (asked) => inspect(asked, parts)],
  ]);
}

function connectReply({ ports }: Connection): Content {
  const entries = Object.entries(ports).map(([name, port]) => [`${name}_port`, port]);
  return { status: "ok", ...Object.fromEntries(entries) };
}

async function complete(asked: Content, { checker, offers }: AnswerParts): Promise<Content> {
  const code = textField(asked, "code");
  const offset = toUtf16(code, asked.cursor_pos);
  const { items, start, end } = await checker.complete(code, offset);
  offers.note(items);
  const cursor = { start: toCodePoints(code, start), end: toCodePoints(code, end) };
  return {
    status: "ok",
    matches: items.map(({ label }) => label),
    cursor_start: cursor.start,
    cursor_end: cursor.end,
    metadata: { _jupyter_types_experimental: items.map((item) => describe(item, cursor)) },
  };
}

/** JupyterLab pairs these with the matches by their index, inserts `text` and shows `type`. */
function describe(item: CompletionItem, cursor: { start: number; end: number }): Content {
  const { label, kind, signature, documentation, importFrom } = item;
  const type = importFrom === undefined ? kind : `import from ${importFrom}`;
  return { ...cursor, text: label, type, signature, documentation };
}

async function inspect(asked: Content, { checker, offers }: AnswerParts): Promise<Content> {
  const code = textField(asked, "code");
  const offset = toUtf16(code, asked.cursor_pos);
  const markdown = (await checker.inspect(code, offset)) ?? offered(code, offset, offers);
  if (markdown === undefined) return { status: "ok", found: false, data: {}, metadata: {} };
  const data = { "text/plain": toPlain(markdown), "text/markdown": markdown };
  return { status: "ok", found: true, data, metadata: {} };
}

/** What a name is that could be imported: front ends ask for it while they show completions. */
function offered(code: string, offset: number, offers: ImportOffers): string | undefined {
  const name = /[\w$]+$/.exec(code.slice(0, offset))?.[0];
  const modules = name === undefined ? [] : offers.modules(name);
  if (name === undefined || modules.length === 0) return undefined;
  const statements = modules.map((module) => importStatement([name], module));
  return `\`\`\`typescript\n${statements.join("\n")}\n\`\`\``;
}

/** Markdown without its code fences. */
function toPlain(markdown: string): string {
  return markdown.replace(/^```.*\n?/gm, "").trim();
}
