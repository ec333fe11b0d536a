import { type Cell, formatColumn, isNumeric, renderTable, type Table } from "./table";
import type { TableColumn } from "./table-render";

/** What this library needs of a danfojs DataFrame or Series to show it. */
export interface FrameLike {
  readonly shape: readonly number[];
  readonly columns: readonly string[];
  readonly index: readonly (string | number)[];
  readonly values: readonly unknown[];
  readonly dtypes: readonly string[];
}

/** Returns whether a value looks like a danfojs DataFrame or Series. */
export function isFrame(value: unknown): value is FrameLike {
  if (typeof value !== "object" || value === null) return false;
  const parts = ["shape", "columns", "index", "values", "dtypes"] as const;
  return parts.every((part) => part in value && Array.isArray(Reflect.get(value, part)));
}

const MAX_ROWS = 10;
const MAX_COLUMNS = 12;

/**
 * Returns a data frame or one of its columns as a table for `display`, with its size as title. Of
 * many rows the first and last five are shown, of many columns the first and last six.
 */
export function frameTable(frame: FrameLike): Table {
  const isSeries = frame.values.length > 0 && !Array.isArray(frame.values[0]);
  const rows = frame.values.map((row): readonly unknown[] => (Array.isArray(row) ? row : [row]));
  const columns = keptColumns(frame.columns.length).map((c): TableColumn => {
    if (c === null) return { heading: "…", isNumeric: false, cells: rows.map(() => "…") };
    const values = rows.map((row) => frameCell(row[c]));
    return {
      heading: String(frame.columns[c]),
      isNumeric: isNumeric(values),
      cells: formatColumn(values, undefined),
    };
  });
  const index: TableColumn = { heading: "", isNumeric: false, cells: frame.index.map(String) };
  const count = (size: number, name: string) => `${size} ${name}${size === 1 ? "" : "s"}`;
  const size = isSeries
    ? count(rows.length, "value")
    : `${count(rows.length, "row")} × ${count(frame.columns.length, "column")}`;
  return renderTable([index, ...columns], rows.length, size, MAX_ROWS);
}

function keptColumns(count: number): (number | null)[] {
  const all = Array.from({ length: count }, (_, i) => i);
  if (count <= MAX_COLUMNS) return all;
  return [...all.slice(0, MAX_COLUMNS / 2), null, ...all.slice(count - MAX_COLUMNS / 2)];
}

function frameCell(value: unknown): Cell {
  if (value === null || value === undefined || Number.isNaN(value)) return null;
  return typeof value === "number" || typeof value === "boolean" ? value : String(value);
}
