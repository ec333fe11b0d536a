import type { DataFrame } from "danfojs-node";
import { InputError } from "../errors";

/** Names by which a danfojs frame keeps its own affairs; a column so called breaks it. */
const RESERVED = ["index", "values", "columns", "dtypes", "toString"];

function requireColumnNames(columns: readonly string[]): void {
  const reserved = columns.find((name) => RESERVED.includes(name) || name.startsWith("$"));
  if (reserved === undefined) return;
  throw new InputError(
    "out-of-range",
    `A data frame can't have a column called ${JSON.stringify(reserved)}: danfojs uses the name ` +
      "itself. Rename the key first.",
    { column: reserved },
  );
}

/** A list becomes one text, its parts joined by ", ". */
function toCell(value: unknown, where: string): number | string | boolean | null {
  if (Array.isArray(value)) return value.join(", ");
  if (value === null || ["number", "string", "boolean"].includes(typeof value)) {
    return value as number | string | boolean | null;
  }
  throw new InputError(
    "wrong-type",
    `${where}: expected a number, text, a boolean, null or a list of texts, got ${typeof value}. ` +
      "Pick the columns to show first: rows.map(({ a, b }) => ({ a, b })).",
    { where },
  );
}

/**
 * Returns rows as a danfojs data frame: one column per key of the first row, in that order. Every
 * row must have the same keys.
 *
 * danfojs is loaded by the first call, which takes about two seconds; nothing else here loads it.
 *
 * Of danfojs-node 1.2 use: print, query, sortValues, merge, dropNa, getDummies, the encoders and
 * scalers, readCSV, and `groupby([...]).agg({...})` on columns without null. Beware of:
 * - `describe()` throws on null, and `groupby` counts null as 0 in its means and in its counts:
 *   `dropNa()` first;
 * - `fillNa(value, { columns })` changes the frame it is called on;
 * - `toCSV` writes text as it is, so a comma in it becomes another column;
 * - `plot()` refuses to draw in Node: use the figures of this library;
 * - a column called `count`, `mean` ... hides the method of that name.
 *
 * @throws InputError `empty-input` without rows, `missing-column` where a row's keys differ,
 *   `out-of-range` for a column name that danfojs can't bear, `wrong-type` for a cell that is an
 *   object or undefined
 */
export async function toDataFrame<Row extends object>(rows: readonly Row[]): Promise<DataFrame> {
  const [first] = rows;
  if (first === undefined) {
    throw new InputError("empty-input", "rows is empty: expected at least one row.");
  }
  const columns = Object.keys(first);
  requireColumnNames(columns);
  const cells = rows.map((row, index) => {
    const values = new Map<string, unknown>(Object.entries(row));
    if (values.size !== columns.length || columns.some((column) => !values.has(column))) {
      throw new InputError(
        "missing-column",
        `rows[${index}] has the columns ${[...values.keys()].join(", ")}; ` +
          `expected those of the first row: ${columns.join(", ")}.`,
        { index },
      );
    }
    return columns.map((column) => toCell(values.get(column), `rows[${index}].${column}`));
  });
  const danfo = await import("danfojs-node");
  return new danfo.DataFrame(cells, { columns });
}
