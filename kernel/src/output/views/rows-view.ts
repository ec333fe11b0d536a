import type { MimeBundle } from "../../bridge/contract";
import { gridHtml, layGrid } from "../grid";

const MAX_ROWS = 20;
const MAX_COLUMNS = 20;
/** Records with more are dictionaries: their keys are no columns. */
const MAX_KEYS = 1000;

/** Shows an array of plain objects as an HTML table, beside its text. */
export function rowsView(value: object): MimeBundle | undefined {
  if (!Array.isArray(value) || value.length < 2) return undefined;
  if (!value.slice(0, MAX_ROWS).every(isRecord)) return undefined;
  const headings = recordKeys(value.slice(0, MAX_ROWS), MAX_KEYS);
  if (headings.length === 0 || headings.length > MAX_KEYS) return undefined;
  const grid = layGrid({
    rowCount: value.length,
    headings,
    value: (row, column) => ownValue(value[row], headings[column] ?? ""),
    index: String,
    maxRows: MAX_ROWS,
    maxColumns: MAX_COLUMNS,
  });
  return { data: { "text/html": gridHtml(grid) }, metadata: {} };
}

/** Returns the keys of some records, in the order in which they first come; a few more than `max`. */
export function recordKeys(records: readonly object[], max = Number.POSITIVE_INFINITY): string[] {
  const all = new Set<string>();
  for (const record of records) {
    for (const key of Object.keys(record)) {
      all.add(key);
      if (all.size > max) return [...all];
    }
  }
  return [...all];
}

/** Returns a property of a record; nothing for what is no object. Getters are not run. */
export function ownValue(record: unknown, key: string): unknown {
  if (typeof record !== "object" || record === null) return undefined;
  return Object.getOwnPropertyDescriptor(record, key)?.value;
}

function isRecord(value: unknown): value is object {
  if (typeof value !== "object" || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
