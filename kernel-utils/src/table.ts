import { InputError } from "./errors";
import { type Displayable, displaySymbol } from "./mime-bundle";
import { renderHtmlTable, renderTextTable, type TableColumn } from "./table-render";

/** What a cell may hold; null and undefined are shown as an empty cell. */
export type Cell = string | number | boolean | bigint | null | undefined;

/** What `table` shows and how. */
export interface TableOptions<Key extends string = string> {
  /** What the table shows, above it. */
  title?: string;
  /** Decimals of numbers that are not whole, of all columns or by name; chosen unless given. */
  digits?: number | { readonly [key in Key]?: number };
  /** Which columns, in which order; or headings by column. All, with their names, unless given. */
  columns?: readonly Key[] | { readonly [key in Key]?: string };
  /** Rows beyond this many are left out in the middle; 40 unless given. */
  maxRows?: number;
}

/** A table for `display`; `toString` gives it as text. */
export interface Table extends Displayable {
  toString(): string;
}

const MAX_ROWS = 40;
const DIGITS = 4;

/**
 * Returns rows as a table for `display`: numbers stand to the right under each other, text to the
 * left. The same rows give the same text.
 *
 * @throws InputError `missing-column` for a column that no row has, `wrong-type` for a cell that
 *   holds an object
 */
export function table<Row extends object>(
  rows: readonly Row[],
  options: TableOptions<Extract<keyof Row, string>> = {},
): Table {
  const cells = rows.map((row) => Object.fromEntries<unknown>(Object.entries(row)));
  const headings = columnHeadings(cells, options.columns);
  const columns = [...headings].map(([name, heading]): TableColumn => {
    const values = cells.map((row, i) => toCell(row[name], name, i));
    const { digits } = options;
    const places = typeof digits === "object" ? (digits as Record<string, number>)[name] : digits;
    return { heading, isNumeric: isNumeric(values), cells: formatColumn(values, places) };
  });
  return renderTable(columns, rows.length, options.title, options.maxRows ?? MAX_ROWS);
}

/** Returns columns that are formatted already as a table for `display`. */
export function renderTable(
  columns: readonly TableColumn[],
  rowCount: number,
  title: string | undefined,
  maxRows: number,
): Table {
  const kept = keptRows(rowCount, maxRows);
  const shown = columns.map((column) => ({
    ...column,
    cells: kept.map((row) => (row === null ? "…" : (column.cells[row] ?? ""))),
  }));
  const text = renderTextTable(shown, title);
  return {
    toString: () => text,
    [displaySymbol]: () => ({
      data: { "text/html": renderHtmlTable(shown, title), "text/plain": text },
      metadata: {},
    }),
  };
}

/** The first and the last rows, with null for the gap between them. */
function keptRows(count: number, most: number): (number | null)[] {
  const all = Array.from({ length: count }, (_, i) => i);
  if (count <= most) return all;
  const half = Math.max(1, Math.floor(most / 2));
  return [...all.slice(0, half), null, ...all.slice(count - half)];
}

function columnHeadings(
  rows: readonly Record<string, unknown>[],
  columns: TableOptions["columns"],
): Map<string, string> {
  const known = new Set(rows.flatMap((row) => Object.keys(row)));
  const wanted: [string, string][] = Array.isArray(columns)
    ? columns.map((name: string) => [name, name])
    : columns
      ? Object.entries(columns).map(([name, heading = name]) => [name, heading])
      : [...known].map((name) => [name, name]);
  for (const [name] of wanted) {
    if (known.has(name) || rows.length === 0) continue;
    throw new InputError(
      "missing-column",
      `No row has a column "${name}". The rows have: ${[...known].join(", ")}.`,
      { name, columns: [...known] },
    );
  }
  return new Map(wanted);
}

function toCell(value: unknown, name: string, row: number): Cell {
  if (value === null || value === undefined) return value;
  switch (typeof value) {
    case "string":
    case "number":
    case "boolean":
    case "bigint":
      return value;
    default:
      throw new InputError(
        "wrong-type",
        `rows[${row}].${name} holds ${typeof value === "object" ? "an object" : typeof value}: ` +
          "expected text, a number, true or false. Pick the part to show first.",
        { name, row },
      );
  }
}

/** Returns whether a column holds nothing but numbers and gaps. */
export function isNumeric(values: readonly Cell[]): boolean {
  const filled = values.filter((value) => value !== null && value !== undefined);
  return (
    filled.length > 0 &&
    filled.every((value) => typeof value === "number" || typeof value === "bigint")
  );
}

/**
 * Returns the texts of a column's cells. Numbers have equally many decimals: as many as `digits`
 * says, else as many as the largest needs for four digits, and no more than any of them has.
 */
export function formatColumn(values: readonly Cell[], digits: number | undefined): string[] {
  const numbers = values.filter(
    (value): value is number => typeof value === "number" && Number.isFinite(value),
  );
  const fractions = numbers.filter((value) => !Number.isInteger(value));
  const places = digits ?? Math.min(usualPlaces(numbers), mostPlaces(fractions));
  return values.map((value) => {
    if (value === null || value === undefined) return "";
    if (typeof value !== "number" || !Number.isFinite(value)) return String(value);
    return fractions.length === 0 ? String(value) : value.toFixed(places);
  });
}

function usualPlaces(numbers: readonly number[]): number {
  const largest = numbers.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  if (largest === 0) return 0;
  return Math.min(8, Math.max(0, DIGITS - 1 - Math.floor(Math.log10(largest))));
}

/** The most decimals that any of the numbers is written with. */
function mostPlaces(numbers: readonly number[]): number {
  return Math.max(0, ...numbers.map((value) => /\.(\d+)$/.exec(String(value))?.[1]?.length ?? 8));
}
