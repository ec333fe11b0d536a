/** What can stand at the cursor. */
import type { BindingKind } from "../cell/compiled-cell";
import type { CheckerSession } from "./checker-session";
import { draftFile } from "./draft";
import { plainMarkdown } from "./markdown";
import type { PackageExports } from "./package-exports";
import { offsetAt, positionAt } from "./positions";
import type { LspCompletionItem, LspCompletionList, LspRange } from "./protocol";
import { spaceOf } from "./slot-files";
import type { Slots } from "./slots";
import type { Completion, CompletionItem } from "./type-checker";
import { userWording } from "./user-wording";
import { wordAt, writtenWords } from "./written-names";

/** Where to complete. */
export interface CompletionQuery {
  readonly session: CheckerSession;
  readonly slots: Slots;
  readonly packages: PackageExports;
  readonly code: string;
  /** In UTF-16 units. */
  readonly offset: number;
}

/** Milliseconds. */
const TIMEOUT = 3_000;
/** Signatures come one by one; after this many milliseconds in all the list goes out as it is. */
const WHOLE_TIME = 14;
const DETAILS_AT_ONCE = 5;
const MOST_DETAILS = 20;
const MOST_ITEMS = 1_000;
const MOST_IMPORTS = 30;
/** Names of earlier cells that are offered where nothing is written yet. */
const MOST_NAMES = 200;
/** With fewer letters nearly everything could be imported. */
const SHORTEST_IMPORT = 2;

/** The server's mark of names that are declared in the file. */
const LOCAL = "11";
const KEYWORD = 14;

/** Jupyter's words for the protocol's numbers. */
const KINDS: Readonly<Record<number, string>> = {
  2: "function",
  3: "function",
  4: "class",
  5: "property",
  7: "class",
  8: "interface",
  9: "module",
  10: "property",
  13: "enum",
  [KEYWORD]: "keyword",
  17: "path",
  19: "path",
  20: "property",
  22: "class",
  25: "type",
};

const BINDING_KINDS: Partial<Record<BindingKind, string>> = {
  const: "variable",
  let: "variable",
  function: "function",
  class: "class",
  enum: "enum",
  namespace: "module",
  type: "interface",
};

/** @throws LanguageServerError when the language server has no answer. */
export async function complete(query: CompletionQuery): Promise<Completion> {
  const { session, slots, code, offset } = query;
  const until = performance.now() + WHOLE_TIME;
  const word = wordAt(code, offset);
  const prefix = code.slice(word.start, offset);
  const isMember = /\.\s*$/.test(code.slice(0, word.start));
  const wanted = isMember ? [] : earlierNames(slots, prefix);
  const file = await draftFile(session, slots, code, wanted);
  const position = positionAt(code, offset);
  const context = { triggerKind: 1 };
  const list = await session.ask<LspCompletionList | readonly LspCompletionItem[] | undefined>(
    file,
    "textDocument/completion",
    { position, context },
    TIMEOUT,
  );
  const all = (list && "items" in list ? list.items : (list as readonly LspCompletionItem[])) ?? [];
  // In texts every item says what it replaces: a path has more in it than words.
  const range = all.every(({ textEdit }) => textEdit?.range) ? all[0]?.textEdit?.range : undefined;
  const span = range ? spanOf(code, range, offset) : word;
  // Elsewhere an item that says so would replace the dot before it, too: `["a-b"]`.
  const offered = range ? all : all.filter(({ textEdit }) => !textEdit);
  const chosen = choose(offered, code.slice(span.start, offset), slots);
  const details = await describe(session, chosen, until);
  const words = writtenWords(code);
  const wording = { mirrorFolder: session.folder, fileName: file.name, words };
  const items = chosen.map((item) => ({
    label: labelOf(item),
    kind: kindOf(item, isMember ? undefined : slots),
    signature: userWording(signatureOf(details.get(item)), wording),
    documentation: plainMarkdown(details.get(item)?.documentation ?? ""),
  }));
  // Where any name can stand, the names of other modules can, too.
  const isName = !range && all.some(({ label }) => label === "globalThis");
  if (isName && prefix.length >= SHORTEST_IMPORT) items.push(...imports(query, prefix, items));
  return { items, start: span.start, end: Math.max(span.end, offset) };
}

