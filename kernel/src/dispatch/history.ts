import { flagField, integerField, textField } from "../messages/fields";
import type { Content } from "../messages/message";
import { matchesGlob } from "./glob";
import type { HistoryFile } from "./history-file";

/** A cell that was run: session, its number there, its code. */
export interface HistoryEntry {
  readonly session: number;
  readonly line: number;
  readonly code: string;
  /** The text of its result, where it is known. */
  readonly output?: string;
}

/** `[session, line, code]`, or with outputs `[session, line, [code, output]]`. */
export type HistoryTuple = readonly [number, number, string | readonly [string, string | null]];

/** The cells that were run in this kernel and in those before it. */
export interface History {
  add(line: number, code: string): void;
  setOutput(line: number, text: string): void;
  /** Returns what a `history_request` asks for, oldest first. */
  query(request: Content): Promise<HistoryTuple[]>;
  /** Resolves when all entries are on disk. */
  saved(): Promise<void>;
}

/** How many entries of this session are kept. */
const MAX_ENTRIES = 10_000;

/** A kept result is cut here, in UTF-16 units. */
const MAX_OUTPUT = 10_000;

/** Returns the history over a file of earlier sessions. */
export function createHistory(file: HistoryFile): History {
  const outputs = new Map<number, string>();
  const own: { line: number; code: string }[] = [];

  async function all(): Promise<{ entries: HistoryEntry[]; current: number }> {
    const earlier = await file.load();
    const current = (earlier.at(-1)?.session ?? 0) + 1;
    const now = own.map(({ line, code }) => {
      const output = outputs.get(line);
      return { session: current, line, code, ...(output === undefined ? {} : { output }) };
    });
    return { entries: [...earlier, ...now], current };
  }

  return {
    add(line, code) {
      own.push({ line, code });
      if (own.length > MAX_ENTRIES) own.shift();
      file.append({ line, code });
    },
    setOutput(line, text) {
      outputs.set(line, text.slice(0, MAX_OUTPUT));
      for (const oldest of outputs.keys()) {
        if (outputs.size <= MAX_ENTRIES) break;
        outputs.delete(oldest);
      }
    },
    async query(request) {
      const { entries, current } = await all();
      const withOutput = flagField(request, "output", false);
      return select(entries, current, request).map(({ session, line, code, output }) => [
        session,
        line,
        withOutput ? [code, output ?? null] : code,
      ]);
    },
    saved: () => file.saved(),
  };
}

function select(
  entries: readonly HistoryEntry[],
  current: number,
  request: Content,
): readonly HistoryEntry[] {
  switch (textField(request, "hist_access_type", "tail")) {
    case "range":
      return range(entries, current, request);
    case "search":
      return search(entries, request);
    default:
      return last(entries, integerField(request, "n", undefined));
  }
}

/** A session of 0 or below counts back from the current one. */
function range(
  entries: readonly HistoryEntry[],
  current: number,
  request: Content,
): readonly HistoryEntry[] {
  const asked = integerField(request, "session", 0);
  const session = asked > 0 ? asked : current + asked;
  const start = integerField(request, "start", 0);
  const stop = integerField(request, "stop", Number.POSITIVE_INFINITY);
  return entries.filter(
    (entry) => entry.session === session && entry.line >= start && entry.line < stop,
  );
}

function search(entries: readonly HistoryEntry[], request: Content): readonly HistoryEntry[] {
  const matches = matchesGlob(textField(request, "pattern", "*"));
  let found = entries.filter(({ code }) => matches(code));
  if (flagField(request, "unique", false)) {
    const lastOf = new Map(found.map((entry) => [entry.code, entry]));
    found = found.filter((entry) => lastOf.get(entry.code) === entry);
  }
  return last(found, integerField(request, "n", undefined));
}

function last(entries: readonly HistoryEntry[], n: number | undefined): readonly HistoryEntry[] {
  if (n === undefined) return entries;
  return n <= 0 ? [] : entries.slice(-n);
}
