import { gridHtml, gridText, layGrid } from "./grid";
import { bundle, type RichValue } from "./rich-value";
import { ownValue, recordKeys } from "./views/rows-view";

/** How a table is laid out. */
export interface TableOptions {
  /** Which properties are shown, in this order; all by default. */
  readonly columns?: readonly string[];
  /** How many rows are shown at most; 50 by default. Of more, the first and the last. */
  readonly maxRows?: number;
  /** A line above it. */
  readonly caption?: string;
}

/**
 * Returns rows as a table for display, in HTML and as text; everything in it is escaped. Rows are
 * objects, or arrays of cells.
 *
 * @throws TypeError if a row is neither an object nor an array
 * @example
 * table([{ name: "Ada", age: 36 }, { name: "Alan", age: 41 }], { columns: ["name"] })
 */
export function table(rows: Iterable<object>, options: TableOptions = {}): RichValue {
  const all = [...rows];
  const wrong = all.findIndex((row) => typeof row !== "object" || row === null);
  if (wrong >= 0) {
    throw new TypeError(
      `Row ${wrong} of a table is ${String(all[wrong])}: expected an object or an array. ` +
        "For a list of plain values write table(values.map((value) => ({ value }))).",
    );
  }
  const headings = options.columns ?? recordKeys(all);
  const grid = layGrid({
    rowCount: all.length,
    headings,
    value: (row, column) => ownValue(all[row], headings[column] ?? ""),
    maxRows: options.maxRows ?? 50,
    maxColumns: Number.POSITIVE_INFINITY,
  });
  return bundle({
    "text/html": gridHtml(grid, options.caption),
    "text/plain": gridText(grid, options.caption),
  });
}