/** The last names first: they are the ones that the user has in mind. */
function earlierNames(slots: Slots, prefix: string): string[] {
  const names = [...slots.names.keys()].reverse();
  return names.filter((name) => matches(name, prefix)).slice(0, MOST_NAMES);
}

function spanOf(code: string, range: LspRange, offset: number): { start: number; end: number } {
  return { start: offsetAt(code, range.start), end: Math.max(offsetAt(code, range.end), offset) };
}

function choose(
  all: readonly LspCompletionItem[],
  prefix: string,
  slots: Slots,
): LspCompletionItem[] {
  const spaces = new Set([...slots.names.values()].map(({ slot }) => spaceOf(slot)));
  const seen = new Set<string>();
  const fitting = all.filter((item) => {
    const label = labelOf(item);
    if (seen.has(label) || spaces.has(label) || !matches(label, prefix)) return false;
    seen.add(label);
    return true;
  });
  const rank = (item: LspCompletionItem) => {
    const exactCase = labelOf(item).startsWith(prefix) ? "0" : "1";
    return `${exactCase}${item.sortText ?? "99"}`;
  };
  return fitting
    .sort((a, b) => compare(rank(a), rank(b)) || compare(labelOf(a), labelOf(b)))
    .slice(0, MOST_ITEMS);
}

/** Asks for signatures and doc comments of the first items, as far as the time goes. */
async function describe(
  session: CheckerSession,
  chosen: readonly LspCompletionItem[],
  until: number,
): Promise<ReadonlyMap<LspCompletionItem, LspCompletionItem>> {
  const details = new Map<LspCompletionItem, LspCompletionItem>();
  const first = chosen.slice(0, MOST_DETAILS).filter(({ kind }) => kind !== KEYWORD);
  for (let at = 0; at < first.length; at += DETAILS_AT_ONCE) {
    const group = first.slice(at, at + DETAILS_AT_ONCE).map(async (item) => {
      details.set(item, await session.request("completionItem/resolve", item, TIMEOUT));
    });
    await Promise.allSettled(group);
    if (performance.now() > until) break;
  }
  return details;
}

/** A name of an earlier cell comes as an import; the cell knows better what it is. */
function kindOf(item: LspCompletionItem, slots: Slots | undefined): string {
  const earlier = item.sortText === LOCAL ? slots?.names.get(labelOf(item)) : undefined;
  return (earlier && BINDING_KINDS[earlier.kind]) ?? KINDS[item.kind ?? 0] ?? "variable";
}

function imports(
  { packages }: CompletionQuery,
  prefix: string,
  items: readonly CompletionItem[],
): CompletionItem[] {
  const known = new Set(items.map(({ label }) => label));
  return packages
    .startingWith(prefix, MOST_IMPORTS)
    .filter(({ name }) => !known.has(name))
    .map(({ name, kind, from }) => ({
      label: name,
      kind,
      signature: `import from ${JSON.stringify(from)}`,
      documentation: "",
      importFrom: from,
    }));
}

/** `(method) Math.max(...values: number[]): number` in short. */
function signatureOf(item: LspCompletionItem | undefined): string {
  if (!item?.detail) return "";
  const label = labelOf(item);
  const text = item.detail
    .replace(/^\((?:alias|property|method|local [a-z]+)\)\s*/, "")
    .replace(/\nimport [\s\S]*$/, "")
    .replace(/\s+/g, " ")
    .trim();
  // `Math.max(` says no more than `max(` where `Math.` stands before it.
  const at = text.indexOf(`.${label}`);
  const short = at > 0 && !/[\s(]/.test(text.slice(0, at)) ? text.slice(at + 1) : text;
  return short === label ? "" : short;
}

function labelOf(item: LspCompletionItem): string {
  return item.filterText ?? item.label.replace(/\?$/, "");
}

function matches(name: string, prefix: string): boolean {
  return (
    name.length >= prefix.length &&
    name.slice(0, prefix.length).toLowerCase() === prefix.toLowerCase()
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
