import { type InspectOptions, inspect } from "node:util";
import { escapeHtml } from "./escape-html";

/** A column as it is shown. `isNumeric` puts it to the right. */
interface GridColumn {
  readonly heading: string;
  readonly isNumeric: boolean;
  readonly cells: readonly string[];
}

/** A table as it is shown: texts only, already shortened. */
export interface Grid {
  readonly columns: readonly GridColumn[];
  /** How large it is, where not all is shown; or empty. */
  readonly note: string;
}

/** What a grid is made of. */
export interface GridSource {
  readonly rowCount: number;
  readonly headings: readonly string[];
  /** The value at a row and the index of a heading. */
  value(row: number, column: number): unknown;
  /** What stands before each row. */
  index?(row: number): string;
  readonly maxRows: number;
  readonly maxColumns: number;
}

const MAX_CELL_CHARACTERS = 100;
const MAX_CELL_KEYS = 20;
const MAX_CELL_ITEMS = 1000;
const CELL_STYLE: InspectOptions = {
  depth: 0,
  breakLength: Number.POSITIVE_INFINITY,
  maxArrayLength: 10,
  maxStringLength: MAX_CELL_CHARACTERS,
  colors: false,
};
const GAP = "…";

/** Lays out a table. Of too many rows or columns the first and the last are kept. */
export function layGrid(source: GridSource): Grid {
  const rows = kept(source.rowCount, source.maxRows);
  const columns = kept(source.headings.length, source.maxColumns);
  const laid = columns.map((column): GridColumn => {
    if (column === undefined) {
      return { heading: GAP, isNumeric: false, cells: rows.map(() => GAP) };
    }
    const values = rows.map((row) => (row === undefined ? row : source.value(row, column)));
    return {
      heading: source.headings[column] ?? "",
      isNumeric: values.every(isNumeric) && values.some((value) => value !== undefined),
      cells: values.map((value, i) => (rows[i] === undefined ? GAP : cellText(value))),
    };
  });
  const { index } = source;
  const indexCells = index && rows.map((row) => (row === undefined ? GAP : index(row)));
  return {
    columns: indexCells ? [{ heading: "", isNumeric: true, cells: indexCells }, ...laid] : laid,
    note: rows.includes(undefined) || columns.includes(undefined) ? sizeText(source) : "",
  };
}

/** Indices to show; undefined stands for those left out. */
function kept(count: number, max: number): (number | undefined)[] {
  const range = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => from + i);
  if (count <= max) return range(0, count);
  const head = Math.ceil(max / 2);
  return [...range(0, head), undefined, ...range(count - (max - head), count)];
}

function sizeText({ rowCount, headings }: GridSource): string {
  return `${counted(rowCount, "row")} × ${counted(headings.length, "column")}`;
}

/** Returns a number with its noun: `1 row`, `2,000 rows`. */
export function counted(count: number, noun: string): string {
  return `${count.toLocaleString("en")} ${noun}${count === 1 ? "" : "s"}`;
}

function isNumeric(value: unknown): boolean {
  return value === undefined || value === null || ["number", "bigint"].includes(typeof value);
}

/** Returns the text of a cell: numbers to six digits, texts as they are, all else on one line. */
function cellText(value: unknown): string {
  return shorten(wholeCellText(value));
}

function wholeCellText(value: unknown): string {
  if (value === undefined) return "";
  if (typeof value === "string") return value;
  if (typeof value === "number") return numberText(value);
  if (value instanceof Date && !Number.isNaN(value.getTime())) return value.toISOString();
  try {
    if (isLarge(value)) return Array.isArray(value) ? "[Array]" : "[Object]";
    return inspect(value, CELL_STYLE);
  } catch {
    return "[cannot be shown]";
  }
}

/** Node would list the names of all, or look at all items of an array with holes. */
function isLarge(value: unknown): boolean {
  if (typeof value !== "object" || value === null || ArrayBuffer.isView(value)) return false;
  return Array.isArray(value)
    ? value.length > MAX_CELL_ITEMS
    : Object.keys(value).length > MAX_CELL_KEYS;
}

function numberText(value: number): string {
  return Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(6)));
}

function shorten(text: string): string {
  const line = text.slice(0, 10 * MAX_CELL_CHARACTERS).replace(/\s+/g, " ");
  return line.length > MAX_CELL_CHARACTERS ? `${line.slice(0, MAX_CELL_CHARACTERS - 1)}…` : line;
}

/** Returns the table as HTML; every text in it is escaped. */
export function gridHtml({ columns, note }: Grid, caption = ""): string {
  const side = ({ isNumeric: right }: GridColumn) => `text-align: ${right ? "right" : "left"}`;
  const row = (tag: "th" | "td", texts: readonly string[]) =>
    texts.map((text, i) => {
      const column = columns[i];
      return column && `<${tag} style="${side(column)}">${escapeHtml(text)}</${tag}>`;
    });
  const head = row(
    "th",
    columns.map(({ heading }) => heading),
  ).join("");
  const body = (columns[0]?.cells ?? [])
    .map(
      (_, r) =>
        `<tr>${row(
          "td",
          columns.map(({ cells }) => cells[r] ?? ""),
        ).join("")}</tr>`,
    )
    .join("\n");
  return [
    "<table>",
    ...(caption === "" ? [] : [`<caption>${escapeHtml(caption)}</caption>`]),
    `<thead><tr>${head}</tr></thead>`,
    `<tbody>\n${body}\n</tbody>`,
    "</table>",
    ...(note === "" ? [] : [`<p>${escapeHtml(note)}</p>`]),
  ].join("\n");
}

/** Returns the table as text with aligned columns. */
export function gridText({ columns, note }: Grid, caption = ""): string {
  const widths = columns.map(({ heading, cells }) =>
    cells.reduce((width, cell) => Math.max(width, cell.length), heading.length),
  );
  const line = (texts: readonly string[]) =>
    texts
      .map((text, i) => {
        const width = widths[i] ?? 0;
        return columns[i]?.isNumeric ? text.padStart(width) : text.padEnd(width);
      })
      .join("  ")
      .trimEnd();
  return [
    ...(caption === "" ? [] : [caption]),
    line(columns.map(({ heading }) => heading)),
    ...(columns[0]?.cells ?? []).map((_, r) => line(columns.map(({ cells }) => cells[r] ?? ""))),
    ...(note === "" ? [] : [note]),
  ].join("\n");
}
